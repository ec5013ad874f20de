import Rules
import Testing

/// Short ways to write the facts of a case table.
enum Make {
    static func file(
        _ no: String = "01/QĐ-CCTHADS", due: Int64 = 1_000_000_000, decided: String = "05/01/2017",
        _ fill: (inout CaseFile) throws -> Void = { _ in }
    ) throws -> CaseFile {
        var file = CaseFile(
            key: CaseKey(unit: "MX", decisionNo: no), decisionOn: try day(decided),
            initiative: .onRequest, amountDue: Dong(due))
        try fill(&file)
        return file
    }

    static func decision(
        _ kind: DecisionKind, _ on: String, ground: String? = nil, amount: Int64? = nil
    ) throws -> Decision {
        Decision(
            kind: kind, decidedOn: try day(on), ground: ground, amount: amount.map { Dong($0) })
    }

    static func payment(
        _ amount: Int64, _ on: String, _ source: PaymentSource = .voluntary, reversed: String? = nil
    ) throws -> Payment {
        Payment(
            receiptNo: "\(source.rawValue) \(on)", paidOn: try day(on), amount: Dong(amount),
            source: source, reversedOn: try reversed.map { try day($0) })
    }

    static func asset(
        _ no: String = "1", _ kind: AssetKind = .realEstate, seized: String,
        _ fill: (inout Asset) throws -> Void = { _ in }
    ) throws -> Asset {
        var asset = Asset(assetNo: no, kind: kind, seizedOn: try day(seized))
        try fill(&asset)
        return asset
    }

    static func round(
        _ number: Int, contract: String? = nil, posted: String? = nil, held: String? = nil,
        _ outcome: RoundOutcome? = nil, notified: String? = nil, price: Int64 = 900_000_000
    ) throws -> AuctionRound {
        var round = AuctionRound(round: number, startingPrice: Dong(price))
        round.contractOn = try contract.map { try day($0) }
        round.postedOn = try posted.map { try day($0) }
        round.heldOn = try held.map { try day($0) }
        round.notifiedOn = try notified.map { try day($0) }
        round.outcome = outcome
        return round
    }

    static func reduction(
        _ number: Int, notice: String? = nil, on: String? = nil, to price: Int64? = nil
    ) throws -> Reduction {
        Reduction(
            number: number, noticeOn: try notice.map { try day($0) },
            reducedOn: try on.map { try day($0) }, reducedPrice: price.map { Dong($0) })
    }

    static func offer(
        _ on: String, _ answer: OfferAnswer? = nil, answered: String? = nil, told: String? = nil
    ) throws -> CreditorOffer {
        CreditorOffer(
            offeredOn: try day(on), answer: answer, answeredOn: try answered.map { try day($0) },
            debtorNotifiedOn: try told.map { try day($0) })
    }

    static func nomination(_ list: String, withdrawn: String? = nil) throws -> Nomination {
        Nomination(
            list: list, submittedOn: try day("18/02"),
            withdrawnOn: try withdrawn.map { try day($0) })
    }

    static func unit(
        _ cases: [CaseFile], reports: [Report] = [], code: String = "MX",
        level: UnitLevel = .district, cluster: String? = nil
    ) -> UnitFile {
        UnitFile(
            unit: Unit(code: code, name: "Chi cục \(code)", level: level, cluster: cluster),
            cases: cases, reports: reports)
    }
}

/// The plan of Sóc Trăng 2021 (KH 10/KH-CTHADS), as the tests read it.
enum Plan2021 {
    static func plan(strict: Bool = false, emailCopy: Bool = false, provinceIsUnit: Bool = true)
        throws -> CampaignPlan
    {
        let end = try day("31/05")
        let window = DayRange(start: try day("01/03"), end: end)
        let lists = try day("20/02")
        let report = try day("04/06")
        func target(
            _ measure: Measure, _ threshold: Ratio, _ due: Day, list: String? = nil
        ) -> Target {
            Target(
                id: measure.rawValue, measure: measure, list: list, threshold: threshold,
                dueOn: due, paragraph: "III")
        }
        return CampaignPlan(
            id: "st-2021", title: "Đợt cao điểm 2021", authority: "Cục THADS tỉnh Sóc Trăng",
            citation: "KH 10/KH-CTHADS", window: window,
            reportingYear: DayRange(start: try day("01/10/2020"), end: try day("30/09")),
            lists: [
                PlanList(
                    id: "large_value", title: "Án giá trị lớn", size: 10, dueOn: lists,
                    population: nil),
                PlanList(
                    id: "old_case", title: "Án tồn đọng", size: nil, dueOn: lists, population: nil),
            ],
            targets: [
                target(.largeValueSeized, Ratio(80, 100), end, list: "large_value"),
                target(
                    .largeValueClassified, Ratio(1), try day("30/09"), list: "large_value"),
                target(.oldResolvedCount, Ratio(15, 100), end, list: "old_case"),
                target(.oldResolvedMoney, Ratio(10, 100), end, list: "old_case"),
                target(.decisionsTimely, Ratio(1), end),
                target(.classificationRight, Ratio(1), end),
                target(.violationsRepaired, Ratio(1), end),
                target(.listsSubmitted, Ratio(1), lists),
                target(.reportSubmitted, Ratio(1), report),
            ],
            reports: [
                PlanReport(kind: .lists, dueOn: lists), PlanReport(kind: .summary, dueOn: report),
            ],
            emulation: table,
            settings: PlanSettings(
                provinceIsUnit: provinceIsUnit, strictDeadlines: strict, emailCopy: emailCopy,
                policy: PolicyPeriods(
                    postAgainDays: 5, offerCreditorDays: 5, laterReductionDays: 10)))
    }

    /// The sample's table of points: ours, not an official one.
    static var table: EmulationTable {
        func byRate(_ measure: Measure, _ base: Int, _ scale: RateScale) -> Criterion {
            Criterion(
                id: measure.rawValue, base: base,
                basis: .target(id: measure.rawValue, scale: scale))
        }
        let perPoint = RateScale(under: .proRata, bonusPoints: 1, bonusStep: 1, bonusCap: 5)
        return EmulationTable(
            criteria: [
                byRate(
                    .largeValueSeized, 30,
                    RateScale(
                        under: .deduct(points: 1, perStartedStep: 2), bonusPoints: 1, bonusStep: 5,
                        bonusCap: 5)),
                byRate(.largeValueClassified, 15, RateScale(under: .proRata)),
                byRate(.oldResolvedCount, 20, perPoint),
                byRate(.oldResolvedMoney, 20, perPoint),
                Criterion(
                    id: "deadlines", base: 10,
                    basis: .deadlines(reports: [.lists, .summary], perDay: 1)),
                Criterion(id: "violations", base: 5, basis: .violations(each: 1)),
            ],
            tieBreaks: [.fewerViolations, .oldResolvedMoneyRate, .largerStock, .earlierReport],
            verified: false)
    }

    static func result(
        _ measure: Measure, _ unit: UnitFile, on asOf: String, plan: CampaignPlan? = nil,
        law: LawTable? = nil
    ) throws -> TargetResult {
        let plan = try plan ?? self.plan()
        let target = try #require(plan.target(measure.rawValue))
        return score(
            unit: unit, target: target, plan: plan, law: try law ?? Law2021.table(),
            asOf: try day(asOf))
    }
}
