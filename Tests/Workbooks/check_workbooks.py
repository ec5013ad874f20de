#!/usr/bin/env python3
"""Workbooks of openpyxl and LibreOffice import to the very rows that the CSV gives.

    check_workbooks.py --binaries .build/release [--large CASES]
Needs python3-openpyxl and python3-yaml; without LibreOffice its part is left out, with a line that says so.
"""
import argparse
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import tables

failures = []


def check(name, good, detail=""):
    print(f"{'ok' if good else 'FAIL'}  {name}{'' if good else ': ' + detail}", flush=True)
    if not good:
        failures.append(name)


class Fleet:
    """A coordinator with the ingestion plugin alone, on a folder of its own."""

    def __init__(self, binaries, folder):
        self.binaries, self.data = pathlib.Path(binaries).resolve(), pathlib.Path(folder)
        plugins = self.data / "plugins"
        (plugins / "ingestion").mkdir(parents=True)
        shutil.copy(tables.ROOT / "Plugins/ingestion/plugin.yaml", plugins / "ingestion")
        self.process = subprocess.Popen(
            [self.binaries / "caodiem-coordinator", "--data", self.data / "data", "--plugins",
             plugins, "--law", tables.ROOT / "Sources/LawBook/Law"],
            stderr=open(self.data / "log", "w"))
        self.run("status", "--wait", "--timeout", "60")

    def run(self, *arguments):
        return subprocess.run(
            [self.binaries / "caodiem", "--data", self.data / "data", *map(str, arguments)],
            capture_output=True, text=True)

    def json(self, *arguments):
        done = self.run(*arguments, "--format", "json")
        return json.loads(done.stdout or done.stderr)

    def rows(self):
        """All facts, without the numbers of changes, files, lines and rows."""
        store = sqlite3.connect(f"file:{self.data}/data/store.sqlite?mode=ro", uri=True)
        facts = {}
        for kind in tables.BOOK:
            names = [row[1] for row in store.execute(f"PRAGMA table_info({kind})")]
            kept = [n for n in names if n not in ("id", "change_no", "file_no", "line")
                    and not n.endswith("_id")]
            facts[kind] = sorted(
                store.execute(f"SELECT {', '.join(kept)} FROM {kind}"), key=repr)
        store.close()
        return facts

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def compare(name, binaries, paths, expected, folder, statuses=("applied",)):
    fleet = Fleet(binaries, tempfile.mkdtemp(dir=folder))
    try:
        began = time.monotonic()
        answer = fleet.json("import", *paths)
        seconds = time.monotonic() - began
        errors = [e for f in answer.get("files", []) for e in f["errors"]]
        check(f"{name}: imports without an error", answer.get("status") in statuses and not errors,
              json.dumps(errors[:3] or answer, ensure_ascii=False)[:800])
        found = fleet.rows()
        for kind, rows in expected.items():
            if rows != found[kind]:
                odd = [r for r in rows if r not in set(found[kind])][:1]
                new = [r for r in found[kind] if r not in set(rows)][:1]
                check(f"{name}: {kind}", False, f"{len(rows)} and {len(found[kind])} rows: {odd} {new}")
                break
        else:
            count = sum(map(len, expected.values()))
            check(f"{name}: the very {count} rows of the CSV ({seconds:.1f} s)", True)
        again = fleet.json("import", *paths)
        check(f"{name}: again changes nothing", again.get("status") == "unchanged", str(again)[:300])
    finally:
        fleet.stop()


def soffice(source, target_folder):
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{target_folder}/profile",
         "--convert-to", "xlsx", "--outdir", target_folder, source],
        check=True, capture_output=True)
    return pathlib.Path(target_folder) / (pathlib.Path(source).stem + ".xlsx")


def template(binaries, expected_folder, folder):
    fleet = Fleet(binaries, tempfile.mkdtemp(dir=folder))
    try:
        fleet.json("import", expected_folder / "units.csv", expected_folder / "officers.csv")
        out = pathlib.Path(folder) / "template.xlsx"
        made = fleet.run("import", "template", "--out", out)
        check("template: is written", made.returncode == 0, made.stderr)
        answer = fleet.json("import", out)
        errors = [e for f in answer["files"] for e in f["errors"]]
        rows = sum(f["rows"] for f in answer["files"])
        check("template: imports without an error and without a row",
              answer["status"] == "unchanged" and not errors and rows == 0,
              json.dumps(answer, ensure_ascii=False)[:600])
    finally:
        fleet.stop()


def give_back(binaries, csv_folder, folder):
    """Bad cells come back marked; once they are mended in that workbook, it imports."""
    import openpyxl
    source = pathlib.Path(folder) / "bad.xlsx"
    tables.write_as_people(csv_folder, source)
    book = openpyxl.load_workbook(source)
    sheet = book["Thu tiền"]
    heading = {sheet.cell(4, c).value.replace("\n", " "): c for c in range(2, sheet.max_column + 1)
               if sheet.cell(4, c).value}
    money = heading[tables.decomposed("Số tiền")]
    good = sheet.cell(6, money).value
    sheet.cell(6, money).value = "một triệu"
    unit = heading[tables.decomposed("Mã đơn vị")]
    good_unit = sheet.cell(7, unit).value
    sheet.cell(7, unit).value = good_unit + "X"
    book.save(source)
    fleet = Fleet(binaries, tempfile.mkdtemp(dir=folder))
    try:
        out = pathlib.Path(folder) / "errors.xlsx"
        answer = fleet.json("import", source, "--errors", out)
        errors = answer["files"][0]["errors"]
        check("errors: both bad cells are named", {e["code"] for e in errors} == {
            "bad_money", "unknown_unit"}, json.dumps(errors, ensure_ascii=False)[:500])
        hints = " ".join(e["hint"] or "" for e in errors)
        check("errors: the nearest unit is suggested", good_unit in hints, hints)
        back = openpyxl.load_workbook(out)
        marked = back["Thu tiền"].cell(6, money)
        check("errors: the cell is coloured and commented",
              marked.fill.fgColor.rgb.endswith("FFC7CE") and marked.comment is not None)
        back["Thu tiền"].cell(6, money).value = good
        back["Thu tiền"].cell(7, unit).value = good_unit
        back.save(out)
        again = fleet.json("import", out)
        check("errors: mended there, it imports", again["status"] == "applied",
              json.dumps(again, ensure_ascii=False)[:600])
        csv_fleet = Fleet(binaries, tempfile.mkdtemp(dir=folder))
        try:
            csv_fleet.json("import", csv_folder)
            check("errors: to the very rows of the CSV", csv_fleet.rows() == fleet.rows())
        finally:
            csv_fleet.stop()
    finally:
        fleet.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binaries", required=True)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="caodiem-workbooks-")
    try:
        csv_folder = pathlib.Path(folder) / "csv"
        subprocess.run(
            [pathlib.Path(options.binaries) / "caodiem-datagen", "--seed", "7", "--units", "4",
             "--cases", "400", "--out", csv_folder], check=True, capture_output=True)
        fleet = Fleet(options.binaries, tempfile.mkdtemp(dir=folder))
        answer = fleet.json("import", csv_folder)
        check("csv: imports", answer.get("status") == "applied", str(answer)[:500])
        expected = fleet.rows()
        fleet.stop()
        plain, people = pathlib.Path(folder) / "plain.xlsx", pathlib.Path(folder) / "people.xlsx"
        tables.write_plain(csv_folder, plain)
        tables.write_as_people(csv_folder, people)
        compare("openpyxl, plain", options.binaries, [plain], expected, folder)
        compare("openpyxl, as people write", options.binaries, [people], expected, folder)
        if shutil.which("soffice"):
            office = pathlib.Path(folder) / "office"
            office.mkdir()
            compare("LibreOffice, as people write", options.binaries,
                    [soffice(people, office)], expected, folder)
            books = [soffice(path, office) for path in sorted(csv_folder.glob("*.csv"))]
            compare("LibreOffice, one workbook a CSV", options.binaries, books, expected, folder)
        else:
            print("skip  LibreOffice: soffice is not installed (Debian libreoffice-calc)")
        template(options.binaries, csv_folder, folder)
        give_back(options.binaries, csv_folder, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
