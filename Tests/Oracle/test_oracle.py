"""All hand-worked cases: python3 -m unittest test_oracle  (or python3 test_oracle.py)."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

PARTS = (
    "basics", "cases", "measures", "auction", "emulation", "table", "worklist", "commands",
    "statistics",
)


def load_tests(loader, tests, pattern):
    return unittest.TestSuite(loader.loadTestsFromName(f"checks_{part}") for part in PARTS)


if __name__ == "__main__":
    unittest.main()
