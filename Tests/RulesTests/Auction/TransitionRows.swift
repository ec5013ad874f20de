import Rules

/// From the seizure to the auction: LTHADS Art. 98–101 and the Law on Property Auction.
extension TransitionTests {
    static let valuation: [Row] = [
        Row("the seizure begins the track", after: "", "01/03 seize", "seized V-00 Điều 71.3"),
        Row(
            "98.2: the contract with the appraiser", after: seized, "04/03 appraise",
            "seized V-02 Điều 98.2"),
        Row(
            "98.2: a price found under a contract", after: seized + "; 04/03 appraise",
            "22/03 value 900", "valued V-02 Điều 98.2"),
        Row(
            "98.1: a price that the parties agreed needs no contract", after: seized,
            "02/03 value 900", "valued V-01 Điều 98.1"),
        Row(
            "no contract with an appraiser once there is a price",
            after: seized + "; 22/03 value 900",
            "25/03 appraise", "✗ contract_after_valuation V-02 Điều 98.2"),
        Row(
            "nothing before the seizure", after: seized, "28/02 value 900",
            "✗ before_seizure V-00 Điều 71.3"),
        Row(
            "99.1.b: valued again on request, before any notice", after: valued,
            "26/03 revalue 2 850", "valued V-04 Điều 99.1.b"),
        Row(
            "99.1.b: once only", after: valued + "; 26/03 revalue 2 850", "29/03 revalue 3 800",
            "✗ revalued_twice V-04 Điều 99.1.b"),
        Row(
            "99.1.b: no longer once the auction is posted", after: posted, "05/04 revalue 2 850",
            "✗ revalued_after_notice V-04 Điều 99.1.b"),
        Row(
            "99.1.b: no longer once a public notice is out",
            after: contracted + "; 31/03 notice 1 1", "01/04 revalue 2 850",
            "✗ revalued_after_notice V-04 Điều 99.1.b"),
        Row(
            "a certificate of 22/03 serves to 22/09; then a new valuation is due",
            after: reduced, "23/09 revalue 2 700", "valued V-06 Điều 32.3"),
        Row(
            "on its last day the certificate still serves", after: reduced, "22/09 revalue 2 700",
            "✗ revalued_after_notice V-04 Điều 99.1.b"),
        Row(
            "the certificate's own term goes before the six months",
            after: seized + "; 22/03 value 900 30/04; 30/03 contract 1; 31/03 post 1 900",
            "04/05 revalue 2 850", "valued V-06 Điều 32.3"),
        Row(
            "a revaluation without a first one stands as the first", after: seized,
            "22/03 revalue 2 850", "valued V-01 Điều 98.1"),
    ]

    static let contractAndPosting: [Row] = [
        Row(
            "101.2: the contract follows the valuation", after: valued, "30/03 contract 1",
            "contracted V-09 Điều 101.2"),
        Row(
            "101.2: no contract without a price", after: seized, "05/03 contract 1",
            "✗ not_valued V-09 Điều 101.2"),
        Row(
            "101.3.b: a movable of 10 million is auctioned by the officer",
            after: seized + "; 22/03 value 10", "30/03 contract 1",
            "✗ wrong_organ V-11.officer_auction_movable Điều 101.3", kind: .movable),
        Row(
            "101.4: one under 2 million is sold without auction",
            after: seized + "; 22/03 value 1.9", "30/03 contract 1",
            "✗ wrong_organ V-11.direct_sale Điều 101.4", kind: .movable),
        Row(
            "101.3.b: one of exactly 2 million is auctioned by the officer",
            after: seized + "; 22/03 value 2", "30/03 contract 1",
            "✗ wrong_organ V-11.officer_auction_movable Điều 101.3", kind: .movable),
        Row(
            "101.2: one above 10 million is for an auction house",
            after: seized + "; 22/03 value 10.000001", "30/03 contract 1",
            "contracted V-09 Điều 101.2", kind: .movable),
        Row(
            "101.2: real estate always is", after: seized + "; 22/03 value 9",
            "30/03 contract 1", "contracted V-09 Điều 101.2"),
        Row(
            "35.1.b: posted under the contract", after: contracted, "31/03 post 1 900",
            "posted A-02 Điều 35.1.b"),
        Row(
            "35.1.a: a movable", after: contracted, "31/03 post 1 900", "posted A-01 Điều 35.1.a",
            kind: .movable),
        Row(
            "101.2: not without a contract", after: valued, "31/03 post 1 900",
            "✗ no_contract V-09 Điều 101.2"),
        Row(
            "101.3.b: the officer's own auction needs none", after: seized + "; 22/03 value 8",
            "31/03 post 1 8", "posted A-01 Điều 35.1.a", kind: .movable),
        Row(
            "not without a price", after: seized, "31/03 post 1 900",
            "✗ not_valued V-09 Điều 101.2"),
        Row(
            "98.1: the price found is the starting price", after: contracted, "31/03 post 1 899",
            "✗ price_unlike V-01 Điều 98.1 = 900.000.000"),
        Row(
            "98.1: nor a higher one", after: contracted, "31/03 post 1 901",
            "✗ price_unlike V-01 Điều 98.1 = 900.000.000"),
        Row(
            "99.3: the price found again is the starting price",
            after: valued + "; 26/03 revalue 2 850; 30/03 contract 1", "31/03 post 1 850",
            "posted A-02 Điều 35.1.b"),
        Row(
            "99.3: no longer the first one",
            after: valued + "; 26/03 revalue 2 850; 30/03 contract 1", "31/03 post 1 900",
            "✗ price_unlike V-01 Điều 98.1 = 850.000.000"),
        Row(
            "104.5: after a reduction the reduced price is", after: reduced, "05/05 post 2 810",
            "posted A-02 Điều 35.1.b"),
        Row(
            "104.5: no lower without a decision", after: reduced, "05/05 post 2 800",
            "✗ price_unlike R-04 Điều 104.5 = 810.000.000"),
        Row(
            "104.1: after a failure not without a reduction", after: failed, "26/04 post 2 900",
            "✗ not_reduced R-03 Điều 104.1"),
        Row(
            "104.4: for the State budget neither", after: failed, "26/04 post 2 900",
            "✗ not_reduced R-04b Điều 104.4", stateRevenue: true),
        Row(
            "104.3: after a refusal neither", after: refused, "21/06 post 4 729",
            "✗ not_reduced R-09 Điều 104.3"),
        Row(
            "104.2: not while the creditor is asked", after: offered, "17/06 post 4 729",
            "✗ offer_pending R-05 Điều 104.2"),
        Row(
            "104.2: not once it accepted", after: accepted, "21/06 post 4 729",
            "✗ accepted R-06 Điều 104.2"),
        Row(
            "53.1.a: shortened below 50 million",
            after: seized + "; 22/03 value 49.999999; 30/03 contract 1",
            "31/03 post 1 49.999999 shortened", "posted A-06.real_estate Điều 53.2.b"),
        Row(
            "53.1.a: not at 50 million", after: seized + "; 22/03 value 50; 30/03 contract 1",
            "31/03 post 1 50 shortened", "✗ shortened_closed A-05 Điều 53.1.a"),
        Row(
            "53.1.b: not after one failure", after: reduced, "05/05 post 2 810 shortened",
            "✗ shortened_closed A-05 Điều 53.1.a"),
        Row(
            "53.1.b: after the second failure", after: reduced2, "27/05 post 3 729 shortened",
            "posted A-06.real_estate Điều 53.2.b"),
        Row(
            "53.1.b: a movable too", after: reduced2, "27/05 post 3 729 shortened",
            "posted A-06.movable Điều 53.2.a", kind: .movable),
        Row("57.1: a public notice", after: posted, "31/03 notice 1 1", "posted A-03 Điều 57.1"),
        Row(
            "57.1: not of an auction that is over", after: failed, "26/04 notice 1 2",
            "✗ held_twice A-03 Điều 57.1"),
    ]

    static let auction: [Row] = [
        Row("52.1: nobody bid", after: posted, "19/04 hold 1 no_bids", "failed A-12 Điều 52.1"),
        Row(
            "52.1: nobody came", after: posted, "19/04 hold 1 no_participants",
            "failed A-12 Điều 52.1"),
        Row(
            "52.1: failed for another reason", after: posted, "19/04 hold 1 failed",
            "failed A-12 Điều 52.1"),
        Row(
            "101.2: sold above the starting price", after: posted, "19/04 hold 1 sold 950",
            "sold V-10.real_estate Điều 101.2"),
        Row(
            "49.1.a: sold at the starting price", after: posted, "19/04 hold 1 sold 900",
            "sold V-10.real_estate Điều 101.2"),
        Row(
            "49.1.a: not below it", after: posted, "19/04 hold 1 sold 899",
            "✗ sold_below_start A-14 Điều 49 ≥ 900.000.000"),
        Row(
            "49.1: not to the only one who registered, at first", after: posted,
            "19/04 hold 1 sold 950 1", "✗ sold_to_one A-14 Điều 49"),
        Row(
            "49.1: to the only one after a failure", after: posted2, "24/05 hold 2 sold 810 1",
            "sold V-10.real_estate Điều 101.2"),
        Row(
            "52.1.a: nobody registered, nothing sold", after: posted, "19/04 hold 1 sold 950 0",
            "✗ sold_to_nobody A-12 Điều 52.1"),
        Row(
            "35.1.b: fifteen days after the posting", after: posted, "15/04 hold 1 no_bids",
            "failed A-12 Điều 52.1"),
        Row(
            "35.1.b: not on the fourteenth", after: posted, "14/04 hold 1 no_bids",
            "✗ posted_too_late A-02 Điều 35.1.b ≤ 30/03/2021"),
        Row(
            "35.1.a: seven working days for a movable", after: posted, "09/04 hold 1 no_bids",
            "failed A-12 Điều 52.1", kind: .movable),
        Row(
            "35.1.a: not six", after: posted, "08/04 hold 1 no_bids",
            "✗ posted_too_late A-01 Điều 35.1.a ≤ 30/03/2021", kind: .movable),
        Row(
            "53.2.b: shortened, five working days",
            after: reduced2 + "; 27/05 post 3 729 shortened", "03/06 hold 3 no_bids",
            "failed A-12 Điều 52.1"),
        Row(
            "53.2.b: not four", after: reduced2 + "; 27/05 post 3 729 shortened",
            "02/06 hold 3 no_bids", "✗ posted_too_late A-06.real_estate Điều 53.2.b ≤ 26/05/2021"),
        Row(
            "53.2.a: shortened, three working days for a movable",
            after: reduced2 + "; 27/05 post 3 729 shortened", "01/06 hold 3 no_bids",
            "failed A-12 Điều 52.1", kind: .movable),
        Row(
            "35.1: not without a posting", after: contracted, "19/04 hold 1 no_bids",
            "✗ not_posted A-02 Điều 35.1.b"),
        Row(
            "104.1: not held again before the reduction", after: failed, "19/05 hold 2 no_bids",
            "✗ not_reduced R-03 Điều 104.1"),
        Row(
            "called off before it is held", after: posted, "12/04 off 1",
            "contracted V-10.real_estate Điều 101.2"),
        Row(
            "after a reduction, called off", after: posted2, "12/05 off 2",
            "reduced V-10.real_estate Điều 101.2"),
        Row(
            "posted anew after it was called off", after: posted + "; 12/04 off 1",
            "13/04 post 2 900", "posted A-02 Điều 35.1.b"),
        Row(
            "52.2: the auctioneer's word of the failure", after: failed, "20/04 told 1",
            "failed A-15 Điều 52.2"),
    ]
}
