/// The event that an entry is, and the rows that it makes.
public struct EntryRecord: Sendable, Equatable {
    public let event: AuctionEvent
    public let changes: [FactChange]
    /// The same event stands already on that day: nothing is to be written.
    public let isKnown: Bool
}

extension CaseFile {
    /// Judges an entry at its place on the asset's way and says which rows record it. An entry for an earlier
    /// day than the last event's is judged by what had happened until then.
    public func record(
        _ entry: AuctionEntry, of assetNo: String, law: LawTable
    ) throws(EntryRefusal) -> EntryRecord {
        let asset = assets.first { $0.assetNo == assetNo }
        if entry.kind == .seized {
            return try seize(entry, known: asset)
        }
        guard let asset else { throw .unknownAsset }
        let whole = asset.seen(by: Day(number: .max)) ?? asset
        let terms = auctionTerms(of: asset, law: law)
        var course = AuctionCourse(seizedOn: asset.seizedOn)
        for item in whole.recordedEvents where item.on <= entry.on {
            course.apply(item.event, on: item.on)
        }
        let writer = EntryWriter(entry: entry, asset: whole, course: course)
        let event = try writer.event
        let isKnown = whole.recordedEvents.contains(DatedEvent(entry.on, event))
        if !isKnown {
            do throws(TrackFinding) {
                if entry.kind == .redeemed {
                    try course.checkRedemption(on: entry.on, opening: writer.opening, terms)
                }
                _ = try course.check(event, on: entry.on, terms)
            } catch {
                guard entry.isForBreach, error.isAboutRequest else { throw .unlawful(error) }
            }
        }
        return EntryRecord(event: event, changes: try writer.changes, isKnown: isKnown)
    }

    private func seize(
        _ entry: AuctionEntry, known: Asset?
    ) throws(EntryRefusal) -> EntryRecord {
        guard known == nil else { throw .knownAsset }
        guard let kind = entry.assetKind else { throw .missing("asset_kind") }
        let row = FactChange(
            kind: "assets", key: nil,
            columns: [
                "asset_kind": .text(kind.rawValue), "seized_on": .day(entry.on),
                "description": entry.description.map { .text($0) },
            ])
        return EntryRecord(event: .seized, changes: [row], isKnown: false)
    }
}

extension TrackFinding {
    /// Art. 99.1.b, which binds a valuation on request alone.
    fileprivate var isAboutRequest: Bool {
        fault == .revaluedTwice || fault == .revaluedAfterNotice
    }
}

/// Turns an entry into its event and its rows.
private struct EntryWriter {
    let entry: AuctionEntry
    /// All facts of the asset, in order.
    let asset: Asset
    /// The way up to the entry's day.
    let course: AuctionCourse

    /// The last round, unless it is over.
    private var openRound: AuctionRound? {
        asset.rounds.last.flatMap { round in
            round.heldOn == nil && round.failedOn == nil && round.cancelledOn == nil ? round : nil
        }
    }

    /// The day for which the open round is scheduled.
    var opening: Day? {
        asset.rounds.last.flatMap {
            $0.outcome == nil || $0.outcome == .scheduled ? $0.heldOn : nil
        }
    }

    private var lastRound: Int { asset.rounds.last?.round ?? 0 }

    /// The round that the entry is about.
    private var round: Int {
        if let known = roundOfThisDay { return known }
        let scheduled = opening == nil ? nil : asset.rounds.last?.round
        let open = scheduled ?? openRound?.round
        switch entry.kind {
        case .auctionContract: return open ?? lastRound + 1
        case .posted:
            let isFree = openRound.map { $0.postedOn == nil } ?? false
            return isFree ? openRound?.round ?? lastRound + 1 : lastRound + 1
        case .notice1, .notice2, .held: return open ?? lastRound + 1
        default: return max(lastRound, 1)
        }
    }

    /// The round of which the same is recorded on the same day: what is recorded twice is one.
    private var roundOfThisDay: Int? {
        asset.rounds.last { round in
            let day =
                switch entry.kind {
                case .auctionContract: round.contractOn
                case .posted: round.postedOn
                case .notice1: round.notice1On
                case .notice2: round.notice2On
                case .held: round.heldOn
                case .notified: round.notifiedOn
                case .paid: round.paidInFullOn
                case .delivered: round.deliveredOn
                case .cancelled: round.cancelledOn
                default: nil as Day?
                }
            return day == entry.on
        }?.round
    }

    private var reduction: Int {
        let known = asset.reductions.last { reduction in
            switch entry.kind {
            case .reductionNotice: reduction.noticeOn == entry.on
            case .reduced: reduction.reducedOn == entry.on
            default: false
            }
        }
        let open = known ?? asset.reductions.last { $0.reducedOn == nil }
        return open?.number ?? (asset.reductions.last?.number ?? 0) + 1
    }

    private var valuation: Int { max(asset.valuations.map(\.number).max() ?? 1, 1) + 1 }

    private var startingPrice: Dong? {
        asset.rounds.last { $0.round == round }?.startingPrice ?? course.price
    }

    var event: AuctionEvent {
        get throws(EntryRefusal) {
            switch entry.kind {
            case .seized: return .seized
            case .valuationContract: return .valuationContract
            case .valued: return .valued(try amount(), validUntil: entry.validUntil)
            case .revalued:
                return .revalued(valuation, try amount(), validUntil: entry.validUntil)
            case .reductionNotice: return .reductionNotice(reduction)
            case .reduced: return .reduced(reduction, to: try amount(), agreed: entry.isAgreed)
            case .offered: return .offered
            case .accepted: return .answered(.accepted)
            case .refused: return .answered(.refused)
            case .debtorNotified: return .debtorNotified
            case .taken: return .disposed(.taken)
            case .redeemed, .released: return .disposed(.released)
            case .returned: return .disposed(.returned)
            default: return try roundEvent
            }
        }
    }

    private var roundEvent: AuctionEvent {
        get throws(EntryRefusal) {
            switch entry.kind {
            case .auctionContract: return .auctionContract(round)
            case .posted:
                guard let price = entry.amount ?? course.price else { throw .missing("amount") }
                return .posted(round, startingPrice: price, entry.procedure ?? .ordinary)
            case .notice1: return .publicNotice(round, 1)
            case .notice2: return .publicNotice(round, 2)
            case .notified: return .notified(round)
            case .paid: return .paid(round)
            case .delivered: return .delivered(round)
            case .cancelled:
                return course.sale?.round == round ? .saleCancelled(round) : .roundCancelled(round)
            default: return .held(round, try result)
            }
        }
    }

    private var result: AuctionResult {
        get throws(EntryRefusal) {
            guard let outcome = entry.outcome, outcome != .scheduled, outcome != .cancelled else {
                throw .missing("outcome")
            }
            if outcome == .sold, entry.amount == nil { throw .missing("amount") }
            return AuctionResult(
                outcome: outcome, startingPrice: startingPrice ?? .zero, price: entry.amount,
                registrants: entry.registrants)
        }
    }

    private func amount() throws(EntryRefusal) -> Dong {
        guard let amount = entry.amount else { throw .missing("amount") }
        return amount
    }
}

extension EntryWriter {
    var changes: [FactChange] {
        get throws(EntryRefusal) {
            let on = FactChange.Value.day(entry.on)
            switch entry.kind {
            case .seized: return []
            case .valuationContract:
                return [assetRow(["valuation_contract_on": on, "appraiser": appraiser])]
            case .valued: return try valued(on)
            case .revalued:
                return [
                    try valuationRow(valuation, on)
                ]
            case .reductionNotice: return [reductionRow(["notice_on": on])]
            case .reduced:
                return [
                    reductionRow([
                        "reduced_on": on, "reduced_price": .number(try amount().amount),
                        "agreed": .number(entry.isAgreed ? 1 : 0),
                    ])
                ]
            case .offered: return [FactChange(kind: "offers", key: on, columns: [:])]
            case .accepted, .refused:
                return [offerRow(["answer": .text(entry.kind.rawValue), "answered_on": on])]
            case .debtorNotified: return [offerRow(["debtor_notified_on": on])]
            case .taken, .returned: return [disposalRow(entry.kind.rawValue)]
            case .redeemed, .released: return [disposalRow("released")]
            default: return try roundChanges(on)
            }
        }
    }

    private func valued(_ on: FactChange.Value) throws(EntryRefusal) -> [FactChange] {
        let own = assetRow([
            "valued_on": on, "value": .number(try amount().amount), "appraiser": appraiser,
        ])
        return entry.validUntil == nil ? [own] : [own, try valuationRow(1, on)]
    }

    private func roundChanges(_ on: FactChange.Value) throws(EntryRefusal) -> [FactChange] {
        switch entry.kind {
        case .auctionContract:
            return [
                try roundRow([
                    "contract_on": on, "auction_house": entry.auctionHouse.map { .text($0) },
                ])
            ]
        case .posted:
            return [
                try roundRow([
                    "posted_on": on, "procedure": .text((entry.procedure ?? .ordinary).rawValue),
                    "deposit": entry.deposit.map { .number($0.amount) },
                ])
            ]
        case .notice1: return [try roundRow(["notice_1_on": on])]
        case .notice2: return [try roundRow(["notice_2_on": on])]
        case .notified: return [try roundRow(["notified_on": on])]
        case .paid: return [try roundRow(["paid_in_full_on": on])]
        case .delivered: return [try roundRow(["delivered_on": on])]
        case .cancelled: return try cancellation(on)
        default: return try holding(on)
        }
    }

    /// A sale closes the asset on the day of the auction.
    private func holding(_ on: FactChange.Value) throws(EntryRefusal) -> [FactChange] {
        let result = try result
        let row = try roundRow([
            "held_on": on, "outcome": result.outcome.map { .text($0.rawValue) },
            "price": result.price.map { .number($0.amount) },
            "registrants": result.registrants.map { .number(Int64($0)) },
        ])
        return result.outcome == .sold ? [row, disposalRow("sold")] : [row]
    }

    /// A sale undone opens the asset again; a round called off ends without an outcome of its own.
    private func cancellation(_ on: FactChange.Value) throws(EntryRefusal) -> [FactChange] {
        guard course.sale?.round == round else {
            return [try roundRow(["cancelled_on": on, "outcome": .text("cancelled")])]
        }
        let reopened = FactChange(
            kind: "assets", key: nil, columns: ["disposed_on": nil, "disposal": nil])
        return [try roundRow(["cancelled_on": on]), reopened]
    }

    private var appraiser: FactChange.Value? { entry.appraiser.map { .text($0) } }

    /// Columns that the entry leaves open stay as they are.
    private func given(_ columns: [String: FactChange.Value?]) -> [String: FactChange.Value?] {
        columns.filter { $0.value != nil }
    }

    private func assetRow(_ columns: [String: FactChange.Value?]) -> FactChange {
        FactChange(kind: "assets", key: nil, columns: given(columns))
    }

    private func disposalRow(_ disposal: String) -> FactChange {
        assetRow(["disposed_on": .day(entry.on), "disposal": .text(disposal)])
    }

    private func valuationRow(
        _ number: Int, _ on: FactChange.Value
    ) throws(EntryRefusal) -> FactChange {
        FactChange(
            kind: "valuations", key: .number(Int64(number)),
            columns: given([
                "valued_on": on, "value": .number(try amount().amount), "appraiser": appraiser,
                "valid_until": entry.validUntil.map { .day($0) },
            ]))
    }

    /// A new round begins at the asset's price.
    private func roundRow(
        _ columns: [String: FactChange.Value?]
    ) throws(EntryRefusal) -> FactChange {
        var columns = given(columns)
        let start = entry.kind == .posted ? entry.amount ?? course.price : startingPrice
        guard let start else { throw .missing("amount") }
        columns["starting_price"] = .number(start.amount)
        return FactChange(kind: "rounds", key: .number(Int64(round)), columns: columns)
    }

    private func reductionRow(_ columns: [String: FactChange.Value?]) -> FactChange {
        FactChange(kind: "reductions", key: .number(Int64(reduction)), columns: given(columns))
    }

    private func offerRow(_ columns: [String: FactChange.Value?]) -> FactChange {
        FactChange(
            kind: "offers", key: asset.offers.last.map { .day($0.offeredOn) },
            columns: given(columns))
    }
}
