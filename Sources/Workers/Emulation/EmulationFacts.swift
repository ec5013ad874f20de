internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The plan with its table of points, and the day and law by which it is read.
struct EmulationCase {
    let applied: AppliedPlan
    let law: LawTable
    let day: Day

    var plan: CampaignPlan { applied.plan }
    var table: EmulationTable { plan.emulation }
    var version: UInt32 { UInt32(clamping: applied.version.version) }
}

extension ReadScope {
    /// The campaign's plan; refused where it has no table of points.
    func emulation(campaign: String, law: LawTable, asOf day: Day) throws -> EmulationCase {
        let applied = try appliedPlan(campaign: campaign.composed)
        guard !applied.plan.emulation.criteria.isEmpty else {
            throw Failure(
                .failedPrecondition, "kế hoạch \(applied.plan.id) không có bảng điểm thi đua",
                hint: "thêm mục emulation vào tệp kế hoạch rồi áp dụng lại")
        }
        return EmulationCase(applied: applied, law: law, day: day)
    }

    /// The unit that a sheet is about; refused where the plan does not score it.
    func scoredUnit(_ code: String, _ emulation: EmulationCase) throws -> Unit {
        let unit = try requiredUnit(code)
        guard emulation.plan.scores(unit) else {
            throw Failure(
                .failedPrecondition, "kế hoạch \(emulation.plan.id) không chấm điểm \(unit.code)",
                field: "unit", hint: "xem settings.province_is_unit của kế hoạch")
        }
        return unit
    }

    /// What each unit that the plan scores stands at; manual points of decided sheets count.
    func standings(_ emulation: EmulationCase) throws -> [UnitStanding] {
        let decided = try decidedPoints(emulation)
        return try units().filter(emulation.plan.scores).map { unit in
            try standing(of: unit, emulation, decided: decided[unit.code])
        }
    }

    func standing(
        of unit: Unit, _ emulation: EmulationCase, decided: [String: GivenPoints]?
    ) throws -> UnitStanding {
        var standing = UnitStanding(
            try unitFile(unit), plan: emulation.plan, law: emulation.law, asOf: emulation.day)
        let manual = Set(emulation.table.criteria.filter(\.isManual).map(\.id))
        standing.given = (decided ?? [:]).filter { manual.contains($0.key) }
        return standing
    }

    /// The decided points by unit.
    func decidedPoints(_ emulation: EmulationCase) throws -> [String: [String: GivenPoints]] {
        var points: [String: [String: GivenPoints]] = [:]
        for stored in try scoreSheets(campaign: emulation.plan.id)
        where stored.sheet.state == .decided {
            points[stored.sheet.unit] = stored.sheet.given(.decided)
        }
        return points
    }
}
