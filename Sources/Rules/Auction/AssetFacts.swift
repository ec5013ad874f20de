public enum AssetKind: String, Sendable, CaseIterable {
    case realEstate = "real_estate"
    case movable
}

public enum Disposal: String, Sendable { case sold, taken, released, returned }

/// A revaluation of an asset; the first valuation may stand on the asset itself.
public struct Valuation: Sendable, Equatable {
    public var number: Int
    public var contractOn: Day?
    public var valuedOn: Day?
    public var value: Dong?
    public var appraiser: String?
    public var validUntil: Day?

    public init(
        number: Int, contractOn: Day? = nil, valuedOn: Day? = nil, value: Dong? = nil,
        appraiser: String? = nil, validUntil: Day? = nil
    ) {
        self.number = number
        self.contractOn = contractOn
        self.valuedOn = valuedOn
        self.value = value
        self.appraiser = appraiser
        self.validUntil = validUntil
    }
}

public enum RoundOutcome: String, Sendable, CaseIterable {
    case scheduled
    case noParticipants = "no_participants"
    case noBids = "no_bids"
    case failed, sold, cancelled

    /// Auction Law 2016 Art. 52.1 with LTHADS Art. 104: one state with a reason code.
    public var isFailure: Bool { self == .noParticipants || self == .noBids || self == .failed }
}

public enum AuctionProcedure: String, Sendable, CaseIterable { case ordinary, shortened }

public struct AuctionRound: Sendable, Equatable {
    public var round: Int
    public var startingPrice: Dong
    public var auctionHouse: String?
    public var contractOn: Day?
    public var procedure: AuctionProcedure?
    public var postedOn: Day?
    public var heldOn: Day?
    public var outcome: RoundOutcome?
    public var price: Dong?
    public var notifiedOn: Day?
    public var notice1On: Day?
    public var notice2On: Day?
    public var deposit: Dong?
    public var registrants: Int?
    public var paidInFullOn: Day?
    public var deliveredOn: Day?
    public var cancelledOn: Day?

    public init(round: Int, startingPrice: Dong) {
        self.round = round
        self.startingPrice = startingPrice
    }
}

public struct Reduction: Sendable, Equatable {
    public var number: Int
    public var noticeOn: Day?
    public var reducedOn: Day?
    public var reducedPrice: Dong?
    public var agreed: Bool

    public init(
        number: Int, noticeOn: Day? = nil, reducedOn: Day? = nil, reducedPrice: Dong? = nil,
        agreed: Bool = false
    ) {
        self.number = number
        self.noticeOn = noticeOn
        self.reducedOn = reducedOn
        self.reducedPrice = reducedPrice
        self.agreed = agreed
    }
}

public enum OfferAnswer: String, Sendable { case accepted, refused }

/// The asset offered to the creditor in lieu of money (LTHADS Art. 104.2–3).
public struct CreditorOffer: Sendable, Equatable {
    public var offeredOn: Day
    public var answer: OfferAnswer?
    public var answeredOn: Day?
    public var debtorNotifiedOn: Day?

    public init(
        offeredOn: Day, answer: OfferAnswer? = nil, answeredOn: Day? = nil,
        debtorNotifiedOn: Day? = nil
    ) {
        self.offeredOn = offeredOn
        self.answer = answer
        self.answeredOn = answeredOn
        self.debtorNotifiedOn = debtorNotifiedOn
    }
}

/// A seized asset with its valuations, auction rounds, reductions and offers, each in order of its number or day.
public struct Asset: Sendable, Equatable {
    public var assetNo: String
    public var kind: AssetKind
    public var seizedOn: Day
    public var description: String?
    public var valuationContractOn: Day?
    public var valuedOn: Day?
    public var value: Dong?
    public var appraiser: String?
    public var disposedOn: Day?
    public var disposal: Disposal?
    public var coOwned: Bool
    public var valuations: [Valuation] = []
    public var rounds: [AuctionRound] = []
    public var reductions: [Reduction] = []
    public var offers: [CreditorOffer] = []

    public init(assetNo: String, kind: AssetKind, seizedOn: Day) {
        self.assetNo = assetNo
        self.kind = kind
        self.seizedOn = seizedOn
        self.coOwned = false
    }
}
