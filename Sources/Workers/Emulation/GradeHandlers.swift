internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Grades, titles and quotas.
enum GradeHandlers {
    @Sendable
    static func grades(
        _ request: EmulationV1.GradesRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.GradesReply {
        let day = try call.asOf(request.asOf)
        let (law, access) = (call.law, call.access)
        return try await call.load { scope in
            let emulation = try scope.emulation(campaign: request.campaign, law: law, asOf: day)
            let wanted = request.unit.isEmpty ? nil : try scope.requiredUnit(request.unit).code
            let board = try scope.gradeBoard(emulation)
            let rows = board.rows.filter {
                (wanted == nil || $0.unit == wanted) && access.covers(unit: $0.unit)
            }
            return .with {
                $0.campaign = emulation.plan.id
                $0.planVersion = emulation.version
                $0.asOf = day.description
                $0.lawBook = law.digest
                $0.rows = rows.map { row($0, board.quotas) }
                if access.coversProvince { $0.quotas = board.quotas.map(quota) }
            }
        }
    }

    private static func row(
        _ row: BoardRow, _ quotas: [AwardQuota]
    ) -> EmulationV1.PersonGrade {
        .with {
            $0.kind = row.kind.rawValue
            $0.unit = row.unit
            $0.code = row.code
            $0.name = row.name
            if let verdict = row.verdict {
                $0.grade = verdict.grade?.rawValue ?? "undetermined"
                $0.reasons = verdict.conditions.map(EmulationTranslation.condition)
            }
            $0.titles = row.titles.map { eligibility($0, quotas) }
        }
    }

    static func eligibility(
        _ eligibility: Eligibility, _ quotas: [AwardQuota]
    ) -> EmulationV1.Eligibility {
        .with {
            $0.title = eligibility.title.rawValue
            $0.name = eligibility.title.vietnamese
            $0.outcome = eligibility.outcome.rawValue
            $0.conditions = eligibility.conditions.map(EmulationTranslation.condition)
            if eligibility.outcome != .notEligible {
                $0.quota =
                    quotas.first { $0.title == eligibility.title.rawValue && $0.isExceeded }
                    .map(choice) ?? ""
            }
        }
    }

    private static func choice(_ quota: AwardQuota) -> String {
        "Có \(quota.eligible) đủ điều kiện, tối đa \(quota.slots ?? 0) trên \(quota.of) "
            + "(\(quota.scope)): hội đồng chọn."
    }

    private static func quota(_ quota: AwardQuota) -> EmulationV1.Quota {
        .with {
            $0.title = quota.title
            $0.name = quota.name
            $0.scope = quota.scope
            $0.of = UInt32(clamping: quota.of)
            $0.slots = UInt32(clamping: quota.slots ?? 0)
            $0.eligible = UInt32(clamping: quota.eligible)
            $0.citation = quota.citation?.description ?? ""
            $0.verified = quota.verified
        }
    }
}

extension ReadScope {
    /// The board of the whole province: quotas are counted over all of it.
    func gradeBoard(_ emulation: EmulationCase) throws -> GradeBoard {
        let officers = try officers()
        let merits = try merits()
        let years = try units().map { unit in
            let file = try unitFile(unit)
            return UnitYear(
                standing: UnitStanding(
                    file, plan: emulation.plan, law: emulation.law, asOf: emulation.day),
                officers: officers.filter { $0.unit == unit.code }.map { officer in
                    UnitYear.Member(
                        code: officer.code, name: officer.name,
                        standing: UnitStanding(
                            officer: officer.code, in: file, plan: emulation.plan,
                            law: emulation.law, asOf: emulation.day))
                },
                merits: merits[unit.code] ?? [])
        }
        return Rules.gradeBoard(
            years, plan: emulation.plan, law: emulation.law, asOf: emulation.day)
    }
}
