"""Prints the reference answers as JSON.

    python3 oracle.py score --csv DIR --plan plan.yaml --as-of 2021-05-31 [--unit CODE]
    python3 oracle.py gaps  --csv DIR --as-of 2021-05-31 [--unit CODE] [--past]
    python3 oracle.py rank  --csv DIR --plan plan.yaml --as-of 2021-05-31 [--cluster C]
    python3 oracle.py worklist --csv DIR --plan plan.yaml --as-of 2021-05-31 [--unit CODE] [--within DAYS]
    python3 oracle.py case UNIT DECISION_NO --csv DIR --as-of 2021-05-31
    python3 oracle.py statistics --csv DIR --plan plan.yaml --as-of 2021-05-31 [--unit CODE]

--csv may stand several times: imports in their order, later ones correct earlier ones.

READINGS
- Gaps and single cases do not depend on the plan; --plan is accepted there and not read.
- `case` prints the four fields that the contract names; no schema name is fixed for it.
"""

import argparse
import json
import sys
import unicodedata
from datetime import date

from auction import gaps_answer
from case_state import case_answer
from emulation import rank_answer
from facts import Facts, FactsError
from measures import score_answer
from plan import Plan
from worklist import USUAL_DAYS, worklist_answer
from year_statistics import statistics_answer


def arguments(argv):
    parser = argparse.ArgumentParser(description="Reference answers for a campaign.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("score", "gaps", "rank", "case", "worklist", "statistics"):
        command = commands.add_parser(name)
        command.add_argument("--csv", required=True, metavar="DIR", action="append")
        command.add_argument("--plan", required=name in ("score", "rank", "worklist", "statistics"))
        command.add_argument("--as-of", required=True, type=date.fromisoformat)
        if name in ("score", "gaps", "worklist", "statistics"):
            command.add_argument("--unit", type=_text)
        if name == "gaps":
            command.add_argument("--past", action="store_true")
        if name == "worklist":
            command.add_argument("--within", type=int, default=USUAL_DAYS)
        if name == "rank":
            command.add_argument("--cluster", type=_text)
        if name == "case":
            command.add_argument("unit", type=_text)
            command.add_argument("decision_no", type=_text)
    return parser.parse_args(argv)


def _text(value):
    return unicodedata.normalize("NFC", value.strip())


def answer(options):
    facts, day = Facts.from_folders(options.csv), options.as_of
    if options.command == "gaps":
        return gaps_answer(facts, day, options.unit, options.past)
    if options.command == "case":
        key = (options.unit, options.decision_no)
        if key not in facts.cases:
            raise FactsError(f"no such case: {key}")
        return case_answer(facts.cases[key], day)
    plan = Plan.from_file(options.plan)
    if options.command == "worklist":
        return worklist_answer(facts, plan, day, options.unit, options.within)
    if options.command == "statistics":
        return statistics_answer(facts, plan, day, options.unit)
    if options.command == "score":
        return score_answer(facts, plan, day, options.unit)
    return rank_answer(facts, plan, day, options.cluster)


def main(argv=None):
    try:
        result = answer(arguments(argv))
    except (FactsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
