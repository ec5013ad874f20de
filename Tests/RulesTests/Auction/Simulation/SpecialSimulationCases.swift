import Rules

/// Movables, co-owners, sums due to the State budget.
extension SimulationCases {
    static let special: [Row] = [
        Row(
            why: "a movable of 900 million: notices 2 and 7 working days apart", asOf: "30/03",
            goal: .sale, reductions: nil, round: 1, kind: .movable,
            steps: "31/03 post, 02/04 second_notice A-03.apart, "
                + "13/04 hold_auction A-03.second_movable", fill: Standing.contracted()),
        Row(
            why: "a movable below 50 million: posting of 7 working days, no public notice",
            asOf: "30/03", goal: .sale, reductions: nil, round: 1, kind: .movable,
            steps: "31/03 post, 09/04 hold_auction A-01", fill: Standing.contracted(40_000_000)),
        Row(
            why: "a movable below 50 million may be shortened at once (53.1.a): 3 working days",
            asOf: "30/03", goal: .sale, procedure: .shortened, reductions: nil, round: 1,
            kind: .movable, steps: "31/03 post, 05/04 hold_auction A-06.movable",
            fill: Standing.contracted(40_000_000)),
        Row(
            why: "a movable at 50 million exactly may not", asOf: "30/03", goal: .sale,
            procedure: .shortened, reductions: nil, round: 1, kind: .movable, steps: "none",
            fill: Standing.contracted(50_000_000)),
        Row(
            why: "real estate below 50 million keeps both notices, and gains nothing",
            asOf: "30/03", goal: .sale, procedure: .shortened, reductions: nil, round: 1,
            steps: "none", fill: Standing.contracted(40_000_000)),
        Row(
            why: "a movable at 10 million: the officer auctions, without a contract (101.3.b)",
            asOf: "22/03", goal: .sale, reductions: nil, round: 1, kind: .movable,
            steps: "30/03 post, 08/04 hold_auction A-01", fill: Standing.valued(10_000_000)),
        Row(
            why: "a movable above 10 million needs the contract", asOf: "22/03", goal: .sale,
            reductions: nil, round: 1, kind: .movable,
            steps: "30/03 auction_contract, 31/03 post, 09/04 hold_auction A-01",
            fill: Standing.valued(10_000_001)),
        Row(
            why: "below 2 million it is sold without auction (101.4)", asOf: "22/03",
            goal: .sale, procedure: nil, reductions: nil, kind: .movable,
            steps: "23/03 direct_sale", fill: Standing.valued(1_999_999)),
        Row(
            why: "co-owned real estate: told next day, three months to buy", asOf: "22/03",
            goal: .sale, reductions: nil, round: 1,
            steps: "23/03 tell_co_owners, 23/06 pre_emption_ends V-13.first_real_estate, "
                + "24/06 auction_contract, 25/06 post, 29/06 second_notice A-03.apart, "
                + "14/07 hold_auction A-03.second_real_estate"
        ) {
            try Standing.valued()(&$0)
            $0.coOwned = true
        },
        Row(
            why: "a co-owned movable: one month", asOf: "22/03", goal: .sale, reductions: nil,
            round: 1, kind: .movable,
            steps: "23/03 tell_co_owners, 23/04 pre_emption_ends V-13.first_movable, "
                + "26/04 auction_contract, 27/04 post, 29/04 second_notice A-03.apart, "
                + "12/05 hold_auction A-03.second_movable"
        ) {
            try Standing.valued()(&$0)
            $0.coOwned = true
        },
        Row(
            why: "co-owners again before the next sale: 15 days", asOf: "20/04", goal: .sale,
            reductions: .agreed, round: 2,
            steps: "20/04 reduce R-02, 22/04 tell_co_owners, 07/05 pre_emption_ends V-13.later, "
                + "10/05 post, 12/05 second_notice A-03.apart, "
                + "27/05 hold_auction A-03.second_real_estate"
        ) {
            try Standing.failed()(&$0)
            $0.coOwned = true
        },
        Row(
            why: "State revenue: reduced without negotiation (104.4)", asOf: "20/04",
            stateRevenue: true,
            steps: "20/04 reduce R-04b, 22/04 post, 26/04 second_notice A-03.apart, "
                + "11/05 hold_auction A-03.second_real_estate, 12/05 failure_notice, "
                + "12/05 reduce R-04b, 13/05 post, 17/05 second_notice A-03.apart, "
                + "01/06 hold_auction A-03.second_real_estate", fill: Standing.failed()),
        Row(
            why: "State revenue: nobody agrees on it", asOf: "20/04", reductions: .agreed,
            stateRevenue: true, steps: "none", fill: Standing.failed()),
        Row(
            why: "State revenue: nobody takes the asset in lieu", asOf: "20/04",
            goal: .inLieu, procedure: nil, reductions: nil, stateRevenue: true, steps: "none",
            fill: Standing.failed()),
        Row(
            why: "State revenue after the third failure: reduced again at once", asOf: "21/05",
            goal: .sale, procedure: .shortened, round: 4, stateRevenue: true,
            steps: "21/05 reduce R-04b, 24/05 post, 31/05 hold_auction A-06.real_estate",
            fill: Standing.failedThrice),
    ]
}
