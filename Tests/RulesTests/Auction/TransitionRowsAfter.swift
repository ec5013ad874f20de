import Rules

/// From a failed auction or a sale to the end: LTHADS Art. 100–104, Decree 62/2015 Art. 27.3.
extension TransitionTests {
    static let reductions: [Row] = [
        Row(
            "104.1: the parties are invited", after: failed + "; 20/04 told 1", "22/04 invite 1",
            "failed R-01 Điều 104.1"),
        Row(
            "104.4: not where the money is the State's", after: failed, "22/04 invite 1",
            "✗ no_invitation R-04b Điều 104.4", stateRevenue: true),
        Row(
            "104.1: nothing to invite to before a failure", after: posted, "05/04 invite 1",
            "✗ not_failed R-01 Điều 104.1"),
        Row(
            "104.1: the officer decides once the ten days are over", after: invited,
            "04/05 reduce 1 810", "reduced R-03 Điều 104.1"),
        Row(
            "148.5: 02/05 is a Sunday, 03/05 a day off", after: invited, "03/05 reduce 1 810",
            "✗ reduced_too_early R-02 Điều 104.1 ≥ 04/05/2021"),
        Row(
            "104.1: by agreement at once", after: failed, "20/04 reduce 1 810 agreed",
            "reduced R-02 Điều 104.1"),
        Row(
            "104.1: by agreement within the ten days", after: invited,
            "23/04 reduce 1 850 agreed", "reduced R-02 Điều 104.1"),
        Row(
            "104.1: not without agreement or invitation", after: failed + "; 20/04 told 1",
            "10/05 reduce 1 810", "✗ not_invited R-01 Điều 104.1"),
        Row(
            "104.4: the State's money needs neither", after: failed, "22/04 reduce 1 810",
            "reduced R-04b Điều 104.4", stateRevenue: true),
        Row(
            "104.5: ten per cent at most", after: invited, "04/05 reduce 1 809.999999",
            "✗ reduced_too_deep R-04 Điều 104.5 ≥ 810.000.000"),
        Row(
            "104.5: by agreement no more", after: failed, "20/04 reduce 1 800 agreed",
            "✗ reduced_too_deep R-04 Điều 104.5 ≥ 810.000.000"),
        Row(
            "104.5: for the State no more", after: failed, "22/04 reduce 1 800",
            "✗ reduced_too_deep R-04 Điều 104.5 ≥ 810.000.000", stateRevenue: true),
        Row(
            "a reduction lowers the price", after: invited, "04/05 reduce 1 900",
            "✗ not_lower R-04 Điều 104.5"),
        Row(
            "104.5: less than the cap is allowed", after: invited, "04/05 reduce 1 890",
            "reduced R-03 Điều 104.1"),
        Row(
            "104.5: of the auction just before: 810, not 900", after: failed2,
            "26/05 reduce 2 720", "✗ reduced_too_deep R-04 Điều 104.5 ≥ 729.000.000"),
        Row(
            "104.1 gives no period for the second", after: failed2, "25/05 reduce 2 729",
            "reduced R-03 Điều 104.1"),
        Row(
            "104.5: one reduction a failed auction", after: reduced, "06/05 reduce 2 729",
            "✗ not_failed R-03 Điều 104.1"),
        Row(
            "no reduction before an auction failed", after: contracted, "31/03 reduce 1 810",
            "✗ not_failed R-03 Điều 104.1"),
        Row(
            "104.4: nor for the State", after: contracted, "31/03 reduce 1 810",
            "✗ not_failed R-04b Điều 104.4", stateRevenue: true),
        Row(
            "104.2: after the second reduction the creditor is asked first", after: failed3,
            "16/06 reduce 3 660", "✗ not_offered R-09 Điều 104.3"),
        Row(
            "104.3: once it refused the price falls", after: refused, "21/06 reduce 3 656.1",
            "reduced R-09 Điều 104.3"),
        Row(
            "104.5: then too ten per cent at most", after: refused, "21/06 reduce 3 656",
            "✗ reduced_too_deep R-04 Điều 104.5 ≥ 656.100.000"),
        Row(
            "104.4: for the State nobody is asked", after: failed3, "16/06 reduce 3 660",
            "reduced R-04b Điều 104.4", stateRevenue: true),
        Row(
            "104.2: not while the creditor is asked", after: offered, "17/06 reduce 3 660",
            "✗ offer_pending R-05 Điều 104.2"),
        Row(
            "104.2: not once it accepted", after: accepted, "21/06 reduce 3 660",
            "✗ accepted R-06 Điều 104.2"),
        Row(
            "104.3: at the cost of coercion it goes back instead", after: refused,
            "21/06 reduce 3 660", "✗ must_return R-10 Điều 104.3", coercionCost: 729),
        Row(
            "104.3: above that cost it is reduced", after: refused, "21/06 reduce 3 660",
            "reduced R-09 Điều 104.3", coercionCost: 728),
    ]

    static let creditor: [Row] = [
        Row(
            "104.2: after two reductions and another failure", after: failed3, "16/06 offer",
            "offered R-05 Điều 104.2"),
        Row(
            "104.2: not after one reduction", after: failed2, "26/05 offer",
            "✗ offered_too_early R-05 Điều 104.2"),
        Row(
            "104.2: not after the first failure", after: failed, "20/04 offer",
            "✗ offered_too_early R-05 Điều 104.2"),
        Row(
            "104.2: not before the third auction failed", after: reduced2, "27/05 offer",
            "✗ not_failed R-05 Điều 104.2"),
        Row(
            "104.2: at each later failure again",
            after: refused + "; 21/06 reduce 3 660; 22/06 post 4 660; 12/07 hold 4 no_bids",
            "14/07 offer", "offered R-05 Điều 104.2"),
        Row(
            "104.3: each failure needs its own refusal",
            after: refused + "; 21/06 reduce 3 660; 22/06 post 4 660; 12/07 hold 4 no_bids",
            "14/07 reduce 4 600", "✗ not_offered R-09 Điều 104.3"),
        Row("104.2: it accepts", after: offered, "18/06 accept", "accepted R-06 Điều 104.2"),
        Row("104.3: it refuses", after: offered, "18/06 refuse", "failed R-09 Điều 104.3"),
        Row(
            "104.2: the debtor is told", after: accepted, "21/06 debtor",
            "accepted R-06 Điều 104.2"),
        Row(
            "104.2: handed over when the thirty days are over", after: told, "21/07 taken",
            "taken R-08 Điều 104.2"),
        Row(
            "104.2: not a day earlier", after: told, "20/07 taken",
            "✗ handed_over_too_early R-07 Điều 104.2 ≥ 21/07/2021"),
        Row(
            "104.2: not before the debtor is told", after: accepted, "21/07 taken",
            "✗ debtor_not_told R-06 Điều 104.2"),
        Row(
            "100: taken by agreement at any time before", after: valued, "30/03 taken",
            "taken V-07 Điều 100.2"),
        Row("100: also after a failure", after: failed, "26/04 taken", "taken V-07 Điều 100.2"),
        Row(
            "104.3: back to the debtor at the cost of coercion", after: refused,
            "21/06 returned", "returned R-10 Điều 104.3", coercionCost: 729),
        Row(
            "104.3: not while it is worth more", after: refused, "21/06 returned",
            "✗ returned_too_early R-10 Điều 104.3 ≤ 728.000.000", coercionCost: 728),
        Row(
            "104.3: not before the creditor refused", after: failed3, "16/06 returned",
            "✗ returned_too_early R-10 Điều 104.3", coercionCost: 800),
        Row(
            "104.3: not where nobody knows the cost", after: refused, "21/06 returned",
            "✗ returned_too_early R-10 Điều 104.3"),
        Row("the seizure is lifted", after: failed, "26/04 released", "released V-16 Điều 105"),
        Row(
            "the debtor pays after it was told: lifted", after: told, "01/07 released",
            "released V-16 Điều 105"),
    ]

    static let afterSale: [Row] = [
        Row(
            "27.3: paid within thirty days", after: sold, "19/05 paid 1",
            "sold P-01 Điều 27.3 (NĐ 33/2020)"),
        Row(
            "27.3: not on the thirty-first, without extension", after: sold, "20/05 paid 1",
            "✗ paid_too_late P-01 Điều 27.3 (NĐ 33/2020) ≤ 19/05/2021"),
        Row(
            "27.3: nothing to pay without a sale", after: failed, "26/04 paid 1",
            "✗ not_sold P-01 Điều 27.3 (NĐ 33/2020)"),
        Row("27.3: delivered once paid", after: paid, "09/06 deliver 1", "sold P-02 Điều 27.3"),
        Row("27.3: not before", after: sold, "10/05 deliver 1", "✗ not_paid P-02 Điều 27.3"),
        Row(
            "27.3: undone for want of payment", after: sold, "20/05 undo 1",
            "contracted P-01 Điều 27.3 (NĐ 33/2020)"),
        Row(
            "27.3: not while the buyer has time", after: sold, "19/05 undo 1",
            "✗ cancelled_too_early P-01 Điều 27.3 (NĐ 33/2020) ≥ 20/05/2021"),
        Row("102: annulled after payment", after: paid, "26/05 undo 1", "contracted P-05 Điều 5.3"),
        Row(
            "103: nothing else follows a sale", after: sold, "26/04 reduce 1 810",
            "✗ sold P-01 Điều 27.3 (NĐ 33/2020)"),
        Row(
            "no second auction after a sale", after: sold, "26/04 post 2 900",
            "✗ sold P-01 Điều 27.3 (NĐ 33/2020)"),
        Row(
            "nothing follows a hand-over", after: told + "; 21/07 taken", "26/07 post 4 729",
            "✗ closed R-08 Điều 104.2"),
        Row(
            "nothing follows a return", after: refused + "; 21/06 returned", "26/07 reduce 3 660",
            "✗ closed R-10 Điều 104.3"),
    ]
}
