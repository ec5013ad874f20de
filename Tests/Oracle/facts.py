"""Reads a folder of CSV files into facts grouped by case and by asset.

READINGS
- One folder is one state of the store: a key that stands twice in a file is refused (the product
  rejects such a batch), and so is a row about a case, asset or unit that no file declares.
- Text is compared in NFC, without blanks at its ends. An empty cell and an absent column are the same.
- Only canonical column names, ISO dates and plain integers are read.
- File order is kept: of two decisions of one day the later row wins.
- Several folders are imports in their order: a key that stands again is a correction, which sets the
  columns that its file has (an empty cell empties them) and keeps the place of the first row.
"""

import csv
import io
import pathlib
import unicodedata
from datetime import date
from types import SimpleNamespace

DATES = frozenset(
    """decision_on received_on decided_on paid_on reversed_on verified_on seized_on
    valuation_contract_on valued_on disposed_on contract_on reduced_on notice_on posted_on held_on
    notified_on offered_on answered_on debtor_notified_on submitted_on withdrawn_on emailed_on
    found_on repaired_on assigned_on ground_on until_on prison_until first_decision_on due_on
    done_on issued_on asked_on obstacle_reported_on reported_on resolved_on reviewed_on
    paid_in_full_on delivered_on cancelled_on repair_due_on planned_on carried_out_on proposed_on
    notice_1_on notice_2_on""".split()
)
INTEGERS = frozenset("amount_due amount value reduced_price starting_price round step_no".split())
FLAGS = frozenset(["state_revenue", "address_unknown", "co_owned"])

CASE = ("unit_code", "decision_no")
ASSET = CASE + ("asset_no",)
# kind: (key columns, further columns that this calculation reads)
KINDS = {
    "units": (("unit_code",), "name level cluster"),
    "cases": (CASE, "decision_on initiative amount_due officer_code received_on assigned_on debtor_notified_on"
              " first_decision_on state_revenue address_unknown prison_until"),
    "decisions": (CASE + ("kind", "decided_on"), "amount ground ground_on until_on"),
    "payments": (CASE + ("receipt_no",), "paid_on amount source reversed_on"),
    "verifications": (CASE + ("verified_on",), "result"),
    "assets": (
        ASSET,
        "asset_kind seized_on valuation_contract_on valued_on value disposed_on disposal co_owned",
    ),
    "valuations": (ASSET + ("number",), "contract_on valued_on value"),
    "rounds": (
        ASSET + ("round",),
        "starting_price procedure contract_on posted_on held_on outcome notified_on notice_1_on "
        "notice_2_on paid_in_full_on delivered_on cancelled_on",
    ),
    "reductions": (ASSET + ("number",), "notice_on reduced_on reduced_price"),
    "offers": (ASSET + ("offered_on",), "answer answered_on debtor_notified_on"),
    "nominations": (CASE + ("list",), "submitted_on withdrawn_on"),
    "violations": (CASE + ("found_on",), "severity repaired_on"),
    "commitments": (CASE + ("due_on",), "amount"),
    "plan_steps": (CASE + ("step_no",), "measure due_on owner done_on"),
    "persuasions": (CASE + ("held_on",), "party"),
    "coercions": (CASE + ("decided_on",), "measure planned_on notified_on carried_out_on outcome"),
    "guidance": (CASE + ("asked_on",), "answered_on due_on done_on obstacle_reported_on"),
    "directions": (CASE + ("direction_no",), "issued_on due_on done_on obstacle_reported_on"),
    "obstacles": (CASE + ("found_on",), "reported_on resolved_on"),
    "coordination": (CASE + ("held_on", "agency"), "due_on done_on"),
    "file_reviews": (CASE + ("reviewed_on",), "result repair_due_on repaired_on"),
    "exemptions": (CASE + ("proposed_on",), "decided_on outcome"),
    "reports": (("unit_code", "kind"), "submitted_on emailed_on"),
    "unit_duties": (("unit_code", "duty_no"), "due_on done_on"),
}
NUMBERED = ("valuations", "reductions")  # their number is an ordinal, a decision's is text
OF_CASE = (
    "decisions", "payments", "verifications", "nominations", "violations", "commitments",
    "plan_steps", "persuasions", "coercions", "guidance", "directions", "obstacles",
    "coordination", "file_reviews", "exemptions",
)
OF_ASSET = ("valuations", "rounds", "reductions", "offers")


class FactsError(ValueError):
    """The folder holds something that an import would refuse."""


def _value(kind, column, text):
    text = unicodedata.normalize("NFC", (text or "").strip())
    if not text:
        return False if column in FLAGS else None
    if column in DATES:
        return date.fromisoformat(text)
    if column in INTEGERS or (column == "number" and kind in NUMBERED):
        return int(text)
    if column in FLAGS:
        return text == "1"
    return text


def merged_rows(kind, texts):
    """The rows as they stand after these imports, in the order in which they first came."""
    keys, others = KINDS[kind]
    standing = {}
    for text in texts:
        present = csv.DictReader(io.StringIO(text)).fieldnames or []
        for row in read_rows(kind, text):
            key = tuple(getattr(row, column) for column in keys)
            known = standing.setdefault(key, row)
            if known is row:
                row.row = len(standing)
            for column in others.split():
                if column in present:
                    setattr(known, column, getattr(row, column))
    return list(standing.values())


def read_rows(kind, text):
    """Typed rows of one CSV text, in file order; `row` is the position in the file."""
    keys, others = KINDS[kind]
    rows, seen = [], set()
    for position, record in enumerate(csv.DictReader(io.StringIO(text))):
        if not any((cell or "").strip() for cell in record.values() if not isinstance(cell, list)):
            continue
        values = {}
        for column in keys + tuple(others.split()):
            try:
                values[column] = _value(kind, column, record.get(column))
            except ValueError as error:
                raise FactsError(f"{kind} row {position + 2} {column}: {error}") from None
        key = tuple(values[column] for column in keys)
        if None in key:
            raise FactsError(f"{kind} row {position + 2}: key cell is empty: {key}")
        if key in seen:
            raise FactsError(f"{kind} row {position + 2}: key stands twice: {key}")
        seen.add(key)
        rows.append(SimpleNamespace(row=position, **values))
    return rows


def _list(texts):
    return [texts] if isinstance(texts, str) else texts or []


class Facts:
    """units: code -> row; cases: (unit, number) -> row with its lists; reports: (unit, kind) -> row."""

    def __init__(self, texts):
        rows = {kind: merged_rows(kind, _list(texts.get(kind))) for kind in KINDS}
        self.units = {unit.unit_code: unit for unit in rows["units"]}
        self.reports = {(row.unit_code, row.kind): row for row in rows["reports"]}
        self.cases = {}
        assets = {}
        for case in rows["cases"]:
            self._require(case.unit_code in self.units, "unit", case)
            for kind in OF_CASE:
                setattr(case, kind, [])
            case.assets = []
            self.cases[case.unit_code, case.decision_no] = case
        for asset in rows["assets"]:
            for kind in OF_ASSET:
                setattr(asset, kind, [])
            self._case(asset).assets.append(asset)
            assets[asset.unit_code, asset.decision_no, asset.asset_no] = asset
        for kind in OF_CASE:
            for row in rows[kind]:
                getattr(self._case(row), kind).append(row)
        for kind in OF_ASSET:
            for row in rows[kind]:
                key = (row.unit_code, row.decision_no, row.asset_no)
                self._require(key in assets, "asset", row)
                getattr(assets[key], kind).append(row)
        for row in rows["reports"]:
            self._require(row.unit_code in self.units, "unit", row)
        self.unit_duties = rows["unit_duties"]
        for row in self.unit_duties:
            self._require(row.unit_code in self.units, "unit", row)
        self.by_unit = {code: [] for code in self.units}
        for case in self.cases.values():
            case.decisions.sort(key=lambda row: (row.decided_on, row.row))
            self.by_unit[case.unit_code].append(case)

    @classmethod
    def from_folders(cls, folders):
        texts = {kind: [] for kind in KINDS}
        for folder in folders:
            for kind in KINDS:
                path = pathlib.Path(folder) / f"{kind}.csv"
                if path.is_file():
                    texts[kind].append(path.read_text(encoding="utf-8-sig"))
        return cls(texts)

    def _case(self, row):
        self._require((row.unit_code, row.decision_no) in self.cases, "case", row)
        return self.cases[row.unit_code, row.decision_no]

    @staticmethod
    def _require(known, what, row):
        if not known:
            raise FactsError(f"unknown {what}: {vars(row)}")
