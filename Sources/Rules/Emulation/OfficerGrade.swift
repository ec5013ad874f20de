/// The tasks of a year, each in one of these sorts.
public struct TaskRecord: Sendable, Equatable {
    public let total: Int
    /// On time and to quality.
    public let full: Int
    /// Of the full ones: beyond what was asked.
    public let exceeded: Int
    /// Done, but short in time or quality.
    public let late: Int

    public init(total: Int, full: Int, exceeded: Int, late: Int) {
        self.total = total
        self.full = full
        self.exceeded = exceeded
        self.late = late
    }

    public var undone: Int { total - full - late }
    /// Short in time or quality, or not done at all.
    public var short: Int { total - full }
}

/// What an officer's grade rests on.
public struct OfficerYear: Sendable, Equatable {
    public var tasks: TaskRecord
    /// Tasks whose outcome is not known yet.
    public var openTasks = 0
    public var isDisciplined = false
    public var hasDeclined = false
    /// Out of 100, where grades go by points.
    public var points: Ratio?

    public init(tasks: TaskRecord) { self.tasks = tasks }
}

extension OfficerYear {
    /// The grade of an officer without a post of command, by the law in force on `day` (Decree 90/2020). Between
    /// 20% and 50% of short tasks, and with tasks left undone, the decree names no class.
    public func grade(law table: LawTable, on day: Day) -> GradeVerdict {
        let law = ConditionLaw(law: table, day: day)
        let discipline = law.ground(
            "GR-05", isDisciplined ? "bị kỷ luật trong năm" : "không bị kỷ luật",
            isDisciplined ? .notMet : .met)
        if discipline.state == .notMet {
            return GradeVerdict(grade: .notCompleted, conditions: [discipline])
        }
        if law.goesByPoints { return law.byPoints(points) }
        let decline = law.ground(
            "GR-06", hasDeclined ? "có suy thoái" : "không có suy thoái",
            hasDeclined ? .notMet : .met)
        if decline.state == .notMet {
            return GradeVerdict(grade: .notCompleted, conditions: [decline])
        }
        guard tasks.total > 0, openTasks == 0 else {
            let open = law.ground(
                "GR-02",
                tasks.total == 0
                    ? "chưa có nhiệm vụ nào được ghi nhận"
                    : "\(openTasks) nhiệm vụ chưa đến hạn hoặc chưa xác định", .undetermined)
            return GradeVerdict(grade: nil, conditions: [discipline, decline, open])
        }
        return byTasks(law, [discipline, decline])
    }

    private func byTasks(_ law: ConditionLaw, _ before: [ConditionFinding]) -> GradeVerdict {
        let failed = law.share("GR-04", tasks.short, of: tasks.total, { $0 <= $1 }, "không quá")
        if failed.state == .notMet {
            return GradeVerdict(grade: .notCompleted, conditions: before + [failed])
        }
        let full = law.share("GR-02", tasks.full, of: tasks.total, { $0 >= $1 }, "từ")
        let exceeded = law.share("GR-01", tasks.exceeded, of: tasks.total, { $0 >= $1 }, "từ")
        let undone = law.ground(
            "GR-07", "còn \(tasks.undone) nhiệm vụ chưa làm", tasks.undone == 0 ? .met : .notMet)
        let short = law.share("GR-03", tasks.short, of: tasks.total, { $0 <= $1 }, "không quá")
        let all = before + [failed, full, exceeded, undone, short]
        return GradeVerdict(
            grade: first(of: [
                (.excellent, [failed, full, exceeded]), (.good, [failed, full]),
                (.completed, [failed, undone, short]),
            ]), conditions: all)
    }
}

/// The first grade all of whose conditions are met, so long as no better one is open.
func first(of grades: [(Grade, [ConditionFinding])]) -> Grade? {
    for (grade, conditions) in grades {
        switch conditions.together {
        case .met: return grade
        case .notMet: continue
        case .undetermined: return nil
        }
    }
    return nil
}
