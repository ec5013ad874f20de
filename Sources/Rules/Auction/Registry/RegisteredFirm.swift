/// Which office of the sale a firm serves.
public enum FirmRole: String, Sendable, CaseIterable {
    case appraiser
    case auctionHouse = "auction_house"
}

/// What kinds of assets a firm may handle.
public enum FirmCapability: String, Sendable, CaseIterable {
    case realEstate = "real_estate"
    case movable
    case both

    public func covers(_ kind: AssetKind) -> Bool {
        switch self {
        case .both: true
        case .realEstate: kind == .realEstate
        case .movable: kind == .movable
        }
    }
}

/// An appraiser or an auction house as the department registered it.
public struct RegisteredFirm: Sendable, Equatable {
    public var role: FirmRole
    /// Facts name a firm by its code or by its name, in any spelling.
    public var code: String
    public var name: String
    public var licenceNo: String?
    public var licensedOn: Day?
    /// The last day on which the licence is good; nil = no end.
    public var licenceUntil: Day?
    public var suspendedFrom: Day?
    /// The last day of the suspension; nil = until further notice.
    public var suspendedUntil: Day?
    /// Nil = both kinds.
    public var capability: FirmCapability?
    /// The greatest value of an asset that it may handle; nil = any.
    public var valueUpTo: Dong?
    public var address: String?

    public init(role: FirmRole, code: String, name: String) {
        self.role = role
        self.code = code
        self.name = name
    }
}

/// The registered firms of one role, found by code or name without regard to case, accents and spaces.
public struct FirmRegister: Sendable {
    public let role: FirmRole
    /// In order of code.
    public let firms: [RegisteredFirm]
    private let byName: [String: Int]

    /// Of two firms with one name the one with the first code answers to it; a code goes before a name.
    public init(_ role: FirmRole, _ firms: [RegisteredFirm]) {
        self.role = role
        self.firms = firms.filter { $0.role == role }.sorted { $0.code < $1.code }
        var byName: [String: Int] = [:]
        for (index, firm) in self.firms.enumerated() {
            let key = VietnameseText.folded(firm.name)
            if byName[key] == nil { byName[key] = index }
        }
        for (index, firm) in self.firms.enumerated() {
            byName[VietnameseText.folded(firm.code)] = index
        }
        self.byName = byName
    }

    /// The firm that a fact names; nil when none is registered so.
    public func firm(named text: String) -> RegisteredFirm? {
        byName[VietnameseText.folded(text)].map { firms[$0] }
    }

    /// What tells firms apart: the code of a registered one, else the name without case, accents and spaces.
    func identity(of text: String) -> String {
        firm(named: text)?.code ?? VietnameseText.folded(text)
    }
}

/// The registered firms of both roles, against whose licences contracts are held.
public struct RegisteredFirms: Sendable {
    public let houses: FirmRegister
    public let appraisers: FirmRegister

    public static let none = RegisteredFirms(
        houses: FirmRegister(.auctionHouse, []), appraisers: FirmRegister(.appraiser, []))

    public init(houses: FirmRegister, appraisers: FirmRegister) {
        self.houses = houses
        self.appraisers = appraisers
    }
}
