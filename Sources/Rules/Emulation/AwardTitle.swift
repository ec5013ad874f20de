/// Titles and awards that the law book knows.
public enum AwardTitle: String, Sendable, CaseIterable {
    case advancedWorker = "advanced_worker"
    case baseFighter = "base_fighter"
    case nationalFighter = "national_fighter"
    case advancedCollective = "advanced_collective"
    case excellentCollective = "excellent_collective"
    case ministryFlag = "ministry_flag"
    case governmentFlag = "government_flag"
    /// By the plan or the year, without a standard of its own in the law book.
    case ministerCertificate = "minister_certificate"
    case directorCertificate = "director_certificate"

    public var vietnamese: String {
        switch self {
        case .advancedWorker: "Lao động tiên tiến"
        case .baseFighter: "Chiến sĩ thi đua cơ sở"
        case .nationalFighter: "Chiến sĩ thi đua toàn quốc"
        case .advancedCollective: "Tập thể lao động tiên tiến"
        case .excellentCollective: "Tập thể lao động xuất sắc"
        case .ministryFlag: "Cờ thi đua ngành Tư pháp"
        case .governmentFlag: "Cờ thi đua của Chính phủ"
        case .ministerCertificate: "Bằng khen của Bộ trưởng"
        case .directorCertificate: "Giấy khen của Cục trưởng"
        }
    }

    public var isForPersons: Bool {
        switch self {
        case .advancedWorker, .baseFighter, .nationalFighter: true
        case .advancedCollective, .excellentCollective, .ministryFlag, .governmentFlag: false
        case .ministerCertificate, .directorCertificate: true
        }
    }

    public var isForUnits: Bool {
        switch self {
        case .advancedWorker, .baseFighter, .nationalFighter: false
        default: true
        }
    }
}

/// Whether a person or a unit may be proposed for a title, and why.
public struct Eligibility: Sendable, Equatable {
    public let title: AwardTitle
    public let conditions: [ConditionFinding]

    public enum Outcome: String, Sendable {
        case eligible, notEligible = "not_eligible", undetermined
    }

    public var outcome: Outcome {
        switch conditions.together {
        case .met: .eligible
        case .notMet: .notEligible
        case .undetermined: .undetermined
        }
    }
}

/// How many of a group may get a title.
public struct AwardQuota: Sendable, Equatable {
    /// Code and Vietnamese name of the title.
    public let title: String
    public let name: String
    /// The group, in Vietnamese.
    public let scope: String
    /// The size of the group that the share is taken of.
    public let of: Int
    /// At most so many; nil where the law book has no value.
    public let slots: Int?
    /// Those that meet the conditions.
    public let eligible: Int
    public let citation: Citation?
    public let verified: Bool

    public var isExceeded: Bool { slots.map { eligible > $0 } ?? false }
}

extension LawTable {
    /// The quota of a title by a share of a group: whole persons, a part of one is none.
    public func quota(
        _ id: String, _ title: AwardTitle, scope: String, of group: Int, eligible: Int, on day: Day
    ) -> AwardQuota {
        let rule = rule(id, on: day)
        var slots: Int?
        switch rule?.value {
        case .share(let share): slots = Int(clamping: (Ratio(group) * share).floor)
        case .count(let count): slots = count
        default: break
        }
        return AwardQuota(
            title: title.rawValue, name: title.vietnamese, scope: scope, of: group, slots: slots,
            eligible: eligible,
            citation: rule?.citation, verified: rule?.verified ?? false)
    }
}
