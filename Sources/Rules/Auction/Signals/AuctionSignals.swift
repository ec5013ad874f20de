/// The signals in the facts by `day`, by kind, then unit, then subject.
public struct AuctionSignals: Sendable, Equatable {
    public internal(set) var signals: [AuctionSignal] = []
    /// Limits that the policy does not hold for the day: their signals were not looked for.
    public internal(set) var undetermined: [MissingRule] = []
}

/// Looks for patterns in the auctions of `files`. Firms that are spelled differently are one where the register
/// knows them, or where they differ in case, accents and spaces alone.
public func auctionSignals(
    of files: [CaseFile], houses: FirmRegister, appraisers: FirmRegister, law: LawTable,
    asOf day: Day
) -> AuctionSignals {
    let reader = SignalReader(
        files: files, houses: houses, appraisers: appraisers, law: law, asOf: day)
    var found = AuctionSignals()
    for kind in AuctionSignalKind.allCases {
        do throws(MissingRule) {
            found.signals += try reader.signals(kind).sorted { a, b in
                (a.unit ?? "", a.subject) < (b.unit ?? "", b.subject)
            }
        } catch {
            found.undetermined.append(error)
        }
    }
    return found
}

/// Reads the assets once, in order, for all signals.
struct SignalReader {
    let houses: FirmRegister
    let appraisers: FirmRegister
    let limits: SignalLimits
    let law: LawTable
    let day: Day
    /// Assets by the day, in order of case and number.
    let assets: [(key: CaseKey, stateRevenue: Bool, asset: Asset)]

    init(
        files: [CaseFile], houses: FirmRegister, appraisers: FirmRegister, law: LawTable,
        asOf day: Day
    ) {
        self.houses = houses
        self.appraisers = appraisers
        self.law = law
        self.day = day
        limits = SignalLimits(law: law, day: day)
        assets = files.sorted { $0.key < $1.key }.flatMap { file in
            file.assets.sorted { $0.assetNo < $1.assetNo }.compactMap { asset in
                asset.seen(by: day).map { (file.key, file.stateRevenue, $0) }
            }
        }
    }

    func signals(_ kind: AuctionSignalKind) throws(MissingRule) -> [AuctionSignal] {
        switch kind {
        case .singleHouse: try singleHouse()
        case .alwaysToTheCap: try alwaysToTheCap()
        case .noOffer: try noOffer()
        case .emptyRounds: try emptyRounds()
        case .lowPrice: try lowPrice()
        case .samePair: try samePair()
        }
    }
}

/// Rows counted together: those that fit, of all.
struct SignalTally {
    var all = 0
    var fitting: [AuctionEvidence] = []
    var name = ""

    var share: Ratio { Ratio(Int128(fitting.count), Int128(max(1, all))) }
}

extension SignalReader {
    /// G-01: of a unit's contracts, those with one house.
    private func singleHouse() throws(MissingRule) -> [AuctionSignal] {
        let (threshold, least) = (try limits.share(.singleHouse), try limits.least(.singleHouse))
        var all: [String: Int] = [:]
        var byHouse: [String: [String: SignalTally]] = [:]
        for (key, _, asset) in assets {
            var contracts: Set<String> = []
            for round in asset.rounds {
                guard let house = round.auctionHouse, let contractOn = round.contractOn else {
                    continue
                }
                let identity = houses.identity(of: house)
                guard contracts.insert("\(identity) \(contractOn)").inserted else { continue }
                all[key.unit, default: 0] += 1
                byHouse[key.unit, default: [:]][identity, default: SignalTally()].take(
                    .of(round, key, asset, on: contractOn), name: houseName(house))
            }
        }
        return byHouse.flatMap { unit, houses in
            houses.values.compactMap { tally in
                var tally = tally
                tally.all = all[unit] ?? 0
                return signal(.singleHouse, unit, tally, threshold, least: least)
            }
        }
    }

    /// G-02: of a unit's reductions, those at the cap of Art. 104.5.
    private func alwaysToTheCap() throws(MissingRule) -> [AuctionSignal] {
        let (threshold, least) = (
            try limits.share(.alwaysToTheCap), try limits.least(.alwaysToTheCap)
        )
        var byUnit: [String: SignalTally] = [:]
        for (key, _, asset) in assets {
            for reduction in asset.reductions {
                guard let isCapped = asset.isAtTheCap(reduction, law: law) else { continue }
                byUnit[key.unit, default: SignalTally()].all += 1
                guard isCapped else { continue }
                byUnit[key.unit, default: SignalTally()].fitting.append(.of(reduction, key, asset))
            }
        }
        return byUnit.compactMap { unit, tally in
            signal(.alwaysToTheCap, unit, tally, threshold, least: least)
        }
    }

    /// G-03: an asset whose reductions all went to the cap, that failed after the second, and was not offered.
    private func noOffer() throws(MissingRule) -> [AuctionSignal] {
        let least = try limits.least(.noOffer)
        return assets.compactMap { key, stateRevenue, asset in
            guard !stateRevenue, !asset.isDisposed(by: day),
                let second = asset.secondReduction(by: day)
            else { return nil }
            let capped = asset.reductions.filter { $0.reducedOn != nil }
            guard capped.allSatisfy({ asset.isAtTheCap($0, law: law) == true }) else { return nil }
            let failures = asset.rounds.filter { round in
                round.failedOn.map { $0 >= second } ?? false
            }
            let first = failures.compactMap(\.failedOn).min()
            let isOffered = asset.offers.contains { offer in
                first.map { offer.offeredOn >= $0 } ?? false
            }
            guard failures.count >= least, !isOffered else { return nil }
            return AuctionSignal(
                kind: .noOffer, unit: key.unit, subject: "\(key.decisionNo) \(asset.assetNo)",
                evidence: capped.map { .of($0, key, asset) }
                    + failures.map { .of($0, key, asset, on: $0.failedOn) },
                threshold: Ratio(least), value: Ratio(failures.count))
        }
    }

    /// G-04: of the rounds that a house held anywhere in the province, those without participants.
    private func emptyRounds() throws(MissingRule) -> [AuctionSignal] {
        let (threshold, least) = (try limits.share(.emptyRounds), try limits.least(.emptyRounds))
        var byHouse: [String: SignalTally] = [:]
        for (key, _, asset) in assets {
            for round in asset.rounds {
                guard let house = round.auctionHouse, let heldOn = round.heldOn,
                    let outcome = round.outcome, outcome.isFailure || outcome == .sold
                else { continue }
                let identity = houses.identity(of: house)
                if outcome == .noParticipants {
                    byHouse[identity, default: SignalTally()].take(
                        .of(round, key, asset, on: heldOn), name: houseName(house))
                }
                byHouse[identity, default: SignalTally()].all += 1
            }
        }
        return byHouse.values.compactMap { signal(.emptyRounds, nil, $0, threshold, least: least) }
    }

    /// G-05: a sale below the share of the latest valuation before it.
    private func lowPrice() throws(MissingRule) -> [AuctionSignal] {
        let threshold = try limits.share(.lowPrice)
        return assets.compactMap { key, _, asset in
            guard let round = asset.soldRound, let heldOn = round.heldOn, let price = round.price,
                let valuation = asset.latestValuation(on: heldOn),
                let value = price.ratio(of: valuation.value), value < threshold
            else { return nil }
            let valued = asset.numberedValuations.last {
                $0.valuedOn == valuation.on && $0.value == valuation.value
            }
            let source = AuctionEvidence(
                kind: (valued?.number ?? 0) == 0 ? .assets : .valuations, key: key,
                assetNo: asset.assetNo, number: valued?.number ?? 0, on: valuation.on,
                amount: valuation.value)
            let sale = AuctionEvidence(
                kind: .rounds, key: key, assetNo: asset.assetNo, number: round.round, on: heldOn,
                amount: price)
            return AuctionSignal(
                kind: .lowPrice, unit: key.unit, subject: "\(key.decisionNo) \(asset.assetNo)",
                evidence: [source, sale], threshold: threshold, value: value)
        }
    }

    /// G-06: of a unit's assets that have an appraiser and a house, those with one pair.
    private func samePair() throws(MissingRule) -> [AuctionSignal] {
        let (threshold, least) = (try limits.share(.samePair), try limits.least(.samePair))
        var all: [String: Int] = [:]
        var byPair: [String: [String: SignalTally]] = [:]
        for (key, _, asset) in assets {
            guard let appraiser = asset.numberedValuations.compactMap(\.appraiser).first,
                let round = asset.rounds.first(where: { $0.auctionHouse != nil }),
                let house = round.auctionHouse
            else { continue }
            all[key.unit, default: 0] += 1
            let pair = appraisers.identity(of: appraiser) + " + " + houses.identity(of: house)
            let name = appraiserName(appraiser) + " + " + houseName(house)
            byPair[key.unit, default: [:]][pair, default: SignalTally()].take(
                .of(round, key, asset, on: round.contractOn), name: name)
        }
        return byPair.flatMap { unit, pairs in
            pairs.values.compactMap { tally in
                var tally = tally
                tally.all = all[unit] ?? 0
                return signal(.samePair, unit, tally, threshold, least: least)
            }
        }
    }

    private func houseName(_ text: String) -> String { houses.firm(named: text)?.name ?? text }

    private func appraiserName(_ text: String) -> String {
        appraisers.firm(named: text)?.name ?? text
    }

    private func signal(
        _ kind: AuctionSignalKind, _ unit: String?, _ tally: SignalTally, _ threshold: Ratio,
        least: Int
    ) -> AuctionSignal? {
        guard tally.all >= least, tally.share >= threshold else { return nil }
        return AuctionSignal(
            kind: kind, unit: unit, subject: tally.name, evidence: tally.fitting,
            threshold: threshold, value: tally.share)
    }
}

extension SignalTally {
    fileprivate mutating func take(_ row: AuctionEvidence, name: String) {
        fitting.append(row)
        if self.name.isEmpty { self.name = name }
    }
}

extension AuctionEvidence {
    fileprivate static func of(
        _ round: AuctionRound, _ key: CaseKey, _ asset: Asset, on: Day?
    ) -> AuctionEvidence {
        AuctionEvidence(
            kind: .rounds, key: key, assetNo: asset.assetNo, number: round.round, on: on,
            amount: round.startingPrice)
    }

    fileprivate static func of(
        _ reduction: Reduction, _ key: CaseKey, _ asset: Asset
    ) -> AuctionEvidence {
        AuctionEvidence(
            kind: .reductions, key: key, assetNo: asset.assetNo, number: reduction.number,
            on: reduction.reducedOn, amount: reduction.reducedPrice)
    }
}

extension Asset {
    /// The reduction went to the cap of Art. 104.5 or beyond; nil where its price, or that of the auction just
    /// before it, is not known. Short of the cap by less than one đồng counts as at it.
    func isAtTheCap(_ reduction: Reduction, law: LawTable) -> Bool? {
        guard let reducedOn = reduction.reducedOn, let price = reduction.reducedPrice,
            case .share(let cap) = law.rule("R-04", on: reducedOn)?.value
        else { return nil }
        let before = rounds.last { round in
            (round.heldOn ?? round.notifiedOn).map { $0 <= reducedOn } ?? false
        }
        guard let before else { return nil }
        return price <= before.startingPrice.reduced(by: cap)
    }
}
