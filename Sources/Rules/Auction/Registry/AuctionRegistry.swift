/// A firm with what it did; `firm` is nil for one that facts name and nobody registered.
public struct FirmStanding<Record: Sendable & Equatable>: Sendable, Equatable {
    public let firm: RegisteredFirm?
    /// As registered, else as the facts spell it first.
    public let name: String
    /// What stands in the way of a contract on the as-of day; empty when nothing does, or nothing is known.
    public let obstacles: [FirmObstacle]
    public let record: Record
    /// Contracts that it was not fit for.
    public let findings: [FirmFinding]
}

/// Appraisers and auction houses with their records as of a day.
public struct AuctionRegistry: Sendable, Equatable {
    /// The registered by code, then the others by name.
    public let houses: [FirmStanding<HouseRecord>]
    public let appraisers: [FirmStanding<AppraiserRecord>]
}

/// The registry of the firms that `files` name and of those registered, from the facts by `day`.
public func auctionRegistry(
    of files: [CaseFile], firms: RegisteredFirms, law: LawTable, asOf day: Day
) -> AuctionRegistry {
    var houseBook = FirmBook<HouseRecord>(register: firms.houses, empty: HouseRecord())
    var appraiserBook = FirmBook<AppraiserRecord>(
        register: firms.appraisers, empty: AppraiserRecord())
    for file in files.sorted(by: { $0.key < $1.key }) {
        for asset in file.assets.compactMap({ $0.seen(by: day) }) {
            houseBook.takeRounds(of: asset, key: file.key, law: law)
            appraiserBook.takeValuations(of: asset, key: file.key, law: law)
        }
    }
    return AuctionRegistry(
        houses: houseBook.standings(on: day), appraisers: appraiserBook.standings(on: day))
}

/// Collects records and findings by firm.
struct FirmBook<Record: Sendable & Equatable> {
    let register: FirmRegister
    let empty: Record
    private var records: [String: Record] = [:]
    private var names: [String: String] = [:]
    private var findings: [String: [FirmFinding]] = [:]

    init(register: FirmRegister, empty: Record) {
        self.register = register
        self.empty = empty
    }

    mutating func update(_ text: String, _ change: (inout Record) -> Void) {
        let identity = register.identity(of: text)
        if names[identity] == nil { names[identity] = text }
        var record = records[identity] ?? empty
        change(&record)
        records[identity] = record
    }

    mutating func check(
        _ text: String, asset: Asset, value: Dong?, number: Int, on day: Day, key: CaseKey,
        law: LawTable
    ) {
        do throws(FirmRefusal) {
            _ = try register.checkContract(
                with: text, kind: asset.kind, value: value, on: day, law: law)
        } catch {
            findings[register.identity(of: text), default: []].append(
                FirmFinding(key: key, assetNo: asset.assetNo, number: number, refusal: error))
        }
    }

    func standings(on day: Day) -> [FirmStanding<Record>] {
        let registered = register.firms.map { firm in
            FirmStanding(
                firm: firm, name: firm.name, obstacles: firm.obstacles(on: day),
                record: records[firm.code] ?? empty, findings: findings[firm.code] ?? [])
        }
        let codes = Set(register.firms.map(\.code))
        let others = records.keys.filter { !codes.contains($0) }.sorted().map { identity in
            FirmStanding(
                firm: nil, name: names[identity] ?? identity, obstacles: [],
                record: records[identity] ?? empty, findings: [])
        }
        return registered + others
    }
}

extension FirmBook where Record == HouseRecord {
    /// Each round that names a house; a contract serves all rounds of the asset that carry its day.
    mutating func takeRounds(of asset: Asset, key: CaseKey, law: LawTable) {
        var contracts: Set<String> = []
        var houses: Set<String> = []
        for round in asset.rounds {
            guard let house = round.auctionHouse, !house.isEmpty else { continue }
            let identity = register.identity(of: house)
            let isNewAsset = houses.insert(identity).inserted
            let isNewContract =
                round.contractOn.map { contracts.insert("\(identity) \($0)").inserted } ?? false
            update(house) { record in
                record.units.insert(key.unit)
                if isNewAsset { record.assets += 1 }
                if isNewContract { record.contracts += 1 }
                record.take(round)
            }
            if isNewContract, let contractOn = round.contractOn {
                check(
                    house, asset: asset, value: asset.currentPrice(on: contractOn),
                    number: round.round, on: contractOn, key: key, law: law)
            }
        }
    }
}

extension HouseRecord {
    fileprivate mutating func take(_ round: AuctionRound) {
        if round.outcome == .cancelled || round.cancelledOn != nil { cancelled += 1 }
        guard let heldOn = round.heldOn, let outcome = round.outcome, outcome != .scheduled,
            outcome != .cancelled
        else { return }
        held += 1
        if outcome == .noParticipants { noParticipants += 1 }
        if outcome.isFailure { failed += 1 }
        contractToAuction.add(from: round.contractOn, to: heldOn)
        postingToAuction.add(from: round.postedOn, to: heldOn)
        auctionToNotice.add(from: heldOn, to: round.notifiedOn)
        guard outcome == .sold, round.cancelledOn == nil else { return }
        sold += 1
        if let price = round.price {
            soldStart += round.startingPrice
            soldPrice += price
        }
    }
}

extension FirmBook where Record == AppraiserRecord {
    mutating func takeValuations(of asset: Asset, key: CaseKey, law: LawTable) {
        var seen: Set<String> = []
        let valuations = asset.numberedValuations
        let sale = asset.soldRound
        let decisive = sale.flatMap { round in
            valuations.last { valuation in
                guard let on = valuation.valuedOn, let held = round.heldOn else { return false }
                return valuation.value != nil && on <= held
            }
        }
        for (place, valuation) in valuations.enumerated() {
            guard let appraiser = valuation.appraiser, !appraiser.isEmpty else { continue }
            let isNewAsset = seen.insert(register.identity(of: appraiser)).inserted
            let price = decisive?.number == valuation.number ? sale?.price : nil
            update(appraiser) { record in
                record.units.insert(key.unit)
                if isNewAsset { record.assets += 1 }
                record.take(valuation, isLater: place > 0, soldFor: price)
            }
            if let on = valuation.contractOn ?? valuation.valuedOn {
                check(
                    appraiser, asset: asset, value: valuation.value, number: valuation.number,
                    on: on, key: key, law: law)
            }
        }
    }
}

extension AppraiserRecord {
    fileprivate mutating func take(
        _ valuation: NumberedValuation, isLater: Bool, soldFor price: Dong?
    ) {
        if valuation.contractOn != nil { contracts += 1 }
        guard valuation.valuedOn != nil else { return }
        valuations += 1
        if isLater { revaluations += 1 }
        contractToValue.add(from: valuation.contractOn, to: valuation.valuedOn)
        if let price, let value = valuation.value {
            sold += 1
            soldValue += value
            soldPrice += price
        }
    }
}
