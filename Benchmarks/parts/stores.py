"""Import and score against the sqlite3 shell."""
import json
import pathlib
import shutil
import subprocess
import tempfile

from harness import BENCHMARKS, OUT, coordinator, memory, now
from fleet import PLUGINS

NUMBERS = {"amount_due", "state_revenue", "address_unknown", "coercion_cost", "credit_institution"}
ROWS = 1_000_000


def ingest(sitting, ids):
    """Ours: the client, hashing and sending included, the whole validation, synchronous=FULL. The shell: the same
    file into a table with the same columns and indexes, synchronous=FULL, no validation; once with its defaults,
    once tuned (256 MB cache, indexes built after)."""
    with tempfile.TemporaryDirectory(prefix="caodiem-ingest-") as name:
        folder = pathlib.Path(name)
        csv = folder / "csv"
        subprocess.run([sitting.binaries / "caodiem-datagen", "--seed", "7", "--units", "50",
                        "--cases", str(ROWS), "--out", csv], check=True)
        for _ in range(sitting.runs):
            spent, peak = import_ours(sitting.binaries, csv, folder / "data")
            sitting.figures("ingest ours", {"seconds": spent, "rate": ROWS / spent, "mib": peak})
            shutil.rmtree(folder / "data")
            for kind in ("default", "tuned"):
                spent = import_shell(csv / "cases.csv", folder / "shell.db", kind == "tuned")
                sitting.figures(f"ingest {kind}", {"seconds": spent, "rate": ROWS / spent})
                for file in folder.glob("shell.db*"):
                    file.unlink()
    rates = {kind: sitting.median(f"ingest {kind}", "rate") for kind in ("ours", "default", "tuned")}
    sitting.result("ingest.csv", rates["ours"], rates["default"], "sqlite3 shell, its defaults",
                   "rows/s", "higher", tuned_shell=round(rates["tuned"]),
                   ratio_tuned=round(rates["ours"] / rates["tuned"], 2))
    sitting.result("ingest.rss", sitting.median("ingest ours", "mib"), 200,
                   "the bound of 200 MiB", "MiB peak RSS of the worker", "lower")


def import_shell(csv, database, tuned):
    with open(csv, encoding="utf-8") as file:
        columns = file.readline().strip().split(",")
    declared = ", ".join(
        f"{name} {'INTEGER' if name in NUMBERS else 'TEXT'}" for name in columns)
    index = "CREATE UNIQUE INDEX cases_key ON cases (unit_code, decision_no);"
    script = ["PRAGMA journal_mode=WAL;", "PRAGMA synchronous=FULL;"]
    script += ["PRAGMA cache_size=-262144;"] if tuned else []
    script += [f"CREATE TABLE cases ({declared});"] + ([] if tuned else [index])
    script += [".mode csv", f".import --skip 1 {csv} cases"] + ([index] if tuned else [])
    begin = now()
    subprocess.run(["sqlite3", database], input="\n".join(script) + "\n", text=True, check=True,
                   stdout=subprocess.DEVNULL)
    return now() - begin


def import_ours(binaries, csv, data):
    with coordinator(binaries, data, PLUGINS) as (_, caodiem):
        shown = subprocess.run([*caodiem, "plugin", "show", "ingestion", "--format", "json"],
                               check=True, capture_output=True, text=True)
        pid = json.loads(shown.stdout)["pid"]
        for name in ("units", "officers"):
            subprocess.run([*caodiem, "import", csv / f"{name}.csv"], check=True,
                           stdout=subprocess.DEVNULL)
        begin = now()
        subprocess.run([*caodiem, "import", csv / "cases.csv"], check=True,
                       stdout=subprocess.DEVNULL)
        return now() - begin, memory(pid, "VmHWM")


def score(sitting, ids):
    """Made by its own program, which knows the peers of scoring."""
    program = BENCHMARKS / "score/run"
    if not program.exists():
        print("  score: Benchmarks/score/run is not there")
        return
    subprocess.run([program, "--bin", sitting.binaries, "--runs", str(sitting.runs), "--out", OUT],
                   check=True, stdout=subprocess.DEVNULL)
    for one in json.loads((OUT / "score.json").read_text()):
        sitting.results[one["id"]] = one
