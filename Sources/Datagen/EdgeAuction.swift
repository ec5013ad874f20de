import Rules

private let start = EdgeCase.start
private let end = EdgeCase.end

extension EdgeRecipe {
    /// Seizures at the ends of the window, and cases with several assets.
    static let seizures: [EdgeRecipe] = [
        EdgeRecipe("seized_on_start", .large) { $0.add(.seized(start)) },
        EdgeRecipe("seized_on_end", .large) { $0.add(.seized(end)) },
        EdgeRecipe("seized_day_before_start", .large) { $0.add(.seized(start - 1)) },
        EdgeRecipe("seized_day_after_end", .large) { $0.add(.seized(end + 1)) },
        EdgeRecipe("never_seized", .large) { $0.pay($0.due / 20, date(2021, 4, 1)) },
        EdgeRecipe("one_of_three_assets_sold", .large) {
            $0.add(
                .seized(date(2021, 3, 2)).valued(
                    contractOn: date(2021, 3, 8), on: date(2021, 3, 19)
                )
                .round(contractOn: date(2021, 3, 29), heldOn: date(2021, 4, 20), .sold)
                .disposed(.sold, on: date(2021, 4, 20)),
                .failedOnce(no: "TS2"), .seized(date(2021, 5, 27), .movable, no: "TS3"))
            $0.pay($0.due / 3, date(2021, 5, 4), .auction)
        },
        EdgeRecipe("all_assets_reduced_twice_and_failed", .large) {
            $0.add(.failedThrice(), .failedThrice(no: "TS2"))
        },
        EdgeRecipe("one_of_two_assets_reduced_twice", .large) {
            $0.add(.failedThrice(), .failedTwice(no: "TS2"))
        },
        EdgeRecipe("one_reduced_twice_one_released", .large) {
            $0.add(
                .failedThrice(),
                .seized(date(2021, 3, 2), no: "TS2").disposed(.released, on: date(2021, 4, 6)))
        },
        EdgeRecipe("one_sold_one_reduced_twice", .large) {
            $0.add(
                .failedTwice().disposed(.sold, on: date(2021, 4, 1)), .failedThrice(no: "TS2"))
        },
        EdgeRecipe("reduced_twice_worth_more_than_the_debt", .large) {
            $0.draft.file.amountDue = Dong(300_000_000)
            $0.add(.failedThrice())
        },
        EdgeRecipe("reduced_twice_worth_less_than_the_debt", .large) {
            $0.draft.file.amountDue = Dong(1_000_000_000)
            $0.add(.failedThrice())
        },
        EdgeRecipe("all_assets_sold_with_debt_left", .large) {
            $0.add(.failedTwice().disposed(.sold, on: date(2021, 4, 1)))
            $0.pay($0.due / 2, date(2021, 4, 20), .auction)
        },
        EdgeRecipe("all_assets_released", .large) {
            $0.add(.seized(date(2021, 3, 3)).disposed(.released, on: date(2021, 3, 31)))
        },
        EdgeRecipe("asset_returned_below_cost", .large) {
            $0.draft.file.coercionCost = Dong(730_000_000)
            $0.add(
                .failedThrice().offered(date(2021, 4, 23), .refused, answeredOn: date(2021, 4, 26))
                    .disposed(.returned, on: date(2021, 4, 29)))
        },
        EdgeRecipe("finished_with_an_open_asset", .large) {
            $0.add(.failedOnce())
            $0.pay($0.due, date(2021, 4, 1))
            $0.decide(.complete, date(2021, 4, 1))
        },
        EdgeRecipe("co_owned_asset", .large) {
            var asset = Asset.failedOnce()
            asset.coOwned = true
            $0.add(asset)
        },
    ]

    /// Sales, rounds not held, and revaluations.
    static let auctions: [EdgeRecipe] = [
        EdgeRecipe("sold_on_end", .large) {
            $0.add(
                contracted().round(contractOn: date(2021, 4, 26), heldOn: end, .sold).disposed(
                    .sold, on: end))
        },
        EdgeRecipe("sold_day_after_end", .large) {
            $0.add(
                contracted().round(contractOn: date(2021, 4, 26), heldOn: end + 1, .sold)
                    .disposed(.sold, on: end + 1))
        },
        EdgeRecipe("sale_undone", .large) {
            var asset = contracted().round(
                contractOn: date(2021, 3, 26), heldOn: date(2021, 4, 19), .cancelled)
            asset.rounds[0].paidInFullOn = date(2021, 4, 28)
            asset.rounds[0].cancelledOn = date(2021, 5, 12)
            $0.add(asset)
            $0.draft.pay(
                $0.due / 2, on: date(2021, 4, 28), .auction, reversedOn: date(2021, 5, 12))
        },
        EdgeRecipe("round_cancelled_before_it_was_held", .large) {
            var asset = contracted().round(contractOn: date(2021, 3, 26), heldOn: nil, .cancelled)
            asset.rounds[0].cancelledOn = date(2021, 4, 14)
            $0.add(asset)
        },
        EdgeRecipe("round_scheduled", .large) {
            $0.add(contracted().round(contractOn: date(2021, 5, 26), heldOn: nil, .scheduled))
        },
        EdgeRecipe("first_round_after_end", .large) {
            $0.add(
                contracted().round(
                    contractOn: end + 1, heldOn: date(2021, 6, 28), .noParticipants,
                    notifiedOn: date(2021, 6, 30)))
        },
        EdgeRecipe("revalued_before_the_auction", .large) {
            $0.add(
                contracted().revalued(
                    2, contractOn: date(2021, 4, 1), on: date(2021, 4, 14), at: 950_000_000
                ).round(contractOn: date(2021, 4, 23), heldOn: nil, .scheduled))
        },
        EdgeRecipe("revalued_after_two_reductions", .large) {
            $0.add(
                .failedThrice().revalued(
                    2, contractOn: date(2021, 4, 27), on: date(2021, 5, 10), at: 650_000_000))
        },
        EdgeRecipe("revalued_on_day_of_reduction", .large) {
            $0.add(
                .failedTwice().reduced(on: date(2021, 3, 26), to: 740_000_000).revalued(
                    2, contractOn: date(2021, 3, 19), on: date(2021, 3, 26), at: 640_000_000))
        },
        EdgeRecipe("two_revaluations", .large) {
            $0.add(
                contracted()
                    .revalued(
                        2, contractOn: date(2021, 4, 1), on: date(2021, 4, 14), at: 950_000_000
                    )
                    .revalued(3, contractOn: date(2021, 5, 4), on: end, at: 910_000_000))
        },
    ]

    private static func contracted() -> Asset {
        .seized(date(2021, 3, 2)).valued(contractOn: date(2021, 3, 8), on: date(2021, 3, 19))
    }

    /// Reductions at, over and before what Art. 104 allows.
    static let reductions: [EdgeRecipe] = [
        EdgeRecipe("reduced_exactly_to_the_cap", .large) {
            $0.add(reducedOnce(on: date(2021, 2, 5), to: 810_000_000))
        },
        EdgeRecipe("reduced_one_dong_below_the_cap", .large) {
            $0.add(reducedOnce(on: date(2021, 2, 5), to: 809_999_999))
        },
        EdgeRecipe("agreed_reduction_below_the_cap", .large) {
            $0.add(reducedOnce(on: date(2021, 1, 27), to: 700_000_000, agreed: true))
        },
        EdgeRecipe("agreed_reduction_on_the_next_day", .large) {
            $0.add(reducedOnce(on: date(2021, 1, 27), agreed: true))
        },
        EdgeRecipe("early_reduction_without_agreement", .large) {
            $0.add(reducedOnce(on: date(2021, 2, 4)))
        },
        EdgeRecipe("notice_given_and_nothing_decided", .large) {
            $0.add(.failedOnce().reduced(noticeOn: date(2021, 1, 26), on: nil))
        },
        EdgeRecipe("agreed_notice_and_nothing_decided", .large) {
            $0.add(.failedOnce().reduced(noticeOn: date(2021, 1, 26), on: nil, agreed: true))
        },
        EdgeRecipe("failed_on_day_of_second_reduction", .large) {
            $0.add(
                .failedTwice().reduced(on: date(2021, 4, 20)).round(
                    contractOn: date(2021, 3, 29), heldOn: date(2021, 4, 20), .noBids,
                    notifiedOn: date(2021, 4, 22)))
        },
        EdgeRecipe("failed_day_before_second_reduction", .large) {
            $0.add(
                .failedTwice().reduced(on: date(2021, 4, 20)).round(
                    contractOn: date(2021, 3, 29), heldOn: date(2021, 4, 19), .noBids,
                    notifiedOn: date(2021, 4, 20)))
        },
        EdgeRecipe("two_reductions_on_the_failed_day", .large) {
            $0.add(
                .failedOnce().reduced(noticeOn: date(2021, 1, 26), on: date(2021, 4, 20))
                    .reduced(on: date(2021, 4, 20))
                    .round(
                        contractOn: date(2021, 3, 29), heldOn: date(2021, 4, 20),
                        .noParticipants, notifiedOn: date(2021, 4, 22)))
        },
        EdgeRecipe("reduced_twice_without_a_further_round", .large) {
            $0.add(.failedTwice().reduced(on: date(2021, 3, 26)))
        },
        EdgeRecipe("third_failure_on_end", .large) {
            $0.add(
                .failedTwice().reduced(on: date(2021, 3, 26)).round(
                    contractOn: date(2021, 5, 4), heldOn: end, .failed, notifiedOn: end + 1))
        },
        EdgeRecipe("third_failure_day_after_end", .large) {
            $0.add(
                .failedTwice().reduced(on: date(2021, 3, 26)).round(
                    contractOn: date(2021, 5, 4), heldOn: end + 1, .failed, notifiedOn: end + 2))
        },
        EdgeRecipe("three_reductions", .large) {
            $0.add(.failedThrice().reduced(on: date(2021, 4, 28)))
        },
        EdgeRecipe("state_revenue_reduced_on_the_tenth_day", .large) {
            $0.makeStateRevenue()
            $0.add(.failedOnce().reduced(on: date(2021, 1, 29)))
        },
        EdgeRecipe("state_revenue_reduced_late", .large) {
            $0.makeStateRevenue()
            $0.add(.failedOnce().reduced(on: date(2021, 2, 1)))
        },
        EdgeRecipe("state_revenue_not_reduced", .large) {
            $0.makeStateRevenue()
            $0.add(.failedOnce())
        },
        EdgeRecipe("state_revenue_second_reduction_missing", .large) {
            $0.makeStateRevenue()
            $0.add(.failedTwice())
        },
    ]

    private static func reducedOnce(on day: Day, to price: Int64? = nil, agreed: Bool = false)
        -> Asset
    {
        .failedOnce().reduced(noticeOn: date(2021, 1, 26), on: day, to: price, agreed: agreed)
    }
}
