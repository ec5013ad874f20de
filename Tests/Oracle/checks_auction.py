"""Hand-worked cases: every statutory step between seizure and hand-over."""

import unittest

from auction import gaps_answer
from sample_facts import day, facts

CASE = "unit_code,decision_no,decision_on,initiative,amount_due,state_revenue"
ASSETS = "unit_code,decision_no,asset_no,asset_kind,seized_on,valuation_contract_on,valued_on,value,disposed_on,disposal"
ROUNDS = "unit_code,decision_no,asset_no,round,starting_price,contract_on,posted_on,held_on,outcome,notified_on"
REDUCTIONS = "unit_code,decision_no,asset_no,number,notice_on,reduced_on,reduced_price"
OFFERS = "unit_code,decision_no,asset_no,offered_on,answer,answered_on,debtor_notified_on"
VALUATIONS = "unit_code,decision_no,asset_no,number,contract_on,valued_on,value"
DECISIONS = "unit_code,decision_no,kind,decided_on"

HOUSE = "real_estate,2021-03-01,2021-03-04,2021-03-10,900000000,,"  # all in time up to the valuation
HELD = "1,900,2021-03-15,2021-03-17,2021-04-05,no_bids,2021-04-07"  # contract, posting, holding, notice


def answer(as_of, asset=HOUSE, rounds=(), reductions=(), offers=(), state=0, past=False, **kinds):
    one = facts(
        cases=(CASE, f"A,1,2016-01-04,on_request,1000,{state}"),
        assets=(ASSETS, f"A,1,x,{asset}"),
        rounds=(ROUNDS,) + tuple(f"A,1,x,{row}" for row in rounds),
        reductions=(REDUCTIONS,) + tuple(f"A,1,x,{row}" for row in reductions),
        offers=(OFFERS,) + tuple(f"A,1,x,{row}" for row in offers),
        **kinds,
    )
    return gaps_answer(one, day(as_of), past=past)


def gaps(as_of, *arguments, **names):
    """(step, rule, trigger, due, days late) of each gap, without the year."""
    return [
        (one["step"], one["rule"], one["trigger_on"][5:], one["due_on"][5:], one["days_late"])
        for one in answer(as_of, *arguments, **names)["gaps"]
    ]


def past(as_of, *arguments, **names):
    return [
        (one["step"], one["rule"], one["due_on"][5:], one["done_on"][5:], one["days_late"])
        for one in answer(as_of, *arguments, past=True, **names)["past"]
    ]


class ValueContractTest(unittest.TestCase):
    # seized Fri 05/02: 8, 9, (Tet 10-16) 17, 18, 19/02 is the fifth working day
    SEIZED = "real_estate,2021-02-05,,,,,"

    def test_due_day_is_in_time(self):
        self.assertEqual(gaps("2021-02-19", self.SEIZED), [])
        self.assertEqual(gaps("2021-02-20", self.SEIZED), [("value_contract", "V-02", "02-05", "02-19", 1)])
        self.assertEqual(gaps("2021-02-04", self.SEIZED), [])

    def test_done(self):
        # by the contract, by the valuation alone, by a row of valuations; a later day is not yet known
        self.assertEqual(gaps("2021-02-25", "real_estate,2021-02-05,2021-02-25,,,,"), [])
        self.assertEqual(len(gaps("2021-02-24", "real_estate,2021-02-05,2021-02-25,,,,")), 1)
        self.assertEqual(gaps("2021-02-25", "real_estate,2021-02-05,,2021-02-25,5,,"), [])
        self.assertEqual(gaps("2021-02-25", self.SEIZED, valuations=(VALUATIONS, "A,1,x,1,2021-02-24,,")), [])

    def test_past(self):
        late = "real_estate,2021-02-05,2021-02-24,2021-02-26,5,,"
        self.assertEqual(past("2021-02-26", late), [("value_contract", "V-02", "02-19", "02-24", 5)])
        self.assertEqual(past("2021-02-23", late), [])
        self.assertEqual(past("2021-02-26", "real_estate,2021-02-05,2021-02-19,2021-02-26,5,,"), [])

    def test_overtaken(self):
        one = gaps("2021-03-01", self.SEIZED, rounds=("1,9,2021-02-26,,,scheduled,",))
        self.assertEqual(one, [])


class AuctionContractTest(unittest.TestCase):
    def test_ten_days(self):
        # valued Wed 10/03: Sat 20/03 rolls to Mon 22/03
        self.assertEqual(gaps("2021-03-22"), [])
        self.assertEqual(gaps("2021-03-24"), [("auction_contract", "V-09", "03-10", "03-22", 2)])
        self.assertEqual(gaps("2021-03-24", rounds=("1,9,2021-03-24,,,scheduled,",)), [])
        self.assertEqual(past("2021-03-24", rounds=("1,9,2021-03-24,,,scheduled,",)),
                         [("auction_contract", "V-09", "03-22", "03-24", 2)])

    def test_ten_million(self):
        movable = "movable,2021-03-01,2021-03-04,2021-03-10,{},,"
        self.assertEqual(gaps("2021-03-24", movable.format(10_000_000)), [])
        self.assertEqual(len(gaps("2021-03-24", movable.format(10_000_001))), 1)
        self.assertEqual(gaps("2021-03-24", movable.format("")), [])
        self.assertEqual(len(gaps("2021-03-24", HOUSE.replace("900000000", "1"))), 1)
        # revalued to 10 million on 23/03: no longer above it
        again = (VALUATIONS, "A,1,x,2,,2021-03-23,10000000")
        self.assertEqual(gaps("2021-03-24", movable.format(10_000_001), valuations=again), [])

    def test_first_valuation_in_the_other_table(self):
        bare = "real_estate,2021-03-01,2021-03-04,,,,"
        rows = (VALUATIONS, "A,1,x,1,,2021-03-11,5", "A,1,x,2,,2021-03-18,6")
        # from 11/03: 21/03 is a Sunday, so 22/03
        self.assertEqual(gaps("2021-03-23", bare, valuations=rows), [("auction_contract", "V-09", "03-11", "03-22", 1)])

    def test_overtaken(self):
        self.assertEqual(gaps("2021-04-30", rounds=("1,9,,,2021-04-05,sold,",)), [])
        self.assertEqual(gaps("2021-04-30", rounds=("2,9,2021-04-05,,,scheduled,",)), [])


class HoldAuctionTest(unittest.TestCase):
    def test_real_estate(self):
        # contract Mon 15/03 + 45 = Thu 29/04
        contract = ("1,9,2021-03-15,,,scheduled,",)
        self.assertEqual(gaps("2021-04-29", rounds=contract), [])
        self.assertEqual(gaps("2021-04-30", rounds=contract), [("hold_auction", "V-10", "03-15", "04-29", 1)])

    def test_movable(self):
        # contract Mon 22/03 + 30 = Wed 21/04, a holiday: Thu 22/04
        movable = "movable,2021-03-01,2021-03-04,2021-03-15,20000000,,"
        contract = ("1,9,2021-03-22,,,scheduled,",)
        self.assertEqual(gaps("2021-04-22", movable, contract), [])
        self.assertEqual(gaps("2021-04-23", movable, contract), [("hold_auction", "V-10", "03-22", "04-22", 1)])
        cheap = movable.replace("20000000", "9000000")
        self.assertEqual(gaps("2021-04-23", cheap, contract), [])

    def test_done_by_any_round(self):
        rounds = ("1,9,2021-03-15,,,cancelled,", "2,9,2021-04-20,,2021-05-05,sold,")
        self.assertEqual(gaps("2021-05-05", rounds=rounds), [])
        self.assertEqual(len(gaps("2021-05-04", rounds=rounds)), 1)
        self.assertEqual(past("2021-05-05", rounds=rounds), [("hold_auction", "V-10", "04-29", "05-05", 6)])


class NotifyReductionTest(unittest.TestCase):
    # notified Wed 07/04: 8, 9, 12, 13, 14/04
    GAP = ("notify_reduction", "R-01", "04-07", "04-14", 1)

    def test_every_failed_outcome(self):
        for outcome in ("no_participants", "no_bids", "failed"):
            rounds = (HELD.replace("no_bids", outcome),)
            self.assertEqual(gaps("2021-04-14", rounds=rounds), [])
            self.assertEqual(gaps("2021-04-15", rounds=rounds), [self.GAP], outcome)
        for outcome in ("scheduled", "sold", "cancelled"):
            self.assertEqual(gaps("2021-04-15", rounds=(HELD.replace("no_bids", outcome),)), [], outcome)

    def test_state_revenue_has_no_such_step(self):
        self.assertEqual(gaps("2021-04-15", rounds=(HELD,), state=1), [])

    def test_done_and_late(self):
        reductions = ("1,2021-04-16,,",)
        self.assertEqual(gaps("2021-04-15", rounds=(HELD,), reductions=reductions), [self.GAP])
        self.assertEqual(gaps("2021-04-16", rounds=(HELD,), reductions=reductions), [])
        self.assertEqual(past("2021-04-16", rounds=(HELD,), reductions=reductions),
                         [("notify_reduction", "R-01", "04-14", "04-16", 2)])

    def test_overtaken(self):
        self.assertEqual(gaps("2021-04-20", rounds=(HELD,), reductions=("1,,2021-04-16,810",)), [])
        self.assertEqual(gaps("2021-04-20", rounds=(HELD, "2,810,,2021-04-19,,scheduled,")), [])
        self.assertEqual(gaps("2021-04-20", rounds=(HELD,), offers=("2021-04-12,accepted,2021-04-16,",))[0][0],
                         "notify_debtor")

    def test_later_round_starts_nothing(self):
        rounds = ("1,9,2021-03-15,,2021-04-05,cancelled,", "2,9,,,2021-04-06,failed,2021-04-07")
        self.assertEqual(gaps("2021-05-31", rounds=rounds), [])


class DecideReductionTest(unittest.TestCase):
    def test_private(self):
        # notice Mon 12/04 + 10 = Thu 22/04
        names = {"rounds": (HELD,), "reductions": ("1,2021-04-12,2021-04-26,810",)}
        self.assertEqual(gaps("2021-04-22", **names), [])
        self.assertEqual(gaps("2021-04-23", **names), [("decide_reduction", "R-03", "04-12", "04-22", 1)])
        self.assertEqual(gaps("2021-04-26", **names), [])
        self.assertEqual(past("2021-04-26", **names), [("decide_reduction", "R-03", "04-22", "04-26", 4)])

    def test_private_second_reduction_is_policy(self):
        rounds = (HELD, "2,810,,2021-04-20,2021-05-05,no_bids,2021-05-06")
        reductions = ("1,2021-04-12,2021-04-19,810", "2,2021-05-07,,")
        self.assertEqual(gaps("2021-07-30", rounds=rounds, reductions=reductions), [])

    def test_acceptance_closes(self):
        names = {"rounds": (HELD,), "reductions": ("1,2021-04-12,,",)}
        for row, open_ in (("2021-04-12,accepted,2021-04-23,2021-04-23", False), ("2021-04-12,accepted,2021-04-24,", True),
                           ("2021-04-12,refused,2021-04-13,", True), ("2021-04-12,accepted,,2021-04-23", False)):
            found = gaps("2021-04-23", offers=(row,), **names)
            self.assertEqual(any(one[0] == "decide_reduction" for one in found), open_, row)

    def test_state_revenue_every_failed_round(self):
        # notice Wed 07/04 + 10 = Sat 17/04 -> Mon 19/04
        self.assertEqual(gaps("2021-04-19", rounds=(HELD,), state=1), [])
        self.assertEqual(gaps("2021-04-20", rounds=(HELD,), state=1), [("decide_reduction", "R-04b", "04-07", "04-19", 1)])
        # reduced on 15/04; round 2 fails on 06/05, notice 07/05 + 10 = Mon 17/05
        rounds = (HELD, "2,810,,2021-04-16,2021-05-06,failed,2021-05-07")
        first = "1,,2021-04-15,810"
        self.assertEqual(gaps("2021-05-18", rounds=rounds, reductions=(first,), state=1),
                         [("decide_reduction", "R-04b", "05-07", "05-17", 1)])
        both = (first, "2,,2021-05-20,729")
        self.assertEqual(gaps("2021-05-20", rounds=rounds, reductions=both, state=1), [])
        self.assertEqual(past("2021-05-20", rounds=rounds, reductions=both, state=1),
                         [("decide_reduction", "R-04b", "05-17", "05-20", 3)])
        # a private case has no period for that second reduction
        self.assertEqual(gaps("2021-05-18", rounds=rounds, reductions=(first,)), [])

    def test_state_revenue_overtaken_by_next_round(self):
        rounds = (HELD, "2,810,,2021-04-16,,scheduled,")
        self.assertEqual(gaps("2021-04-20", rounds=rounds, state=1), [])

    def test_state_revenue_reduced_between_holding_and_notice(self):
        self.assertEqual(gaps("2021-04-30", rounds=(HELD,), reductions=("1,,2021-04-06,810",), state=1), [])
        # on the day of holding the reduction is the one before that round
        self.assertEqual(len(gaps("2021-04-30", rounds=(HELD,), reductions=("1,,2021-04-05,810",), state=1)), 1)


class OfferTest(unittest.TestCase):
    THREE = (HELD, "2,810,,2021-04-16,2021-05-04,failed,2021-05-05", "3,729,,2021-05-07,2021-05-24,no_participants,2021-05-25")
    TWO = ("1,2021-04-12,2021-04-15,810", "2,,2021-05-06,729")

    def found(self, as_of, *offers, **names):
        return gaps(as_of, rounds=self.THREE, reductions=self.TWO, offers=offers, **names)

    def test_notify_debtor(self):
        # round 3 notified Tue 25/05 + 10 = Fri 04/06
        for state in (0, 1):
            self.assertEqual(self.found("2021-06-04", "2021-05-27,accepted,2021-05-28,", state=state), [])
            self.assertEqual(self.found("2021-06-05", "2021-05-27,accepted,2021-05-28,", state=state),
                             [("notify_debtor", "R-06", "05-25", "06-04", 1)])
        self.assertEqual(self.found("2021-06-05", "2021-05-27,refused,2021-05-28,"), [])

    def test_acceptance_after_the_due_day(self):
        offer = "2021-05-27,accepted,2021-06-08,"
        self.assertEqual(self.found("2021-06-07", offer), [])
        self.assertEqual(self.found("2021-06-08", offer), [("notify_debtor", "R-06", "05-25", "06-04", 4)])

    def test_round_before_the_offer(self):
        # offered on 10/05, before round 3: round 2 notified Wed 05/05 + 10 = Sat 15/05 -> Mon 17/05
        self.assertEqual(self.found("2021-05-18", "2021-05-10,accepted,2021-05-11,"),
                         [("notify_debtor", "R-06", "05-05", "05-17", 1)])

    def test_hand_over(self):
        # debtor notified Tue 01/06 + 30 = Thu 01/07
        offer = "2021-05-27,accepted,2021-05-28,2021-06-01"
        self.assertEqual(self.found("2021-07-01", offer), [])
        self.assertEqual(self.found("2021-07-02", offer), [("hand_over", "R-07", "06-01", "07-01", 1)])
        self.assertEqual(self.found("2021-07-02", offer, state=1), [("hand_over", "R-07", "06-01", "07-01", 1)])
        taken = HOUSE[:-1] + "2021-07-05,taken"
        self.assertEqual(self.found("2021-07-05", offer, asset=taken), [])

    def test_past(self):
        # debtor notified 08/06 (due 04/06), + 30 = Thu 08/07, handed over on 12/07
        asset = "real_estate,2021-03-01,2021-03-04,2021-03-10,900000000,2021-07-12,taken"
        names = {"asset": asset, "rounds": self.THREE, "reductions": self.TWO,
                 "offers": ("2021-05-27,accepted,2021-05-28,2021-06-08",)}
        self.assertEqual(past("2021-07-12", **names),
                         [("notify_debtor", "R-06", "06-04", "06-08", 4), ("hand_over", "R-07", "07-08", "07-12", 4)])
        self.assertEqual(gaps("2021-07-11", **names), [("hand_over", "R-07", "06-08", "07-08", 3)])
        # a day of disposal without its kind hands nothing over
        names["asset"] = asset.replace("taken", "")
        self.assertEqual(gaps("2021-07-12", **names), [("hand_over", "R-07", "06-08", "07-08", 4)])


class ClosedTest(unittest.TestCase):
    def test_disposed_and_finished(self):
        asset = "real_estate,2021-03-01,,,,2021-03-20,released"
        self.assertEqual(len(gaps("2021-03-19", asset)), 1)
        self.assertEqual(gaps("2021-03-20", asset), [])
        seized = "real_estate,2021-03-01,,,,,"
        for kind in ("complete", "terminate"):
            decisions = (DECISIONS, f"A,1,{kind},2021-03-20")
            self.assertEqual(len(gaps("2021-03-19", seized, decisions=decisions)), 1)
            self.assertEqual(gaps("2021-03-20", seized, decisions=decisions), [])
        for kind in ("postpone", "delegate"):
            self.assertEqual(len(gaps("2021-03-20", seized, decisions=(DECISIONS, f"A,1,{kind},2021-03-20"))), 1)

    def test_shape(self):
        self.assertEqual(
            answer("2021-03-09", "real_estate,2021-03-01,,,,,"),
            {"schema": "caodiem.auction-gaps/1", "as_of": "2021-03-09", "gaps": [
                {"unit": "A", "decision_no": "1", "asset_no": "x", "step": "value_contract", "rule": "V-02",
                 "trigger_on": "2021-03-01", "due_on": "2021-03-08", "days_late": 1}]},
        )
