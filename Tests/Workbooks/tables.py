"""The sample's CSV files as workbooks, in the ways that offices write them."""
import csv
import datetime
import pathlib
import re
import unicodedata

import openpyxl
import yaml
from openpyxl.styles import Alignment, Font

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOOK = yaml.safe_load((ROOT / "Sources/LawBook/Law/import/headings.yaml").read_text())["kinds"]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
MONEY = {
    "amount_due", "coercion_cost", "amount", "value", "starting_price", "price", "deposit",
    "reduced_price"}
# Where two columns of one group stand side by side, the heading has two rows.
GROUPS = {
    "cases": {"judgment_no": ("Bản án", "Số"), "judgment_on": ("Bản án", "Ngày")},
}


def read(folder):
    """Rows of each kind: a list of dictionaries in the order of the file."""
    tables = {}
    for kind in BOOK:
        path = pathlib.Path(folder) / f"{kind}.csv"
        if path.exists():
            with open(path, newline="", encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
            tables[kind] = rows
    return tables


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def cell(kind, column, text, as_people):
    """The value of a cell: real days and numbers, words instead of codes."""
    if text == "":
        return None
    if DAY.match(text) and column.endswith(("_on", "_until", "until_on")):
        return datetime.date.fromisoformat(text)
    if column in MONEY or column in ("round", "registrants"):
        return int(text)
    words = BOOK[kind].get("choices", {}).get(column, {})
    if as_people and text in words:
        return decomposed(words[text][0])
    return decomposed(text) if as_people else text


def write_plain(folder, path):
    """One sheet a kind, named and headed as in the CSV."""
    book = openpyxl.Workbook(write_only=True)
    for kind, rows in read(folder).items():
        sheet = book.create_sheet(kind)
        if not rows:
            continue
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([cell(kind, column, text, False) for column, text in row.items()])
    book.save(path)


def write_as_people(folder, path):
    """Vietnamese names, accents apart, titles and merged headings above, numbered rows, sums and signatures below, a
    hidden sheet and a sheet of notes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind, rows in read(folder).items():
        if rows:
            write_sheet(book, kind, rows)
    hidden = book.create_sheet("Nháp")
    hidden.append(["không", "để", "nhập"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Ghi chú chung").append(["Gửi phòng nghiệp vụ trước 20/02"])
    book.save(path)


def write_sheet(book, kind, rows):
    spec = BOOK[kind]
    sheet = book.create_sheet(spec["sheets"][0])
    columns = [c for c in rows[0]]
    width = len(columns) + 1
    sheet["A1"] = decomposed("CỤC THI HÀNH ÁN DÂN SỰ TỈNH SÓC TRĂNG")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet["A1"].font = Font(bold=True)
    sheet["A2"] = decomposed("Danh sách, kèm theo kế hoạch cao điểm; tính đến 31/5/2021")
    sheet.append([])
    top, groups = 4, GROUPS.get(kind, {})
    sheet.cell(top, 1, "STT")
    for index, column in enumerate(columns, 2):
        if column in groups:
            group, leaf = groups[column]
            before = groups.get(columns[index - 3], (None,))[0]
            if before != group:
                sheet.cell(top, index, decomposed(group))
            else:
                sheet.merge_cells(
                    start_row=top, start_column=index - 1, end_row=top, end_column=index)
            sheet.cell(top + 1, index, decomposed(leaf))
        else:
            heading = decomposed(spec["columns"][column][0])
            sheet.cell(top, index, heading.replace(" ", "\n", 1))
            if groups:
                sheet.merge_cells(
                    start_row=top, start_column=index, end_row=top + 1, end_column=index)
        sheet.cell(top, index).alignment = Alignment(wrap_text=True)
    line = top + (2 if groups else 1)
    for index in range(1, width + 1):
        sheet.cell(line, index, f"({index})")
    line += 1
    for number, row in enumerate(rows, 1):
        sheet.cell(line, 1, number)
        for index, (column, text) in enumerate(row.items(), 2):
            value = cell(kind, column, text, True)
            if isinstance(value, datetime.date) and number % 7 == 0:
                value = value.strftime("%d/%m/%Y")
            elif isinstance(value, int) and number % 5 == 0:
                value = f"{value:,}".replace(",", ".")
            if value is None:
                continue
            target = sheet.cell(line, index, value)
            if isinstance(value, datetime.date):
                target.number_format = "dd/mm/yyyy"
        line += 1
        if number % 50 == 0:
            line += 1
    money = [i for i, c in enumerate(columns, 2) if c in MONEY]
    if money:
        sheet.cell(line, 1, decomposed("Tổng cộng"))
        for index in money:
            total = sum(int(row[columns[index - 2]] or 0) for row in rows)
            sheet.cell(line, index, total)
        sheet.cell(line + 2, 3, decomposed("NGƯỜI LẬP BIỂU"))
        sheet.cell(line + 2, 6, decomposed("CHI CỤC TRƯỞNG"))
