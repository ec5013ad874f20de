import Rules

private let start = EdgeCase.start
private let end = EdgeCase.end

extension EdgeRecipe {
    /// The creditor's right to take the asset, and the debtor's last thirty days (Art. 104.2).
    static let offers: [EdgeRecipe] = [
        offered("offer_refused", .refused),
        offered("offer_unanswered", nil),
        offered("offer_accepted_debtor_not_told", .accepted),
        offered("offer_accepted_debtor_told_on_due_day", .accepted, toldOn: date(2021, 5, 4)),
        offered("offer_accepted_debtor_told_late", .accepted, toldOn: date(2021, 5, 5)),
        offered(
            "handed_over_on_due_day", .accepted, toldOn: date(2021, 4, 29),
            handedOn: date(2021, 5, 31)),
        offered(
            "handed_over_before_the_thirty_days", .accepted, toldOn: date(2021, 4, 29),
            handedOn: date(2021, 5, 20)),
        offered(
            "handed_over_after_end", .accepted, toldOn: date(2021, 4, 28),
            handedOn: date(2021, 6, 8)),
        EdgeRecipe("offer_after_the_first_failure", .large) {
            $0.add(
                .failedOnce().offered(
                    date(2021, 1, 21), .accepted, answeredOn: date(2021, 1, 22)))
        },
        EdgeRecipe("two_offers", .large) {
            $0.add(
                .failedThrice()
                    .offered(date(2021, 4, 23), .refused, answeredOn: date(2021, 4, 26))
                    .reduced(on: date(2021, 4, 28))
                    .round(
                        contractOn: date(2021, 4, 29), heldOn: date(2021, 5, 24), .noBids,
                        notifiedOn: date(2021, 5, 25)
                    )
                    .offered(date(2021, 5, 26), .accepted, answeredOn: end))
        },
        EdgeRecipe("state_revenue_offer_accepted", .large) {
            $0.makeStateRevenue()
            $0.add(
                .failedThrice().offered(
                    date(2021, 4, 23), .accepted, answeredOn: date(2021, 4, 26)))
        },
    ]

    private static func offered(
        _ name: String, _ answer: OfferAnswer?, toldOn: Day? = nil, handedOn: Day? = nil
    ) -> EdgeRecipe {
        EdgeRecipe(name, .large) {
            var asset = Asset.failedThrice().offered(
                date(2021, 4, 23), answer, answeredOn: answer == nil ? nil : date(2021, 4, 26),
                toldOn: toldOn)
            if let handedOn {
                asset = asset.disposed(.taken, on: handedOn)
                $0.pay($0.due / 2, handedOn, .inLieu)
            }
            $0.add(asset)
        }
    }

    /// Steps done on the due day, a day late, or not at all; due days that meet a holiday.
    static let deadlines: [EdgeRecipe] = valuationSteps + auctionSteps + reductionSteps + cheap

    private static let valuationSteps: [EdgeRecipe] = [
        valued("valuation_contract_on_due_day", seizedOn: start, after: 5),
        valued("valuation_contract_a_day_late", seizedOn: start, after: 6),
        valued("valuation_contract_missing", seizedOn: start, after: nil),
        valued("valuation_contract_due_over_tet", seizedOn: date(2021, 2, 9), after: 5),
        valued("valuation_contract_late_over_tet", seizedOn: date(2021, 2, 9), after: 6),
        valued("valuation_contract_due_over_april_holidays", seizedOn: date(2021, 4, 28), after: 5),
        valued("valuation_contract_due_on_end", seizedOn: date(2021, 5, 24), after: nil),
        valued("valuation_contract_due_day_before_end", seizedOn: date(2021, 5, 21), after: nil),
        EdgeRecipe("valued_without_a_contract", .large) {
            $0.add(.seized(start).valued(contractOn: nil, on: date(2021, 3, 8)))
        },
    ]

    private static func valued(_ name: String, seizedOn: Day, after: Int?) -> EdgeRecipe {
        EdgeRecipe(name, .large) {
            let asset = Asset.seized(seizedOn)
            guard let after else { return $0.add(asset) }
            $0.add(asset.valued(contractOn: $0.workdays.adding(after, to: seizedOn), on: nil))
        }
    }

    private static let auctionSteps: [EdgeRecipe] = [
        contracted(
            "auction_contract_on_due_day", valuedOn: date(2021, 3, 19), on: date(2021, 3, 29)),
        contracted(
            "auction_contract_a_day_late", valuedOn: date(2021, 3, 19), on: date(2021, 3, 30)),
        contracted("auction_contract_missing", valuedOn: date(2021, 3, 19), on: nil),
        contracted(
            "auction_contract_due_on_hung_kings", valuedOn: date(2021, 4, 11),
            on: date(2021, 4, 22)),
        contracted(
            "auction_contract_due_over_april_holidays", valuedOn: date(2021, 4, 20),
            on: date(2021, 5, 4)),
        contracted(
            "auction_contract_due_on_sunday", valuedOn: date(2021, 3, 11), on: date(2021, 3, 22)),
        held("held_on_the_forty_fifth_day", .realEstate, after: 45),
        held("held_on_the_forty_sixth_day", .realEstate, after: 46),
        held("held_on_the_thirtieth_day", .movable, after: 30),
        held("held_on_the_thirty_first_day", .movable, after: 31),
        held("real_estate_not_held", .realEstate, after: nil),
        held("movable_not_held", .movable, after: nil),
    ]

    private static func contracted(_ name: String, valuedOn: Day, on day: Day?) -> EdgeRecipe {
        EdgeRecipe(name, .large) {
            let asset = Asset.seized(start).valued(contractOn: date(2021, 3, 5), on: valuedOn)
            $0.add(
                day == nil ? asset : asset.round(contractOn: day, heldOn: nil, .scheduled))
        }
    }

    private static func held(_ name: String, _ kind: AssetKind, after days: Int?) -> EdgeRecipe {
        EdgeRecipe(name, .large) {
            let contractOn = date(2021, 3, 15)
            let asset = Asset.seized(start, kind)
                .valued(contractOn: date(2021, 3, 5), on: date(2021, 3, 10))
            guard let days else {
                return $0.add(asset.round(contractOn: contractOn, heldOn: nil, .scheduled))
            }
            let day = contractOn + days
            $0.add(asset.round(contractOn: contractOn, heldOn: day, .noBids, notifiedOn: day + 1))
        }
    }

    private static let reductionSteps: [EdgeRecipe] = [
        EdgeRecipe("notice_on_due_day", .large) {
            $0.add(.failedOnce().reduced(noticeOn: date(2021, 1, 26), on: date(2021, 2, 5)))
        },
        EdgeRecipe("notice_a_day_late", .large) {
            $0.add(.failedOnce().reduced(noticeOn: date(2021, 1, 27), on: date(2021, 2, 8)))
        },
        EdgeRecipe("notice_missing", .large) { $0.add(.failedOnce()) },
        EdgeRecipe("failure_not_notified", .large) {
            var asset = Asset.failedOnce()
            asset.rounds[0].notifiedOn = nil
            $0.add(asset)
        },
        EdgeRecipe("reduction_a_day_late", .large) {
            $0.add(.failedOnce().reduced(noticeOn: date(2021, 1, 26), on: date(2021, 2, 8)))
        },
        EdgeRecipe("reduction_due_within_tet", .large) {
            var asset = Asset.failedOnce()
            asset.rounds[0].notifiedOn = date(2021, 1, 28)
            $0.add(asset.reduced(noticeOn: date(2021, 2, 4), on: date(2021, 2, 17)))
        },
        EdgeRecipe("second_reduction_missing", .large) { $0.add(.failedTwice()) },
        EdgeRecipe("overtaken_step", .large) {
            // No notice and no reduction on record, yet a second round was held.
            $0.add(
                .failedOnce().round(
                    contractOn: date(2021, 2, 19), heldOn: date(2021, 3, 24), .noParticipants,
                    notifiedOn: date(2021, 3, 25)))
        },
    ]

    /// Movables around the sums of Art. 101 and of the shortened procedure.
    private static let cheap: [EdgeRecipe] = [
        movable("movable_at_ten_million", worth: 10_000_000),
        movable("movable_one_dong_over_ten_million", worth: 10_000_001),
        movable("movable_under_two_million", worth: 1_999_999),
        movable("movable_just_under_fifty_million", worth: 49_999_999, .shortened),
        movable("movable_at_fifty_million", worth: 50_000_000, .ordinary),
    ]

    private static func movable(
        _ name: String, worth value: Int64, _ procedure: AuctionProcedure? = nil
    ) -> EdgeRecipe {
        EdgeRecipe(name, .large) {
            var asset = Asset.seized(start, .movable)
                .valued(contractOn: date(2021, 3, 8), on: date(2021, 3, 12), at: value)
            if let procedure {
                asset = asset.round(contractOn: date(2021, 3, 22), heldOn: nil, .scheduled)
                asset.rounds[0].procedure = procedure
            }
            $0.add(asset)
        }
    }

    /// Text that a reader of CSV may stumble on.
    static let texts: [EdgeRecipe] = [
        EdgeRecipe("optional_columns_empty") {
            var file = $0.draft.file
            file.officer = nil
            file.receivedOn = nil
            file.judgmentEffectiveOn = nil
            file.assignedOn = nil
            file.debtorNotifiedOn = nil
            file.firstDecisionOn = nil
            file.sensitivity = nil
            var bare = CaseDraft(file: file, size: .civil)
            bare.leavesOptionalEmpty = true
            $0.draft = bare
            $0.add(.seized(start))
        },
        EdgeRecipe("quotes_commas_and_line_ends") {
            $0.draft.debtor = Bytes("Công ty TNHH \"Một, Hai\"".utf8)
            $0.draft.debtorAddress = Bytes("ấp 1,\nxã 2;\r\nhuyện \"3\"".utf8)
        },
        EdgeRecipe("decomposed_text") {
            $0.draft.debtor = Phrase("Thạch Thị Sà Rết").decomposed
            $0.draft.creditor = Phrase("Ngân hàng Nông thôn Miền Tây").decomposed
        },
        EdgeRecipe("text_that_looks_like_a_formula") {
            $0.draft.debtor = Bytes("=1+1".utf8)
            $0.draft.creditor = Bytes("-Nguyễn Văn An".utf8)
        },
        EdgeRecipe("long_text") {
            $0.draft.obligation = Bytes(String(repeating: "trả nợ, ", count: 200).utf8)
        },
        EdgeRecipe("sensitive_case", .large) {
            $0.draft.file.sensitivity = "security_political"
        },
        EdgeRecipe("spaces_around_text") { $0.draft.debtor = Bytes("  Lý Văn Út  ".utf8) },
    ]
}
