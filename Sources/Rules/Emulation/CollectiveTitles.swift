/// What a unit's titles rest on.
public struct CollectiveRecord: Sendable, Equatable {
    /// Members of the unit, the head among them.
    public var members: Int
    /// Members that completed their tasks, are advanced workers, or are not classed yet.
    public var completed: Int
    public var advanced: Int
    public var openMembers: Int
    /// Of the year: fighters of the base by decision, and those who may yet become one.
    public var baseFighters: Int
    public var candidates: Int
    /// Whether the unit did its tasks: its head's grade; nil = undetermined.
    public var isDone: Bool?
    /// Somebody was disciplined with a warning or worse.
    public var hasWarning: Bool
    /// The unit's place in its cluster, and how many share it; nil where it is out of the ranking.
    public var clusterRank: Int?
    public var sharesRank: Bool
    public var hasFlagVote: Bool
    public var hasMinistryFlag: Bool

    public init(
        members: Int, completed: Int, advanced: Int, openMembers: Int = 0, baseFighters: Int = 0,
        candidates: Int = 0, isDone: Bool? = true, hasWarning: Bool = false,
        clusterRank: Int? = nil, sharesRank: Bool = false, hasFlagVote: Bool = false,
        hasMinistryFlag: Bool = false
    ) {
        self.members = members
        self.completed = completed
        self.advanced = advanced
        self.openMembers = openMembers
        self.baseFighters = baseFighters
        self.candidates = candidates
        self.isDone = isDone
        self.hasWarning = hasWarning
        self.clusterRank = clusterRank
        self.sharesRank = sharesRank
        self.hasFlagVote = hasFlagVote
        self.hasMinistryFlag = hasMinistryFlag
    }
}

extension CollectiveRecord {
    /// The titles that a unit may get, each with its conditions.
    public func titles(law table: LawTable, on day: Day) -> [Eligibility] {
        let law = ConditionLaw(law: table, day: day)
        let advanced = advancedCollective(law)
        return [
            advanced, excellentCollective(law, advanced), ministryFlag(law), governmentFlag(law),
        ]
    }

    private func advancedCollective(_ law: ConditionLaw) -> Eligibility {
        let done = law.ground(
            "TT-10", isDone.map { $0 ? "hoàn thành" : "không hoàn thành" } ?? "chưa xác định",
            isDone.map { $0 ? .met : .notMet } ?? .undetermined)
        return Eligibility(
            title: .advancedCollective,
            conditions: [done, members("TT-11", advanced, { $0 > $1 }, "trên", law), warning(law)])
    }

    private func excellentCollective(_ law: ConditionLaw, _ advanced: Eligibility) -> Eligibility {
        let isAdvanced = law.ground(
            "TT-13", "\(AwardTitle.advancedCollective.vietnamese): \(advanced.outcome.vietnamese)",
            advanced.conditions.together)
        let fighter = law.ground(
            "TT-16",
            baseFighters > 0
                ? "có \(baseFighters) người"
                : candidates > 0
                    ? "chờ quyết định, \(candidates) người đủ điều kiện" : "chưa có ai",
            baseFighters > 0 ? .met : candidates > 0 ? .undetermined : .notMet)
        return Eligibility(
            title: .excellentCollective,
            conditions: [
                isAdvanced, members("TT-14", completed, { $0 >= $1 }, "từ", law),
                members("TT-15", self.advanced, { $0 >= $1 }, "từ", law), fighter, warning(law),
            ])
    }

    /// The lead of its cluster, voted for by the cluster; where units share the lead a person decides.
    private func ministryFlag(_ law: ConditionLaw) -> Eligibility {
        let lead = law.ground(
            "TT-20",
            clusterRank.map { "hạng \($0)\(sharesRank ? ", đồng hạng" : "")" }
                ?? "không được xếp hạng",
            clusterRank == 1 ? (sharesRank ? .undetermined : .met) : .notMet)
        let vote = law.ground(
            "TT-21", hasFlagVote ? "đã được suy tôn" : "chưa có kết quả suy tôn",
            hasFlagVote ? .met : .undetermined)
        return Eligibility(title: .ministryFlag, conditions: [lead, vote])
    }

    /// Best among the holders of the branch's flag: a choice that only a person can make.
    private func governmentFlag(_ law: ConditionLaw) -> Eligibility {
        let flag = law.ground(
            "TT-23", hasMinistryFlag ? "đã có cờ thi đua ngành" : "chưa có cờ thi đua ngành",
            hasMinistryFlag ? .undetermined : .notMet)
        return Eligibility(title: .governmentFlag, conditions: [flag])
    }

    private func warning(_ law: ConditionLaw) -> ConditionFinding {
        law.ground(
            "TT-12", hasWarning ? "có người bị cảnh cáo trở lên" : "không có ai",
            hasWarning ? .notMet : .met)
    }

    /// A share of the members; those not classed yet may tip it.
    private func members(
        _ id: String, _ found: Int, _ compare: (Ratio, Ratio) -> Bool, _ sign: String,
        _ law: ConditionLaw
    ) -> ConditionFinding {
        guard members > 0 else {
            return law.ground(id, "đơn vị chưa có danh sách cán bộ", .undetermined)
        }
        let sure = law.share(id, found, of: members, compare, sign)
        let best = law.share(id, found + openMembers, of: members, compare, sign)
        guard sure.state == .notMet, best.state == .met else { return sure }
        return ConditionFinding(
            id: id, text: sure.text + " Còn \(openMembers) người chưa xếp loại.",
            state: .undetermined, citation: sure.citation, verified: sure.verified)
    }
}
