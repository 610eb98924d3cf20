"""The job of `casedraw sample` as an analyst would write it in pandas, for bench/whole.mjs.

Reads a 24-column child-level CSV as text, parses its five dates, derives the age band and the delay
band, keeps the open cases, draws 600 of them by law type and delay with a quarter more in reserve,
and writes sample.csv, reserves.csv, strata.csv and frame.csv.

Needs: Python 3 and pandas (Debian: python3-pandas).
Use:   python3 draw.py INPUT.csv OUTDIR
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

REFERENCE = pd.Timestamp("2026-11-16")
SIZE = 600
MINIMUM = 2
FIELDS = [
    "case_id", "child_id", "case_name", "gender", "ethnicity", "disability", "date_of_birth",
    "lead_application", "law_type", "case_type", "practitioner", "team", "service_area",
    "local_authority", "court", "dfj_area", "application_date", "allocation_date",
    "first_hearing_date", "closed_date", "last_activity_date", "factors", "audited", "file_location",
]  # fmt: skip
DATES = ["date_of_birth", "application_date", "closed_date", "last_activity_date", "allocation_date"]


def allocate(population):
    """In proportion, but never below the minimum: strata whose share is smaller are fixed at it and
    the rest is shared again; then the largest remainders."""
    least = np.minimum(MINIMUM, population)
    fixed = np.zeros(len(population), dtype=bool)
    while True:
        share = (SIZE - least[fixed].sum()) * population / population[~fixed].sum()
        below = ~fixed & (share < least)
        if not below.any():
            break
        fixed |= below
    share = np.where(fixed, least, share)
    allocated = np.floor(share).astype(int)
    more = np.argsort(allocated - share, kind="stable")[: SIZE - allocated.sum()]
    allocated[more] += 1
    return allocated


def main(source, out):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)

    cases = pd.read_csv(source, dtype=str, keep_default_na=False)
    cases.columns = FIELDS
    for field in DATES:
        text = cases[field]
        cases[field] = pd.to_datetime(text.where(text != ""), format="%d/%m/%Y")

    born = cases["date_of_birth"]
    before_birthday = REFERENCE.month * 100 + REFERENCE.day < born.dt.month * 100 + born.dt.day
    age = REFERENCE.year - born.dt.year - before_birthday
    cases["age_band"] = pd.cut(
        age,
        [-np.inf, 0, 1, 5, 10, 16, np.inf],
        right=False,
        labels=["unborn", "0", "1 to 4", "5 to 9", "10 to 15", "16 and over"],
    )
    delay = (cases["closed_date"].fillna(REFERENCE) - cases["application_date"]).dt.days
    cases["delay_band"] = pd.cut(
        delay,
        [-np.inf, 182, 364, 700, np.inf],
        labels=["up to 26", "over 26 to 52", "over 52 to 100", "over 100"],
    ).astype(str)

    frame = cases[cases["closed_date"].isna()].copy()
    frame["unit_id"] = frame["case_id"] + "_" + frame["child_id"]
    frame["stratum"] = frame["law_type"] + " / " + frame["delay_band"]

    strata = frame.groupby("stratum").size().rename("population").reset_index()
    strata["allocated"] = allocate(strata["population"].to_numpy())
    strata["drawn"] = strata["allocated"]
    strata["reserves"] = np.minimum(
        np.ceil(strata["allocated"] * 0.25).astype(int), strata["population"] - strata["allocated"]
    )
    strata["inclusion_probability"] = strata["allocated"] / strata["population"]

    frame["ticket"] = np.random.default_rng(20261116).random(len(frame))
    frame["place"] = frame.groupby("stratum")["ticket"].rank(method="first").astype(int)
    columns = ["stratum", "allocated", "reserves", "inclusion_probability"]
    frame = frame.merge(strata[columns], on="stratum")

    fields = [field for field in cases.columns if field not in ("case_name", "date_of_birth")]
    drawn = frame[frame["place"] <= frame["allocated"]].sort_values("ticket")
    drawn.insert(0, "draw_order", range(1, len(drawn) + 1))
    drawn["design_weight"] = 1 / drawn["inclusion_probability"]
    spare = (frame["place"] > frame["allocated"]) & (frame["place"] <= frame["allocated"] + frame["reserves"])
    reserves = frame[spare].sort_values(["stratum", "place"])
    reserves.insert(0, "reserve_order", reserves["place"] - reserves["allocated"])

    first = ["unit_id", "stratum"]
    probability = ["inclusion_probability", "design_weight"]
    drawn[["draw_order", *first, *probability, *fields]].to_csv(out / "sample.csv", index=False)
    reserves[["reserve_order", *first, *fields]].to_csv(out / "reserves.csv", index=False)
    strata.to_csv(out / "strata.csv", index=False)
    frame[first].sort_values("unit_id").to_csv(out / "frame.csv", index=False)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
