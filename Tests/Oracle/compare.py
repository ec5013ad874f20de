"""Compares an answer of the product with the reference answer, field by field.

    python3 compare.py A.json B.json --kind score|gaps|rank|case|worklist|statistics [--skip FIELD ...]

A is the product's answer (ours), B the reference (theirs). One line a difference:
`UNIT | TARGET | FIELD | ours … | theirs …`; the last line is `N compared, N different`; exit 1 on any.
Exit 2 when a file is no JSON of this kind.

READINGS
- Compared is what the contract names and the reference prints; other fields are not looked at.
- Order never matters. An entry that stands more often on one side than on the other is a difference.
- Thresholds, scores, base, bonus and deduction are compared as exact numbers ("80%" = "0.800000"),
  rates and points as text.
- A split is compared for the targets whose reference answer has one.
- Gaps, past steps and duties of rule "policy" are no part of the comparison.
- `past` is compared when the reference has it.
- ties_broken_by has no fixed values and is not compared. The names of states are not fixed either:
  the kind of a decision and its participle are one ("complete" = "completed").
- Of the rules of a case only M-01, M-02 and M-04 are compared, whether they stand as text or as
  objects with `id` or `rule`.
"""

import argparse
import json
import sys
import unicodedata
from decimal import Decimal
from fractions import Fraction

from case_state import STATE_NAMES
from numbers_exact import parse_fraction

ABSENT = "(absent)"
TARGET_FIELDS = ("numerator", "denominator", "rate", "threshold", "state", "due_on")
CRITERION_FIELDS = ("points", "base", "bonus", "deduction")
STEP_KEY = ("unit", "decision_no", "asset_no", "step", "rule", "trigger_on")
NUMERIC = frozenset(("threshold", "score", "base", "bonus", "deduction"))
COMPARED_RULES = ("M-01", "M-02", "M-04")


class Comparison:
    def __init__(self, skip=()):
        self.skip = frozenset(skip)
        self.compared = 0
        self.lines = []

    def differ(self, unit, target, field, ours, theirs):
        self.lines.append(
            f"{unit or '-'} | {target or '-'} | {field} | ours {_text(ours)} | theirs {_text(theirs)}"
        )

    def fields(self, unit, target, names, ours, theirs):
        for name in names:
            if name in self.skip or name not in theirs:
                continue
            self.compared += 1
            mine, other = ours.get(name, ABSENT), theirs[name]
            if canonical(name, mine) != canonical(name, other):
                self.differ(unit, target, name, mine, other)

    def pairs(self, kind, ours, theirs, key):
        """Yields (key, our entry, their entry) of two lists; reports what has no partner."""
        mine, others = _keyed(ours, key), _keyed(theirs, key)
        for name in list(mine) + [one for one in others if one not in mine]:
            here, there = mine.get(name, []), others.get(name, [])
            unit, target = name[0], " ".join(str(part) for part in name[1:])
            if len(here) == len(there):
                for one, other in zip(here, there):
                    yield name, one, other
                continue
            self.compared += 1
            self.differ(unit, target, kind, _times(here), _times(there))


def _times(entries):
    return {0: ABSENT, 1: "present"}.get(len(entries), f"{len(entries)} times")


def _keyed(entries, key):
    found = {}
    for one in entries or []:
        name = tuple(_plain(one.get(part)) for part in key)
        found.setdefault(name, []).append(one)
    return found


def _plain(value):
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _text(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def canonical(name, value):
    if name in NUMERIC and isinstance(value, (str, int, Decimal)) and value is not True:
        try:
            return parse_fraction(value)
        except ValueError:
            return value
    if name == "status":
        return STATE_NAMES.get(value, value) if isinstance(value, str) else value
    if name == "rules":
        return _rules(value)
    if name == "cluster":
        return _plain(value) or None
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return (type(value), _plain(value)) if not isinstance(value, (list, dict)) else repr(value)


def _rules(value):
    if not isinstance(value, list):
        return value
    names = [one if isinstance(one, str) else one.get("id", one.get("rule")) for one in value]
    return frozenset(name for name in names if name in COMPARED_RULES)


def _targets(result, unit, ours, theirs):
    for (name,), mine, other in _inner(result, unit, "target", ours, theirs):
        result.fields(unit, name, TARGET_FIELDS, mine, other)
        if other.get("split") is not None and "split" not in result.skip:
            split = mine.get("split") or {}
            names = {f"split.{key}": value for key, value in split.items()}
            expected = {f"split.{key}": value for key, value in other["split"].items()}
            result.fields(unit, name, expected, names, expected)


def _inner(result, unit, kind, ours, theirs):
    """Pairs of entries with an `id` inside one unit."""
    place = [dict(one, __unit=unit) for one in ours or []]
    other = [dict(one, __unit=unit) for one in theirs or []]
    for name, mine, expected in result.pairs(kind, place, other, ("__unit", "id")):
        yield name[1:], mine, expected


def compare_score(result, ours, theirs):
    result.fields(None, None, ("schema", "campaign", "as_of"), ours, theirs)
    for (unit,), mine, other in result.pairs("unit", ours.get("units"), theirs["units"], ("unit",)):
        result.fields(unit, None, ("name",), mine, other)
        _targets(result, unit, mine.get("targets"), other["targets"])
    province = (ours.get("province") or {}).get("targets")
    _targets(result, "province", province, theirs["province"]["targets"])


def compare_gaps(result, ours, theirs):
    result.fields(None, None, ("schema", "as_of"), ours, theirs)
    for kind in ("gaps", "past"):
        if kind in theirs:
            mine = [one for one in ours.get(kind) or [] if one.get("rule") != "policy"]
            for name, here, there in result.pairs(kind, mine, theirs[kind], STEP_KEY):
                place = " ".join(str(part) for part in name[1:])
                result.fields(name[0], place, ("due_on", "days_late", "done_on"), here, there)


def compare_rank(result, ours, theirs):
    result.fields(None, None, ("schema",), ours, theirs)
    for (unit,), mine, other in result.pairs("row", ours.get("rows"), theirs["rows"], ("unit",)):
        result.fields(unit, None, ("rank", "cluster", "score", "disqualified"), mine, other)
        pairs = _inner(result, unit, "criterion", mine.get("criteria"), other["criteria"])
        for (name,), here, there in pairs:
            result.fields(unit, name, CRITERION_FIELDS, here, there)


def compare_statistics(result, ours, theirs):
    result.fields(None, None, ("schema", "as_of"), ours, theirs)
    result.fields(None, "year", ("start", "end"), ours.get("year") or {}, theirs["year"])
    here = [dict(row, officer=row.get("officer", "*")) for row in ours.get("rows") or []]
    there = [dict(row, officer=row.get("officer", "*")) for row in theirs["rows"]]
    pairs = list(result.pairs("row", here, there, ("unit", "officer")))
    pairs.append((("province",), ours.get("province") or {}, theirs["province"]))
    for name, mine, other in pairs:
        for column in ("cases", "money"):
            place = f"{name[-1]} {column}"
            result.fields(name[0], place, other[column], mine.get(column) or {}, other[column])


def compare_case(result, ours, theirs):
    names = ("remaining", "status", "money_not_enforceable", "rules")
    result.fields(None, None, names, ours, theirs)


DUTY_KEY = ("unit", "decision_no", "asset_no", "duty", "rule", "trigger_on", "due_on")


def compare_worklist(result, ours, theirs):
    result.fields(None, None, ("schema", "as_of"), ours, theirs)
    mine = [one for one in ours.get("items") or [] if one.get("rule") != "policy"]
    for name, here, there in result.pairs("items", mine, theirs["items"], DUTY_KEY):
        place = " ".join(str(part) for part in name[1:])
        result.fields(name[0], place, ("officer", "days_left", "overdue"), here, there)


KINDS = {
    "score": compare_score, "gaps": compare_gaps, "rank": compare_rank, "case": compare_case,
    "statistics": compare_statistics,
    "worklist": compare_worklist,
}


def compare(kind, ours, theirs, skip=()):
    result = Comparison(skip)
    KINDS[kind](result, ours, theirs)
    return result


def read(path):
    """JSON with exact decimals, so that nothing is rounded on the way."""
    with open(path, encoding="utf-8-sig") as file:
        value = json.load(file, parse_float=Decimal)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def main(argv=None):
    parser = argparse.ArgumentParser(description="Compares two answers on the contract's fields.")
    parser.add_argument("ours", metavar="A.json")
    parser.add_argument("theirs", metavar="B.json")
    parser.add_argument("--kind", required=True, choices=sorted(KINDS))
    parser.add_argument("--skip", action="append", default=[], metavar="FIELD")
    options = parser.parse_args(argv)
    try:
        result = compare(options.kind, read(options.ours), read(options.theirs), options.skip)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot compare: {type(error).__name__} {error}", file=sys.stderr)
        return 2
    for line in result.lines:
        print(line)
    print(f"{result.compared} compared, {len(result.lines)} different")
    return 1 if result.lines else 0


if __name__ == "__main__":
    sys.exit(main())
