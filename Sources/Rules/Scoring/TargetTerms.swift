/// What a target asks for beside its measure: of whom, over which cases, how much.

/// For whom a target is judged.
public enum TargetScope: String, Sendable, CaseIterable {
    /// Each unit by itself; the province by the sum.
    case unit
    /// Each officer by himself; a unit has met it when all of its officers have.
    case officer
    /// Each category of cases by itself; a unit has met it when all of its categories have.
    case category
    /// The units of a cluster together.
    case cluster
    /// The province as a whole.
    case province
}

/// Which cases of the population a measure without a list counts over.
public enum TargetBase: Sendable, Equatable {
    /// The population as it is on the day that counts: cases that come in join it.
    case moving
    /// The population as it was at the end of that day; later changes leave it as it is.
    case frozen(on: Day)
}

/// How much a target asks for.
public enum Threshold: Sendable, Equatable {
    case share(Ratio)
    /// A share by the unit's caseload when the window begins; the bands ascend, the last has no upper end.
    case bands([CaseloadBand])
    /// A number of cases, or an amount of đồng.
    case atLeast(Int64)
    /// The same measure's rate a year before, and so many points more.
    case lastYear(plus: Ratio)
}

/// Units with so many cases owe this share.
public struct CaseloadBand: Sendable, Equatable {
    /// Greatest caseload of the band; nil = no end.
    public var upTo: Int?
    public var share: Ratio

    public init(upTo: Int?, share: Ratio) {
        self.upTo = upTo
        self.share = share
    }
}

extension [CaseloadBand] {
    /// The band of a caseload.
    public func band(of caseload: Int) -> CaseloadBand? {
        first { $0.upTo.map { caseload <= $0 } ?? true }
    }
}

/// A part of a target's scope with its own figures: an officer, a category or a cluster.
public struct ScopePart: Sendable, Equatable {
    /// The officer's code, the category or the cluster; empty for cases without one.
    public let key: String
    public let numerator: Int64
    public let denominator: Int64
    public let threshold: Ratio
    public let state: TargetState

    public var rate: Ratio? {
        denominator == 0 ? nil : Ratio(Int128(numerator), Int128(denominator))
    }
}

/// Into which category of cases a case falls.
public enum CaseCategory: String, Sendable, CaseIterable {
    case creditInstitution = "credit_institution"
    case stateRevenue = "state_revenue"
    case onRequest = "on_request"
    case exOfficio = "ex_officio"
}

extension CaseFile {
    /// Credit institutions first, then revenue of the State, then how the case began.
    public var category: CaseCategory {
        if creditInstitution { return .creditInstitution }
        if stateRevenue { return .stateRevenue }
        return initiative == .onRequest ? .onRequest : .exOfficio
    }
}
