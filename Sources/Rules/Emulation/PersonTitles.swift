/// What a person's titles rest on.
public struct PersonRecord: Sendable, Equatable {
    /// Officer code, or `Merit.head`.
    public let holder: String
    public let grade: GradeVerdict
    /// The records of the person's unit.
    public let merits: [Merit]
    /// The year that titles are given for.
    public let year: DayRange

    public init(holder: String, grade: GradeVerdict, merits: [Merit], year: DayRange) {
        self.holder = holder
        self.grade = grade
        self.merits = merits
        self.year = year
    }
}

extension PersonRecord {
    /// The titles that a person may get, each with its conditions.
    public func titles(law table: LawTable, on day: Day) -> [Eligibility] {
        let law = ConditionLaw(law: table, day: day)
        let advanced = advancedWorker(law)
        return [
            advanced, baseFighter(law, advanced), nationalFighter(law),
        ]
    }

    private func advancedWorker(_ law: ConditionLaw) -> Eligibility {
        let good = law.ground(
            "TT-01", grade.grade.map { "xếp loại \($0.vietnamese)" } ?? "chưa xếp loại được",
            grade.grade.map { $0.isGood ? .met : .notMet } ?? .undetermined)
        let disciplined = merits.isDisciplined(holder, in: year)
        let discipline = law.ground(
            "TT-02", disciplined ? "bị kỷ luật trong năm" : "không bị kỷ luật",
            disciplined ? .notMet : .met)
        return Eligibility(title: .advancedWorker, conditions: [good, discipline])
    }

    private func baseFighter(_ law: ConditionLaw, _ advanced: Eligibility) -> Eligibility {
        let isAdvanced = law.ground(
            "TT-03", "\(AwardTitle.advancedWorker.vietnamese): \(advanced.outcome.vietnamese)",
            advanced.conditions.together)
        let hasInitiative =
            merits.has(.initiative, holder, in: year) || merits.has(.research, holder, in: year)
        let initiative = law.ground(
            "TT-04", hasInitiative ? "có quyết định công nhận" : "chưa có quyết định công nhận",
            hasInitiative ? .met : .notMet)
        return Eligibility(title: .baseFighter, conditions: [isAdvanced, initiative])
    }

    /// Two titles of the branch within so many years in a row as fighter of the base, and no other award of the
    /// State in the year.
    private func nationalFighter(_ law: ConditionLaw) -> Eligibility {
        let last = year.end.civil.year
        let own = merits.filter { $0.holder == holder && $0.decidedOn <= year.end }
        func years(_ kind: Merit.Kind) -> Set<Int> {
            Set(own.filter { $0.kind == kind }.map(\.decidedOn.civil.year))
        }
        let base = years(.baseFighter)
        let newest = base.contains(last) ? last : last - 1
        var run = 0
        while base.contains(newest - run) { run += 1 }
        let inARow = law.count("TT-05", "\(run) năm liên tục", { run >= $0 }, "từ")
        let window = newest - max(run, 1) + 1
        let branch = years(.ministryFighter).filter { $0 >= window && $0 <= last }.count
        let ofBranch = law.count("TT-06", "\(branch) lần", { branch >= $0 }, "từ")
        let awarded = merits.has(.stateAward, holder, in: year)
        let onlyOne = law.ground(
            "TT-07", awarded ? "đã có hình thức khen cấp Nhà nước trong năm" : "chưa có",
            awarded ? .notMet : .met)
        return Eligibility(title: .nationalFighter, conditions: [inARow, ofBranch, onlyOne])
    }
}

extension Eligibility.Outcome {
    public var vietnamese: String {
        switch self {
        case .eligible: "đủ điều kiện"
        case .notEligible: "không đủ điều kiện"
        case .undetermined: "cần người có thẩm quyền quyết định"
        }
    }
}
