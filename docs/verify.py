"""Re-derives a casedraw sample from its folder with nothing but Python's standard library.

Usage: python3 verify.py FOLDER
Derives strata, allocation, tickets, draw and reserves from manifest.json and frame.csv, and compares the selection
digest, the strata, and the ids that sample.csv and reserves.csv list. casedraw verify ties frame.csv to the export.
"""
import csv, hashlib, json, sys
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
plain = lambda cell: cell[1:] if cell.startswith("'") else cell

def listed(name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return [{column: plain(cell) for column, cell in row.items()} for row in csv.DictReader(file)]


folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
plan, key, strata = manifest["plan"]["sample"], sha(manifest["seed"]), {}
for row in listed("frame.csv"):
    strata.setdefault(row["stratum"], []).append(row["unit_id"])
names = sorted(strata, key=str.encode)
held, rule, size = {h: len(strata[h]) for h in names}, plan["allocation"], plan["size"]

if rule["method"] == "fixed":
    share = {h: rule["sizes"][h] for h in names}
else:
    measure = {h: 1 if rule["method"] == "equal" else held[h] for h in names}
    low = {h: min(rule.get("min", 2), held[h]) for h in names}
    high = {h: min(rule.get("max", held[h]), held[h]) for h in names}
    claim = lambda scale: {h: min(max(scale * measure[h], low[h]), high[h]) for h in names}
    bends = sorted({Fraction(bound[h], measure[h]) for h in names for bound in (low, high)})
    after = next(bend for bend in bends if sum(claim(bend).values()) >= size)
    free = [h for h in names if Fraction(low[h], measure[h]) < after <= Fraction(high[h], measure[h])]
    fixed = sum(high[h] if Fraction(high[h], measure[h]) < after else low[h] for h in names if h not in free)
    real = claim(Fraction(size - fixed, sum(measure[h] for h in free)) if free else after)
    share = {h: floor(real[h]) for h in names}
    inside = sorted((h for h in names if low[h] < real[h] < high[h]), key=lambda h: (share[h] - real[h], sha(h)))
    for h in inside[: size - sum(share.values())]:
        share[h] += 1

drawn, reserves = [], []
for h in names:
    order = sorted(strata[h], key=lambda unit: (sha(key + unit), unit.encode()))
    spare = Fraction(str(plan["reserves"]))
    spare = ceil(spare * share[h]) if spare < 1 else int(spare) if share[h] else 0
    drawn += order[: share[h]]
    reserves += [f"{h}\x1f{unit}" for unit in order[share[h] : share[h] + spare]]
drawn.sort(key=lambda unit: (sha(key + unit), unit.encode()))
digest = sha("".join(f"{unit}\n" for unit in drawn) + "\n" + "".join(f"{line}\n" for line in reserves))
same = (
    digest == manifest["selection"]["digest"]
    and [(h, held[h], share[h]) for h in names]
    == [(row["stratum"], row["population"], row["drawn"]) for row in manifest["strata"]]
    and drawn == [row["unit_id"] for row in listed("sample.csv")]
    and reserves == [f"{row['stratum']}\x1f{row['unit_id']}" for row in listed("reserves.csv")]
)
print(f"{len(drawn)} drawn, {len(reserves)} in reserve:", "as the folder says" if same else "NOT what the folder says")
sys.exit(0 if same else 3)
