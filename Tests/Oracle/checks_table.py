"""Hand-worked cases of tables with bands, floors, caps, levels and disqualifiers."""

import unittest
from fractions import Fraction
from types import SimpleNamespace

from table import Table, _bonus, _earned

BANDS = {"bands": [
    {"from": "0%", "to": "50%", "points": "4"}, {"from": "50%", "to": "4/5", "points": "9"},
    {"from": "80%", "points": "12"},
]}


def table(*criteria, **parts):
    return Table(dict(criteria=list(criteria), **parts))


def violations(*severities):
    return [SimpleNamespace(severity=one) for one in severities]


class TableTest(unittest.TestCase):
    def test_band_edges(self):
        for rate, points in (("0", 4), ("0.4999", 4), ("1/2", 9), ("0.79999", 9), ("4/5", 12), ("1.2", 12)):
            earned, off = _earned(BANDS, Fraction(12), Fraction(rate), Fraction(4, 5))
            self.assertEqual((earned, off), (points, 0), rate)

    def test_bonus_steps(self):
        bonus = {"points": "2", "per_full_step": "3", "cap": "5"}
        for rate, points in (("14%", 0), ("15%", 0), ("17%", 0), ("18%", 2), ("21%", 4), ("24%", 5), ("90%", 5)):
            self.assertEqual(_bonus(bonus, Fraction(rate[:-1]) / 100, Fraction(15, 100)), points, rate)

    def test_floor_and_cap(self):
        one = table({"id": "a", "base": "20", "target": "t", "under": {"deduct": "1", "per_started_step": "2"},
                     "bonus": {"points": "1", "per_full_step": "5", "cap": "5"}, "floor": "4", "cap": "22"})
        for rate, wanted in (("0", (4, 0, 40)), ("1", (20, 2, 0)), ("0.85", (20, 1, 0))):
            row = one.points("district", lambda _: (Fraction(rate), Fraction(4, 5), True), None, [])[0]
            self.assertEqual((row.earned, row.bonus, row.deduction), wanted, rate)

    def test_levels_and_manual_ones_are_left_out(self):
        one = table({"id": "v", "base": "5", "violations": {"each": "1"}, "levels": ["province"]},
                    {"id": "m", "base": "5", "manual": {"evidence": "true"}},
                    {"id": "w", "base": "10", "violations": {"each": "3"}})
        rows = one.points("district", None, None, violations("minor"))
        self.assertEqual([(row.id, row.earned) for row in rows], [("w", 7)])
        self.assertEqual(one.score(rows), 70)
        self.assertEqual(len(one.points("province", None, None, [])), 2)

    def test_total(self):
        one = table({"id": "v", "base": "5", "violations": {"each": "1"}}, total="40")
        self.assertEqual(one.score(one.points("district", None, None, violations("minor"))), 32)

    def test_disqualifiers(self):
        criteria = {"id": "v", "base": "5", "violations": {"each": "1"}}
        rows = [SimpleNamespace(id="v", earned=Fraction(3))]

        def out(found=(), late=0, known=None, **parts):
            return table(criteria, **parts).is_out(rows, Fraction(60), lambda _: known, lambda _: late, list(found))

        self.assertFalse(out())
        self.assertTrue(out(violations("serious")))
        self.assertFalse(out(violations("serious"), disqualifiers=[]))
        self.assertTrue(out(violations("minor"), disqualifiers=[{"violations": "1"}]))
        self.assertFalse(out(violations("minor"), disqualifiers=[{"violations": "2"}]))
        self.assertTrue(out(floor_score="61"))
        self.assertFalse(out(floor_score="60"))
        late = [{"report": "lists", "days_late_over": "3"}]
        self.assertFalse(out(late=3, disqualifiers=late))
        self.assertTrue(out(late=4, disqualifiers=late))
        below = [{"target": "t", "below": "50%"}]
        self.assertTrue(out(known=(Fraction(49, 100), Fraction(1), True), disqualifiers=below))
        self.assertFalse(out(known=(Fraction(49, 100), Fraction(1), False), disqualifiers=below))
        self.assertFalse(out(known=(Fraction(1, 2), Fraction(1), True), disqualifiers=below))
        self.assertTrue(out(disqualifiers=[{"criterion": "v", "below_points": "4"}]))
        self.assertFalse(out(disqualifiers=[{"criterion": "v", "below_points": "3"}]))
        self.assertFalse(out(disqualifiers=[{"criterion": "x", "below_points": "3"}]))


if __name__ == "__main__":
    unittest.main()
