/// What the grade of a unit's head rests on.
public struct HeadYear: Sendable, Equatable {
    /// Targets of the unit.
    public var targets: Int
    public var met: Int
    /// Of the met ones: beyond the threshold.
    public var exceeded: Int
    /// Of the met ones: in time and to quality.
    public var onTime: Int
    /// Targets whose outcome is not known yet.
    public var openTargets = 0
    public var subUnits: SubUnits = .none
    /// A case of corruption in the unit.
    public var hasCorruption = false
    public var isDisciplined = false
    /// Out of 100, where grades go by points.
    public var points: Ratio?

    /// Units under the head, by their class.
    public struct SubUnits: Sendable, Equatable {
        public var total: Int
        /// Completed or better.
        public var completed: Int
        /// Good or excellent.
        public var good: Int
        /// Not yet classed.
        public var open: Int

        public init(total: Int, completed: Int, good: Int, open: Int = 0) {
            self.total = total
            self.completed = completed
            self.good = good
            self.open = open
        }

        public static let none = SubUnits(total: 0, completed: 0, good: 0)
    }

    public init(targets: Int, met: Int, exceeded: Int, onTime: Int) {
        self.targets = targets
        self.met = met
        self.exceeded = exceeded
        self.onTime = onTime
    }
}

extension HeadYear {
    /// The grade of the head of a unit, by the law in force on `day` (Decree 90/2020). From 50% up to 70% of the
    /// targets met the decree names no class: a person decides.
    public func grade(law table: LawTable, on day: Day) -> GradeVerdict {
        let law = ConditionLaw(law: table, day: day)
        let corruption = law.ground(
            "GR-18", hasCorruption ? "có vụ việc tham nhũng" : "không có vụ việc tham nhũng",
            hasCorruption ? .notMet : .met)
        let discipline = law.ground(
            "GR-05", isDisciplined ? "bị kỷ luật trong năm" : "không bị kỷ luật",
            isDisciplined ? .notMet : .met)
        for failed in [corruption, discipline] where failed.state == .notMet {
            return GradeVerdict(grade: .notCompleted, conditions: [failed])
        }
        if law.goesByPoints { return law.byPoints(points) }
        guard targets > 0, openTargets == 0 else {
            let open = law.ground(
                "GR-15",
                targets == 0
                    ? "đơn vị chưa có chỉ tiêu nào"
                    : "\(openTargets) chỉ tiêu chưa đến hạn hoặc chưa xác định", .undetermined)
            return GradeVerdict(grade: nil, conditions: [corruption, discipline, open])
        }
        return byTargets(law, [corruption, discipline])
    }

    private func byTargets(_ law: ConditionLaw, _ before: [ConditionFinding]) -> GradeVerdict {
        let failed = law.share("GR-17", met, of: targets, { $0 >= $1 }, "từ")
        if failed.state == .notMet {
            return GradeVerdict(grade: .notCompleted, conditions: before + [failed])
        }
        let all = law.share("GR-10", met, of: targets, { $0 >= $1 }, "từ")
        let exceeded = law.share("GR-11", exceeded, of: targets, { $0 >= $1 }, "từ")
        let onTime = law.share("GR-14", onTime, of: targets, { $0 >= $1 }, "từ")
        let most = law.share("GR-15", met, of: targets, { $0 > $1 }, "trên")
        let under = subUnits
        let everyUnit = law.units("GR-12", under.completed, under)
        let goodUnits = law.units("GR-13", under.good, under)
        let mostUnits = law.units("GR-16", under.completed, under)
        return GradeVerdict(
            grade: first(of: [
                (.excellent, [failed, all, exceeded, everyUnit, goodUnits]),
                (.good, [failed, all, onTime, everyUnit, goodUnits]),
                (.completed, [failed, most, mostUnits]),
            ]),
            conditions: before
                + [failed, all, exceeded, onTime, most, everyUnit, goodUnits, mostUnits])
    }
}

extension ConditionLaw {
    /// Whether enough of the units under a head are of a class; those without a class may yet tip it.
    fileprivate func units(
        _ id: String, _ found: Int, _ units: HeadYear.SubUnits
    ) -> ConditionFinding {
        guard units.total > 0 else {
            return ground(id, "không có đơn vị trực thuộc", .met)
        }
        let sure = share(id, found, of: units.total, { $0 >= $1 }, "từ")
        let best = share(id, found + units.open, of: units.total, { $0 >= $1 }, "từ")
        guard sure.state == .notMet, best.state == .met else { return sure }
        return ConditionFinding(
            id: id, text: sure.text + " Còn \(units.open) đơn vị chưa xếp loại.",
            state: .undetermined, citation: sure.citation, verified: sure.verified)
    }
}
