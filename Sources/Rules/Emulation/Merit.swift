/// What stands on record for or against a person or a unit: titles, initiatives, discipline.
public struct Merit: Sendable, Equatable {
    /// Whose record: an officer's code, or one of the two words below.
    public let holder: String
    public let kind: Kind
    public let decidedOn: Day

    /// The unit as a collective.
    public static let unit = "unit"
    /// The head of the unit.
    public static let head = "head"

    public enum Kind: String, Sendable, CaseIterable {
        /// Lao động tiên tiến.
        case advancedWorker = "advanced_worker"
        /// Chiến sĩ thi đua cơ sở.
        case baseFighter = "base_fighter"
        /// Chiến sĩ thi đua bộ, ngành.
        case ministryFighter = "ministry_fighter"
        /// An award of the State.
        case stateAward = "state_award"
        case initiative
        case research
        /// Khiển trách.
        case reprimand
        /// Cảnh cáo and heavier.
        case warning
        /// Suy thoái về tư tưởng chính trị, đạo đức, lối sống.
        case decline
        /// A case of corruption in the unit.
        case corruption
        /// Suy tôn by the cluster for the flag of the branch.
        case flagVote = "flag_vote"
        /// Cờ thi đua ngành.
        case ministryFlag = "ministry_flag"
        /// Fulfils the standard of the ministerial flag.
        case flagStandard = "flag_standard"

        public var isDiscipline: Bool { self == .reprimand || self == .warning }
    }

    public init(holder: String, kind: Kind, decidedOn: Day) {
        self.holder = holder
        self.kind = kind
        self.decidedOn = decidedOn
    }
}

extension Sequence<Merit> {
    /// Whether the holder has this on record within these days.
    func has(_ kind: Merit.Kind, _ holder: String, in days: DayRange) -> Bool {
        contains { $0.holder == holder && $0.kind == kind && days.contains($0.decidedOn) }
    }

    func isDisciplined(_ holder: String, in days: DayRange) -> Bool {
        contains { $0.holder == holder && $0.kind.isDiscipline && days.contains($0.decidedOn) }
    }
}
