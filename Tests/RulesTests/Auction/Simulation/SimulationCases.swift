import Rules

/// Rows of `PathTests`, days of 2021: off are 21/04, 30/04 and 03/05.
enum SimulationCases {
    typealias Row = PathTests.Row

    static let first: [Row] = [
        Row(
            why: "seized: valuer next day, certificate in 10, contract after the parties' 5",
            asOf: "01/03", goal: .sale, reductions: nil, round: 1,
            steps: "02/03 value_contract, 16/03 value Q-02, 24/03 auction_contract, 25/03 post, "
                + "29/03 second_notice A-03.apart, 13/04 hold_auction A-03.second_real_estate",
            fill: Standing.seized),
        Row(
            why: "seized three weeks ago: the valuer is contracted today at the earliest",
            asOf: "22/03", goal: .sale, reductions: nil, round: 1,
            steps: "22/03 value_contract, 05/04 value Q-02, 13/04 auction_contract, 14/04 post, "
                + "16/04 second_notice A-03.apart, 04/05 hold_auction A-03.second_real_estate",
            fill: Standing.seized),
        Row(
            why: "valuer at work since 08/03", asOf: "10/03", goal: .sale, reductions: nil,
            round: 1,
            steps: "22/03 value Q-02, 30/03 auction_contract, 31/03 post, "
                + "02/04 second_notice A-03.apart, 19/04 hold_auction A-03.second_real_estate",
            fill: Standing.contractedValuer),
        Row(
            why: "valued: V-08 gives the parties until 29/03", asOf: "22/03", goal: .sale,
            reductions: nil, round: 1,
            steps: "30/03 auction_contract, 31/03 post, 02/04 second_notice A-03.apart, "
                + "19/04 hold_auction A-03.second_real_estate", fill: Standing.valued()),
        Row(
            why: "valued, and the parties' time is over", asOf: "05/04", goal: .sale,
            reductions: nil, round: 1,
            steps: "05/04 auction_contract, 06/04 post, 08/04 second_notice A-03.apart, "
                + "23/04 hold_auction A-03.second_real_estate", fill: Standing.valued()),
        Row(
            why: "as of a Sunday nothing happens before Monday", asOf: "04/04", goal: .sale,
            reductions: nil, round: 1,
            steps: "05/04 auction_contract, 06/04 post, 08/04 second_notice A-03.apart, "
                + "23/04 hold_auction A-03.second_real_estate", fill: Standing.valued()),
        Row(
            why: "contracted on 30/03", asOf: "30/03", goal: .sale, reductions: nil, round: 1,
            steps: "31/03 post, 02/04 second_notice A-03.apart, "
                + "19/04 hold_auction A-03.second_real_estate", fill: Standing.contracted()),
        Row(
            why: "contracted, left lying for two weeks", asOf: "14/04", goal: .sale,
            reductions: nil, round: 1,
            steps: "14/04 post, 16/04 second_notice A-03.apart, "
                + "04/05 hold_auction A-03.second_real_estate", fill: Standing.contracted()),
        Row(
            why: "posted with both notices: 15 days after the second is Saturday 17/04",
            asOf: "05/04", goal: .sale, reductions: nil, round: 1,
            steps: "19/04 hold_auction A-03.second_real_estate", fill: Standing.posted()),
        Row(
            why: "posted, the second notice missing", asOf: "12/04", goal: .sale,
            reductions: nil, round: 1,
            steps: "12/04 second_notice A-03.apart, "
                + "27/04 hold_auction A-03.second_real_estate"
        ) {
            try Standing.posted()(&$0)
            $0.rounds[0].notice2On = nil
        },
        Row(
            why: "cancelled: posted anew", asOf: "20/04", goal: .sale, reductions: nil, round: 2,
            steps: "20/04 post, 23/04 second_notice A-03.apart, "
                + "10/05 hold_auction A-03.second_real_estate"
        ) {
            try Standing.posted()(&$0)
            $0.rounds[0].cancelledOn = try day("19/04")
            $0.rounds[0].outcome = .cancelled
        },
        Row(
            why: "no shortened procedure before two auctions failed", asOf: "30/03",
            goal: .sale, procedure: .shortened, reductions: nil, round: 1, steps: "none",
            fill: Standing.contracted()),
        Row(
            why: "disposed: no way is left", asOf: "01/06", goal: .sale, reductions: nil,
            steps: "none"
        ) {
            try Standing.failed()(&$0)
            $0.disposal = .released
            $0.disposedOn = try day("01/05")
        },
    ]

    static let failed: [Row] = [
        Row(
            why: "R-01 until 28/04, R-02 until Saturday 08/05, so 10/05; third auction 07/07",
            asOf: "20/04",
            steps: "28/04 notify_reduction R-01, 10/05 reduce R-03, 11/05 post, "
                + "13/05 second_notice A-03.apart, 28/05 hold_auction A-03.second_real_estate, "
                + "31/05 failure_notice, 07/06 notify_reduction R-01, 17/06 reduce Q-05, "
                + "18/06 post, 22/06 second_notice A-03.apart, "
                + "07/07 hold_auction A-03.second_real_estate", fill: Standing.failed()),
        Row(
            why: "the auction house has not told yet: next working day", asOf: "19/04",
            reductions: .agreed, round: 3,
            steps: "20/04 failure_notice, 20/04 reduce R-02, 22/04 post, "
                + "26/04 second_notice A-03.apart, 11/05 hold_auction A-03.second_real_estate, "
                + "12/05 failure_notice, 12/05 reduce R-02, 13/05 post, "
                + "17/05 second_notice A-03.apart, 01/06 hold_auction A-03.second_real_estate",
            fill: Standing.failed(quiet: true)),
        Row(
            why: "the parties were invited on 22/04: R-02 runs from then", asOf: "23/04",
            goal: .sale, round: 2,
            steps: "04/05 reduce R-03, 05/05 post, 07/05 second_notice A-03.apart, "
                + "24/05 hold_auction A-03.second_real_estate"
        ) {
            try Standing.failed()(&$0)
            $0.reductions = [try Make.reduction(1, notice: "22/04")]
        },
        Row(
            why: "invited, and they agree today", asOf: "23/04", goal: .sale,
            reductions: .agreed, round: 2,
            steps: "23/04 reduce R-02, 26/04 post, 28/04 second_notice A-03.apart, "
                + "13/05 hold_auction A-03.second_real_estate"
        ) {
            try Standing.failed()(&$0)
            $0.reductions = [try Make.reduction(1, notice: "22/04")]
        },
        Row(
            why: "R-02 ran out long ago: decided today", asOf: "01/06", goal: .sale, round: 2,
            steps: "01/06 reduce R-03, 02/06 post, 04/06 second_notice A-03.apart, "
                + "21/06 hold_auction A-03.second_real_estate"
        ) {
            try Standing.failed()(&$0)
            $0.reductions = [try Make.reduction(1, notice: "22/04")]
        },
        Row(
            why: "reduced once", asOf: "20/04", goal: .sale, reductions: nil, round: 2,
            steps: "22/04 post, 26/04 second_notice A-03.apart, "
                + "11/05 hold_auction A-03.second_real_estate", fill: Standing.reducedOnce),
        Row(
            why: "failed twice, agreed, shortened: 5 working days", asOf: "12/05",
            procedure: .shortened, reductions: .agreed,
            steps: "12/05 reduce R-02, 13/05 post, 20/05 hold_auction A-06.real_estate",
            fill: Standing.failedTwice),
        Row(
            why: "cautious: five full working days between", asOf: "12/05",
            procedure: .shortenedCautious, reductions: .agreed,
            steps: "12/05 reduce R-02, 13/05 post, 21/05 hold_auction A-06.real_estate",
            fill: Standing.failedTwice),
        Row(
            why: "failed twice, decided, ordinary", asOf: "12/05",
            steps: "19/05 notify_reduction R-01, 31/05 reduce Q-05, 01/06 post, "
                + "03/06 second_notice A-03.apart, 18/06 hold_auction A-03.second_real_estate",
            fill: Standing.failedTwice),
        Row(
            why: "reduced twice, shortened", asOf: "12/05", procedure: .shortened,
            reductions: nil, steps: "13/05 post, 20/05 hold_auction A-06.real_estate",
            fill: Standing.reducedTwice),
        Row(
            why: "reduced twice, ordinary", asOf: "12/05", reductions: nil,
            steps: "13/05 post, 17/05 second_notice A-03.apart, "
                + "01/06 hold_auction A-03.second_real_estate", fill: Standing.reducedTwice),
        Row(
            why: "failed after the second reduction: M-04 stands", asOf: "21/05",
            procedure: nil, reductions: nil, steps: "", fill: Standing.failedThrice),
        Row(
            why: "then the creditor is asked, refuses, and the officer reduces again (104.3)",
            asOf: "21/05", goal: .sale, procedure: .shortened, round: 4,
            steps: "21/05 offer_creditor R-05, 24/05 creditor_refuses Q-03, 24/05 reduce R-09, "
                + "25/05 post, 01/06 hold_auction A-06.real_estate", fill: Standing.failedThrice),
        Row(
            why: "refused already", asOf: "26/05", goal: .sale, procedure: .shortened, round: 4,
            steps: "26/05 reduce R-09, 27/05 post, 03/06 hold_auction A-06.real_estate"
        ) {
            try Standing.failedThrice(&$0)
            $0.offers = [try Make.offer("22/05", .refused, answered: "25/05")]
        },
        Row(
            why: "refused, and the price is no more than the cost of coercion: no further round",
            asOf: "26/05", goal: .sale, procedure: .shortened, round: 4, steps: "none"
        ) {
            try Standing.failedThrice(&$0)
            $0.reductions[1].reducedPrice = Dong(20_000_000)
            $0.offers = [try Make.offer("22/05", .refused, answered: "25/05")]
        },
        Row(
            why: "sold, its disposal not recorded yet", asOf: "25/05", goal: .sale,
            procedure: nil, reductions: nil, round: 3, steps: ""
        ) {
            try Standing.failedThrice(&$0)
            $0.rounds[2].outcome = .sold
        },
    ]

    static let inLieu: [Row] = [
        Row(
            why: "by agreement at any time: 5 working days (V-07)", asOf: "01/03",
            goal: .inLieu, procedure: nil, reductions: nil,
            steps: "01/03 agree_in_lieu V-07, 08/03 hand_over V-07", fill: Standing.seized),
        Row(
            why: "by agreement over the holidays", asOf: "29/04", goal: .inLieu,
            procedure: nil, reductions: nil,
            steps: "29/04 agree_in_lieu V-07, 10/05 hand_over V-07", fill: Standing.failed()),
        Row(
            why: "after the third failure: offered, accepted, debtor told, 30 days",
            asOf: "12/05", goal: .inLieu, procedure: .shortened, reductions: nil, round: 3,
            steps: "13/05 post, 20/05 hold_auction A-06.real_estate, 21/05 failure_notice, "
                + "21/05 offer_creditor R-05, 24/05 creditor_accepts Q-03, "
                + "24/05 notify_debtor R-06, 23/06 hand_over R-07", fill: Standing.reducedTwice),
        Row(
            why: "offered on 21/05", asOf: "21/05", goal: .inLieu, procedure: nil,
            reductions: nil, round: 3,
            steps: "24/05 creditor_accepts Q-03, 24/05 notify_debtor R-06, 23/06 hand_over R-07"
        ) {
            try Standing.failedThrice(&$0)
            $0.offers = [try Make.offer("21/05")]
        },
        Row(
            why: "accepted on 24/05, the debtor not told yet", asOf: "26/05", goal: .inLieu,
            procedure: nil, reductions: nil,
            steps: "26/05 notify_debtor R-06, 25/06 hand_over R-07"
        ) {
            try Standing.failedThrice(&$0)
            $0.offers = [try Make.offer("21/05", .accepted, answered: "24/05")]
        },
        Row(
            why: "debtor told on 25/05: 30 days end on 24/06", asOf: "26/05", goal: .inLieu,
            procedure: nil, reductions: nil, steps: "24/06 hand_over R-07"
        ) {
            try Standing.failedThrice(&$0)
            $0.offers = [
                try Make.offer("21/05", .accepted, answered: "24/05", told: "25/05")
            ]
        },
        Row(
            why: "once the creditor has accepted there is no other agreement, and no round",
            asOf: "26/05", goal: .sale, procedure: .shortened, reductions: .decided,
            steps: "none"
        ) {
            try Standing.failedThrice(&$0)
            $0.offers = [try Make.offer("21/05", .accepted, answered: "24/05")]
        },
        Row(
            why: "before the second reduction there is no offer", asOf: "20/04",
            goal: .inLieu, procedure: .ordinary, reductions: .decided, round: 2, steps: "none",
            fill: Standing.failed()),
    ]
}
