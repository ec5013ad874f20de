import Rules

/// What a seizure starts from, and how the unit works.
struct AuctionTerms {
    var assetNo: String
    var kind: AssetKind
    var seizedOn: Day
    var value: Int64
    var stateRevenue = false
    var coercionCost: Int64 = 0
    var horizon = Season.yearEnd
    /// Permille of steps that come late.
    var lateSteps: Int
    var habits: Habits = []
}

/// How an asset turned into money for the creditor.
struct Settlement {
    var paidOn: Day
    var amount: Int64
    var source: PaymentSource
    /// The day on which the sale was undone, and its payment reversed.
    var undoneOn: Day?
}

/// The walk of one asset from seizure to its disposal or the horizon: valuation contract, valuation,
/// auction contract, rounds, notices, reductions, offers (Art. 98, 101, 104; auction law Art. 35, 53, 57).
struct AuctionCourse {
    private static let maximumRounds = 8

    let terms: AuctionTerms
    let workdays: Workdays
    var dice: Dice
    private(set) var asset: Asset
    private(set) var settlement: Settlement?
    private var price: Int64
    private var house = ""

    init(terms: AuctionTerms, workdays: Workdays, dice: Dice) {
        self.terms = terms
        self.workdays = workdays
        self.dice = dice
        asset = Asset(assetNo: terms.assetNo, kind: terms.kind, seizedOn: terms.seizedOn)
        price = terms.value
    }

    mutating func run() {
        describe()
        guard var contractOn = value() else { return }
        house = dice.pick(ProvinceFirms.houses).name
        for number in 1...AuctionCourse.maximumRounds {
            guard let failed = hold(number, contractOn: contractOn) else { return }
            if offer(after: failed) { return }
            guard let reducedOn = reduce(after: failed) else { return }
            contractOn = workdays.adding(dice.within(1...3), to: reducedOn)
            guard contractOn <= terms.horizon else { return }
        }
    }

    private var isLate: Bool { mutating get { dice.chance(permille: terms.lateSteps) } }

    /// Work has come to a halt: nobody took the next step.
    private var stalls: Bool { mutating get { dice.chance(permille: terms.lateSteps / 4) } }

    private mutating func describe() {
        asset.description =
            terms.kind == .realEstate
            ? "Quyền sử dụng đất thửa \(dice.within(1...980)), tờ bản đồ \(dice.within(1...40))"
            : dice.pick(["Xe ô tô tải", "Máy gặt đập liên hợp", "Ghe gắn máy", "Xe mô tô"])
        asset.coOwned = dice.chance(permille: 120)
    }

    /// The valuation contract within 5 working days, the valuation, the auction contract within 10 days.
    private mutating func value() -> Day? {
        let contractOn = workdays.adding(
            isLate ? dice.within(6...25) : dice.within(1...5), to: terms.seizedOn)
        guard contractOn <= terms.horizon, !stalls else { return nil }
        asset.valuationContractOn = contractOn
        var valuedOn = workdays.due(dice.within(10...22), after: contractOn)
        guard valuedOn <= terms.horizon else { return nil }
        asset.valuedOn = valuedOn
        asset.value = Dong(price)
        asset.appraiser = dice.pick(ProvinceFirms.appraisers).name
        if dice.chance(permille: 50), let again = revalue(after: valuedOn) { valuedOn = again }
        let latest = workdays.due(10, after: valuedOn)
        let auctionContractOn =
            isLate
            ? workdays.adding(dice.within(1...20), to: latest)
            : workdays.onOrBefore(valuedOn + dice.within(3...10))
        guard !stalls, auctionContractOn <= terms.horizon else { return nil }
        return max(valuedOn, auctionContractOn)
    }

    /// A party asked once for a new valuation (Art. 99.1.b).
    private mutating func revalue(after first: Day) -> Day? {
        let contractOn = workdays.adding(dice.within(4...7), to: first)
        let valuedOn = workdays.due(dice.within(10...18), after: contractOn)
        guard valuedOn <= terms.horizon else { return nil }
        price = price / 100_000 * Int64(dice.within(95...118)) * 1000
        asset.valuations.append(
            Valuation(
                number: 2, contractOn: contractOn, valuedOn: valuedOn, value: Dong(price),
                appraiser: dice.pick(ProvinceFirms.appraisers).name,
                validUntil: valuedOn.adding(months: 6)))
        return valuedOn
    }

    /// Holds a round; the round when it failed, nil when the walk ends here.
    private mutating func hold(_ number: Int, contractOn: Day) -> AuctionRound? {
        var round = AuctionRound(round: number, startingPrice: Dong(price))
        round.auctionHouse = house
        round.contractOn = contractOn
        round.outcome = .scheduled
        round.deposit = Dong(price / 100 * Int64(dice.within(5...20)))
        let heldOn = publish(&round, contractOn: contractOn)
        guard heldOn <= terms.horizon, !stalls else {
            append(recordedOnly: round)
            return nil
        }
        round.heldOn = heldOn
        round.notifiedOn = capped(workdays.adding(dice.within(1...3), to: heldOn))
        if dice.chance(permille: 150 + 30 * number) {
            sell(&round, heldOn: heldOn)
            asset.rounds.append(round)
            return nil
        }
        let reason = dice.weighted([70, 15, 15])
        round.outcome = [.noParticipants, .noBids, .failed][reason]
        round.registrants = reason == 0 ? 0 : dice.within(1...3)
        asset.rounds.append(round)
        guard round.notifiedOn != nil, !stalls else { return nil }
        return round
    }

    private func capped(_ day: Day) -> Day? { day <= terms.horizon ? day : nil }

    private mutating func append(recordedOnly round: AuctionRound) {
        var known = round
        known.postedOn = round.postedOn.flatMap(capped)
        known.notice1On = round.notice1On.flatMap(capped)
        known.notice2On = round.notice2On.flatMap(capped)
        asset.rounds.append(known)
    }

    /// Posting and notices; the day on which the round can open.
    private mutating func publish(_ round: inout AuctionRound, contractOn: Day) -> Day {
        let isLand = terms.kind == .realEstate
        let posted = workdays.adding(
            isLate ? dice.within(8...25) : dice.within(1...2), to: contractOn)
        round.postedOn = posted
        let shortened =
            round.startingPrice.amount < 50_000_000 || (round.round >= 3 && dice.below(2) == 0)
        round.procedure = shortened ? .shortened : .ordinary
        round.notice1On = posted
        if shortened {
            return workdays.adding(dice.within(isLand ? 5...7 : 3...5), to: posted)
        }
        let second = workdays.adding(2, to: posted)
        round.notice2On = second
        return isLand
            ? workdays.due(dice.within(15...20), after: second)
            : workdays.adding(dice.within(7...9), to: second)
    }

    private mutating func sell(_ round: inout AuctionRound, heldOn: Day) {
        let sold = price / 100_000 * Int64(dice.within(100...124)) * 1000
        round.outcome = .sold
        round.price = Dong(max(price, sold))
        round.registrants = dice.within(round.round == 1 ? 2...6 : 1...4)
        let paidOn = workdays.due(dice.within(5...29), after: heldOn)
        let proceeds = max(0, max(price, sold) - terms.coercionCost)
        if dice.chance(permille: 60), let undoneOn = capped(paidOn + dice.within(10...40)) {
            round.outcome = .cancelled
            round.paidInFullOn = paidOn
            round.cancelledOn = undoneOn
            settlement = Settlement(
                paidOn: paidOn, amount: proceeds, source: .auction, undoneOn: undoneOn)
            return
        }
        asset.disposedOn = heldOn
        asset.disposal = .sold
        guard let paidOn = capped(paidOn) else { return }
        round.paidInFullOn = paidOn
        round.deliveredOn = capped(workdays.due(dice.within(5...30), after: paidOn))
        settlement = Settlement(paidOn: paidOn, amount: proceeds, source: .auction)
    }

    /// From the second reduction on the creditor may take the asset; true when the walk ends here.
    private mutating func offer(after round: AuctionRound) -> Bool {
        guard asset.reductions.count >= 2, !terms.habits.contains(.reducesToTheCap),
            let notifiedOn = round.notifiedOn, !dice.chance(permille: 150)
        else { return false }
        let offeredOn = workdays.adding(dice.within(1...3), to: notifiedOn)
        guard offeredOn <= terms.horizon else { return false }
        let answeredOn = workdays.adding(dice.within(1...4), to: offeredOn)
        var offer = CreditorOffer(offeredOn: offeredOn)
        guard answeredOn <= terms.horizon else {
            asset.offers.append(offer)
            return true
        }
        offer.answeredOn = answeredOn
        offer.answer = dice.chance(permille: 250) ? .accepted : .refused
        defer { asset.offers.append(offer) }
        guard offer.answer == .accepted else { return false }
        let due = workdays.due(10, after: notifiedOn)
        let told = max(answeredOn, isLate ? workdays.adding(dice.within(1...15), to: due) : due)
        guard told <= terms.horizon, !stalls else { return true }
        offer.debtorNotifiedOn = told
        handOver(toldOn: told)
        return true
    }

    private mutating func handOver(toldOn: Day) {
        let due = workdays.due(30, after: toldOn)
        let handedOn = isLate ? workdays.adding(dice.within(2...20), to: due) : due
        guard handedOn <= terms.horizon else { return }
        asset.disposedOn = handedOn
        guard dice.chance(permille: 880) else {
            asset.disposal = .released
            settlement = Settlement(paidOn: handedOn, amount: .max, source: .voluntary)
            return
        }
        asset.disposal = .taken
        settlement = Settlement(paidOn: handedOn, amount: price, source: .inLieu)
    }

    /// The next reduction; nil when the walk ends here.
    private mutating func reduce(after round: AuctionRound) -> Day? {
        guard let notifiedOn = round.notifiedOn else { return nil }
        if price <= terms.coercionCost {
            asset.disposedOn = capped(workdays.adding(5, to: notifiedOn))
            asset.disposal = asset.disposedOn == nil ? nil : .returned
            return nil
        }
        var reduction = Reduction(number: asset.reductions.count + 1)
        let isFirstPrivate = reduction.number == 1 && !terms.stateRevenue
        let reducedOn: Day
        if isFirstPrivate {
            let noticeOn = workdays.adding(
                isLate ? dice.within(6...20) : dice.within(1...5), to: notifiedOn)
            guard noticeOn <= terms.horizon else { return nil }
            reduction.noticeOn = noticeOn
            reduction.agreed = dice.chance(permille: 300)
            let due = workdays.due(10, after: noticeOn)
            reducedOn =
                reduction.agreed
                ? workdays.onOrAfter(noticeOn + dice.within(1...7))
                : isLate ? workdays.adding(dice.within(1...20), to: due) : due
        } else {
            let due = workdays.due(10, after: notifiedOn)
            reducedOn =
                isLate
                ? workdays.adding(dice.within(1...20), to: due)
                : workdays.onOrBefore(notifiedOn + dice.within(4...10))
        }
        let decidedOn = max(reducedOn, asset.offers.last?.answeredOn ?? reducedOn)
        guard decidedOn <= terms.horizon, !stalls else {
            if reduction.noticeOn != nil { asset.reductions.append(reduction) }
            return nil
        }
        price = reducedPrice()
        reduction.reducedOn = decidedOn
        reduction.reducedPrice = Dong(price)
        asset.reductions.append(reduction)
        return decidedOn
    }

    /// At most 10% under the price before (Art. 104.5), but for the rare mistake.
    private mutating func reducedPrice() -> Int64 {
        let atCap = terms.habits.contains(.reducesToTheCap) || dice.chance(permille: 250)
        let tooDeep = dice.chance(permille: 25)
        let kept = Int64(tooDeep ? dice.within(84...88) : atCap ? 90 : dice.within(91...96))
        return (price * kept + 99) / 100
    }
}
