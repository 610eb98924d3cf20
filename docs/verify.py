"""Re-derives a casedraw sample from its folder with nothing but Python's standard library.

Usage: python3 verify.py FOLDER
It compares every file with its hash in manifest.json. From manifest.json and frame.csv it derives strata, allocation,
tickets, draw, reserves, probabilities and weights, and compares them with what manifest.json, sample.csv, reserves.csv and
strata.csv say. casedraw verify ties frame.csv to the export.
Ends with 0 where all of it agrees, with 3 where something differs, and with 2 where nothing differs but a part cannot
be derived here: systematic and balanced draws, probabilities under caps, and allocations that targets raise. Of samples
that keep away from an earlier one or a list, are linked, or were replaced or added to since, it compares the files alone.
"""
import csv, hashlib, json, sys
from fractions import Fraction
from math import ceil, floor, isqrt
from pathlib import Path

sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
plain = lambda cell: cell[1:] if cell.startswith("'") else cell

def listed(name):
    with open(folder / name, encoding="utf-8-sig", newline="") as file:
        return [{plain(column): plain(cell) for column, cell in row.items()} for row in csv.DictReader(file)]

def measure(count, exponent):
    """count to a power of quarters as a whole number, on one scale for all counts; irrational parts are cut after 128 bits."""
    if exponent in (0, 1):
        return count ** int(exponent)
    whole = count ** int(exponent * 4)
    outside = max(k for k in range(1, isqrt(isqrt(whole)) + 1) if whole % k**4 == 0)
    return outside * isqrt(isqrt((whole // outside**4) << 512))

def shares(low, high, size, claims):
    """Shares in proportion to the claims within the bounds, rounded by largest remainder."""
    claim = lambda scale: {h: min(max(scale * claims[h], low[h]), high[h]) for h in claims}
    bends = sorted({Fraction(bound[h], claims[h]) for h in claims for bound in (low, high)})
    after = next(bend for bend in bends if sum(claim(bend).values()) >= size)
    free = [h for h in claims if Fraction(low[h], claims[h]) < after <= Fraction(high[h], claims[h])]
    fixed = sum(high[h] if Fraction(high[h], claims[h]) < after else low[h] for h in claims if h not in free)
    real = claim(Fraction(size - fixed, sum(claims[h] for h in free)) if free else after)
    share = {h: floor(real[h]) for h in claims}
    inside = sorted((h for h in claims if low[h] < real[h] < high[h]), key=lambda h: (share[h] - real[h], sha(h)))
    for h in inside[: size - sum(share.values())]:
        share[h] += 1
    return share

def optimal(low, high, size, squares):
    """One unit at a time to the stratum that gains most, A²/(x(x+1)); those without any come first."""
    share = dict(low)
    gain = lambda h: (share[h] > 0, -squares[h] / (share[h] * (share[h] + 1) or 1), sha(h))
    for _ in range(size - sum(share.values())):
        share[min((h for h in share if share[h] < high[h]), key=gain)] += 1
    return share

def variance(rule, h):
    if "proportions" in rule:
        p = min(max(Fraction(rule["proportions"][h]), Fraction(1, 10)), Fraction(9, 10))
        return p * (1 - p)
    known = [Fraction(x) for row in strata[h] if (x := value(row, rule["deviation_of"])) not in blank]
    n = len(known)
    return (n * sum(x * x for x in known) - sum(known) ** 2) / Fraction(n * (n - 1)) if n > 1 else Fraction(0)

def allocation(rule, size):
    def bound(side, h, default):
        given = rule.get(side, default)
        return min(given.get(h, default) if isinstance(given, dict) else given, held[h])
    if rule["method"] == "fixed":
        return {h: rule["sizes"][h] for h in held}
    low, high = {h: bound("min", h, 2) for h in held}, {h: bound("max", h, held[h]) for h in held}
    if rule["method"] in ("neyman", "optimal"):
        cost = lambda h: Fraction(rule["cost"][h]) if "cost" in rule else 1
        return optimal(low, high, size, {h: held[h] ** 2 * variance(rule, h) / cost(h) for h in held})
    exponent = {"equal": 0, "proportional": 1}.get(rule["method"], rule.get("exponent"))
    return shares(low, high, size, {h: measure(held[h], exponent) for h in held})

def within_caps(rows, quota, count):
    """Takes units in the order of their tickets while their stratum's quota and every cap of theirs have room."""
    for row in sorted(rows, key=lambda row: ticket(row["unit_id"])):
        groups = [(name, value(row, name)) for name in plan["caps"] if value(row, name) not in blank]
        if quota[row["stratum"]] and all(count.get(group, 0) < plan["caps"][group[0]] for group in groups):
            quota[row["stratum"]] -= 1
            count |= {group: count.get(group, 0) + 1 for group in groups}
            yield row

def value(row, name):
    """A field of frame.csv, which leaves out those that a stratum's key tells."""
    return row[name] if name in row else row["stratum"].split(" / ")[plan["strata"].index(name)]

folder, blank = Path(sys.argv[1]), ("", "not_recorded")
manifest = json.loads((folder / "manifest.json").read_text("utf-8"), parse_float=Fraction)
algorithm = "{name} version {version}".format(**manifest["algorithm"]) if "algorithm" in manifest else "folders of several frames"
known = ("random", "one-per-family", "random-capped", "systematic", "balanced")
design = next((name for name in known if algorithm == f"stratified-{name} version 1"), None)
strata, families, told, open_parts = {}, {}, [], []

def check(what, same):
    told.append(same)
    print(f"{what}: {'as the folder says' if same else 'NOT what the folder says'}")

def as_hashed(path, sha256):
    return (folder / path).is_file() and hashlib.sha256((folder / path).read_bytes()).hexdigest() == sha256

edited = [each["path"] for each in manifest["outputs"] if not as_hashed(**each)]
check(", ".join(edited) or f"{len(manifest['outputs'])} files by their hashes", not edited)
if design is None or "steps" in manifest:
    version, why = manifest.get("version", "a later one"), f"it does not know {algorithm}. Use casedraw verify"
    if "archive" in manifest:
        why = "the folder is an archive, with pseudonyms for ids. casedraw verify replays it"
    elif design is not None:
        why = f"it derives version 1 of a sample, and this is version {version}. Run it on the folder of version 1; casedraw verify replays every version"
    print(f"Nothing was derived by this script: {why}.")
    sys.exit(3 if edited else 2)
plan, key = manifest["plan"]["sample"], sha(manifest["seed"])
ticket = lambda name: (sha(key + name), name.encode())

for row in listed("frame.csv"):
    strata.setdefault(row["stratum"], []).append(row)
    # Without one_per each unit is a family of its own.
    own = families.setdefault(row["stratum"], {}).setdefault(row[plan.get("one_per", "unit_id")], [])
    own.append(row["unit_id"])
strata = {h: strata[h] for h in sorted(strata, key=str.encode)}
held = {h: len(families[h]) for h in strata}
recorded = {row["stratum"]: row for row in manifest["strata"]}
home = {row["unit_id"]: h for h in strata for row in strata[h]}
check(f"{len(strata)} strata", [(h, len(strata[h]), held[h]) for h in strata]
      == [(h, row["population"], row.get("families", row["population"])) for h, row in recorded.items()]
      and len(home) == sum(map(len, strata.values())))
if not told[-1]:
    sys.exit(3)
if plan["method"] == "random" and "targets" in plan:
    share = {h: recorded[h]["drawn"] for h in strata}
    open_parts.append("the allocation, which targets may raise")
else:
    share = allocation(plan["allocation"], plan["size"])
check(f"Allocation of {plan['size']}", sum(share.values()) == plan["size"] and all(
    recorded[h]["allocated"] == recorded[h]["drawn"] == share[h]
    and float(recorded[h]["inclusion_probability"]) == share[h] / held[h] for h in strata))

sample, reserves = listed("sample.csv"), listed("reserves.csv")
figures = lambda row: {column: cell if column == "stratum" else float(cell) for column, cell in row.items()}
check("strata.csv", [figures(row) for row in listed("strata.csv")] == [figures(row) for row in manifest["strata"]]
      and all(row["reserves"] == sum(each["stratum"] == h for each in reserves) for h, row in recorded.items()))
ids, spare_ids = [row["unit_id"] for row in sample], [(row["stratum"], row["unit_id"]) for row in reserves]
check(f"Tickets of {len(ids)} drawn and {len(reserves)} in reserve", ids == sorted(ids, key=ticket) and all(
    row["ticket"] == sha(key + row["unit_id"]) and row["stratum"] == home.get(row["unit_id"]) for row in sample + reserves))
places = [sum(row["stratum"] == each["stratum"] for each in reserves[: at + 1]) for at, row in enumerate(reserves)]
check("Order of draw and reserves", [int(row["draw_order"]) for row in sample] == [*range(1, len(ids) + 1)]
      and [int(row["reserve_order"]) for row in reserves] == places)
digest = sha("".join(f"{unit}\n" for unit in ids) + "\n" + "".join(f"{h}\x1f{unit}\n" for h, unit in spare_ids))
check("Digest of the lists", digest == manifest["selection"]["digest"])

drawn, spare, chance = [], [], {}
wanted = {h: ceil(plan["reserves"] * n) if plan["reserves"] < 1 else plan["reserves"] if n else 0 for h, n in share.items()}
for h in strata:
    if design in ("random", "one-per-family"):
        order = [min(families[h][family], key=ticket) for family in sorted(families[h], key=ticket)]
        drawn += order[: share[h]]
    else:
        mine = [unit for unit in ids if home.get(unit) == h]
        drawn += mine[: share[h]]
        order = mine + sorted((row["unit_id"] for row in strata[h] if row["unit_id"] not in {*mine}), key=ticket)
    spare += [(h, unit) for unit in order[share[h] : share[h] + wanted[h]]]
    chance |= {unit: share[h] / (held[h] * len(own)) for own in families[h].values() for unit in own}
if design == "random-capped":
    rows, count = [row for h in strata if share[h] for row in strata[h]], {}
    drawn = [row["unit_id"] for row in within_caps(rows, dict(share), count)]
    rest = [row for row in rows if row["unit_id"] not in {*drawn}]
    spare = [(row["stratum"], row["unit_id"]) for row in within_caps(rest, wanted, count)]
    spare.sort(key=lambda each: each[0].encode())
derived = design in ("random", "one-per-family", "random-capped")
check("Draw" if derived else "Numbers drawn in each stratum", ids == sorted(drawn, key=ticket))
check("Reserves", spare_ids == spare)
if not derived:
    open_parts.append(f"which units a {design} draw takes")
if design == "random-capped":
    open_parts.append("the probabilities, which are estimated by repeating the draw")
elif design == "balanced" and "targets" in plan:
    open_parts.append("the probabilities, which targets move")
else:
    check("Probabilities", all(float(row["inclusion_probability"]) == chance.get(row["unit_id"]) for row in sample))
near = lambda weight, chance: abs(weight * chance - 1) < 1e-12
check("Weights", all(near(float(row["design_weight"]), float(row["inclusion_probability"])) for row in sample))
verdict = "NOT what the folder says" if not all(told) else "as the folder says" + (" as far as it goes" if open_parts else "")
print(f"{len(ids)} drawn, {len(reserves)} in reserve: {verdict}.")
for part in open_parts:
    print(f"Not derived here: {part}. casedraw verify does that.")
sys.exit(3 if not all(told) else 2 if open_parts else 0)
