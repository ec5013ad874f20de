import Rules

/// A kind of case that sits on the edge of a rule; its name stands in the case's note.
struct EdgeRecipe: Sendable {
    enum Lists: Sendable { case none, large, old, both }

    let name: String
    let lists: Lists
    let play: @Sendable (inout EdgeCase) -> Void

    init(
        _ name: String, _ lists: Lists = .none, _ play: @escaping @Sendable (inout EdgeCase) -> Void
    ) {
        self.name = name
        self.lists = lists
        self.play = play
    }

    /// All of them, by subject.
    static let all: [EdgeRecipe] =
        receiving + oldMoney + moneyOddities + statuses + classifications + nominations
        + violations + commitments + seizures + auctions + reductions + offers + deadlines + texts

    /// A step through `all` that meets every recipe, so that each unit gets some of every subject.
    static let stride = [37, 41, 43].first { all.count % $0 != 0 } ?? 1

    /// The recipe of the case with this running number: every `all.count` in a row meet them all.
    static func recipe(_ number: Int) -> EdgeRecipe { all[number * stride % all.count] }
}

/// The case that a recipe works on: decided on 15/06/2020 (15/06/2015 for the old list), private,
/// on request, with nothing having happened.
struct EdgeCase {
    static let start = Season.start
    static let end = Season.end

    var draft: CaseDraft
    let workdays: Workdays
    /// The running number of the unit; a twin has its twin's.
    let unitStream: Int
    var submittedOn = Season.listsDue
    var withdrawnOn: Day?
    var reason: String?

    var due: Int64 { draft.file.amountDue.amount }

    mutating func received(_ day: Day?, decided: Day) {
        draft.file.decisionOn = decided
        draft.file.receivedOn = day
        draft.file.firstDecisionOn = decided
        draft.file.assignedOn = decided
        draft.file.debtorNotifiedOn = workdays.adding(1, to: decided)
    }

    /// Received on that day and decided so many working days later.
    mutating func received(_ day: Day, decidedAfter count: Int) {
        received(day, decided: workdays.adding(count, to: day))
    }

    mutating func pay(_ amount: Int64, _ day: Day, _ source: PaymentSource = .voluntary) {
        draft.pay(amount, on: day, source)
    }

    mutating func decide(_ kind: DecisionKind, _ day: Day, amount: Int64? = nil) {
        let ground: String? =
            switch kind {
            case .notEnforceable: "44a.1.a"
            case .postpone: "48.1.c"
            case .suspend: "49.2"
            case .terminate: "50.1.c"
            case .reduceObligation: "61.3.a"
            default: nil
            }
        draft.decide(
            kind, on: day, ground: ground, groundOn: ground == nil ? nil : day, amount: amount)
    }

    mutating func add(_ assets: Asset...) { draft.file.assets += assets }

    mutating func makeStateRevenue() {
        draft.file.stateRevenue = true
        draft.file.revenueKind = "fine"
        draft.file.initiative = .exOfficio
    }
}

extension Asset {
    /// A seized asset with an agreed value, not yet valued.
    static func seized(_ day: Day, _ kind: AssetKind = .realEstate, no: String = "TS1") -> Asset {
        Asset(assetNo: no, kind: kind, seizedOn: day)
    }

    func valued(contractOn: Day?, on day: Day?, at value: Int64 = 900_000_000) -> Asset {
        var asset = self
        asset.valuationContractOn = contractOn
        asset.valuedOn = day
        asset.value = day == nil ? nil : Dong(value)
        return asset
    }

    func revalued(_ number: Int, contractOn: Day, on day: Day, at value: Int64) -> Asset {
        var asset = self
        asset.valuations.append(
            Valuation(
                number: number, contractOn: contractOn, valuedOn: day, value: Dong(value),
                appraiser: ProvinceFirms.appraisers[0].name,
                validUntil: day.adding(months: 6)))
        return asset
    }

    private var currentPrice: Int64 {
        reductions.last { $0.reducedPrice != nil }?.reducedPrice?.amount
            ?? valuations.last?.value?.amount ?? value?.amount ?? 1_000_000
    }

    func round(
        contractOn: Day?, heldOn: Day?, _ outcome: RoundOutcome, notifiedOn: Day? = nil
    ) -> Asset {
        var asset = self
        var round = AuctionRound(round: rounds.count + 1, startingPrice: Dong(currentPrice))
        round.contractOn = contractOn
        round.heldOn = heldOn
        round.outcome = outcome
        round.notifiedOn = notifiedOn
        if outcome == .sold {
            round.price = Dong(currentPrice + 1)
            round.paidInFullOn = heldOn.map { $0 + 5 }
        }
        asset.rounds.append(round)
        return asset
    }

    /// The next reduction, to the price or by 10%.
    func reduced(noticeOn: Day? = nil, on day: Day?, to price: Int64? = nil, agreed: Bool = false)
        -> Asset
    {
        var asset = self
        let cut = (currentPrice * 90 + 99) / 100
        asset.reductions.append(
            Reduction(
                number: reductions.count + 1, noticeOn: noticeOn, reducedOn: day,
                reducedPrice: day == nil ? nil : Dong(price ?? cut), agreed: agreed))
        return asset
    }

    func offered(
        _ day: Day, _ answer: OfferAnswer? = nil, answeredOn: Day? = nil, toldOn: Day? = nil
    ) -> Asset {
        var asset = self
        asset.offers.append(
            CreditorOffer(
                offeredOn: day, answer: answer, answeredOn: answeredOn, debtorNotifiedOn: toldOn))
        return asset
    }

    func disposed(_ disposal: Disposal, on day: Day) -> Asset {
        var asset = self
        asset.disposal = disposal
        asset.disposedOn = day
        return asset
    }

    /// Seized in November 2020; valued, contracted and held without result on 18/01/2021, all in time.
    static func failedOnce(no: String = "TS1", _ kind: AssetKind = .realEstate) -> Asset {
        seized(date(2020, 11, 2), kind, no: no)
            .valued(contractOn: date(2020, 11, 9), on: date(2020, 12, 1))
            .round(
                contractOn: date(2020, 12, 10), heldOn: date(2021, 1, 18), .noParticipants,
                notifiedOn: date(2021, 1, 19))
    }

    /// … reduced on 05/02/2021 and failed again on 15/03/2021.
    static func failedTwice(no: String = "TS1", _ kind: AssetKind = .realEstate) -> Asset {
        failedOnce(no: no, kind)
            .reduced(noticeOn: date(2021, 1, 26), on: date(2021, 2, 5))
            .round(
                contractOn: date(2021, 2, 8), heldOn: date(2021, 3, 15), .noBids,
                notifiedOn: date(2021, 3, 16))
    }

    /// … reduced on 26/03/2021 and failed a third time on 20/04/2021.
    static func failedThrice(no: String = "TS1", _ kind: AssetKind = .realEstate) -> Asset {
        failedTwice(no: no, kind)
            .reduced(on: date(2021, 3, 26))
            .round(
                contractOn: date(2021, 3, 29), heldOn: date(2021, 4, 20), .failed,
                notifiedOn: date(2021, 4, 22))
    }
}
