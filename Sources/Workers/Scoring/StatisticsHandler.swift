internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The statistics of the reporting year, their identities checked on each run.
enum StatisticsHandler {
    /// Rules of the law book that the columns rest on.
    private static let columns = [
        "S-01", "S-02", "S-05", "S-06", "S-07", "S-07a", "S-08", "S-09", "S-12",
    ]
    /// Who reports at the end of a period, and the rule of the period for it.
    private static let deadlines = ["S-16.officer", "S-16.branch", "S-16.department"]

    @Sendable
    static func statistics(
        _ request: ScoringV1.StatisticsRequest, _ call: WorkerCall
    ) async throws(Failure) -> ScoringV1.StatisticsReply {
        let day = try call.asOf(request.asOf)
        let (law, access) = (call.law, call.access)
        guard ["", "unit", "officer"].contains(request.by) else {
            throw Failure(
                .invalidArgument, "không thống kê theo “\(request.by)”", field: "by",
                hint: "chọn unit hoặc officer")
        }
        return try await call.load { scope in
            let scope = try scope.known(as: request.knownAt)
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let year = applied.plan.reportingYear(holding: day)
            let asked = try scope.selectedUnits(request.unit).map(\.code)
            var counted: [UnitStatistics] = []
            var province = StatisticsFigures()
            for unit in try scope.units()
            where access.covers(unit: unit.code) {
                let found = Rules.statistics(
                    of: try scope.unitFile(unit), year: year, asOf: day)
                province += found.total
                counted.append(found)
            }
            var reply = ScoringV1.StatisticsReply.with {
                $0.campaign = applied.plan.id
                $0.planVersion = UInt32(clamping: applied.version.version)
                $0.asOf = day.description
                $0.lawBook = law.digest
                $0.yearStart = year.start.description
                $0.yearEnd = year.end.description
                $0.periodEnd = day.endOfMonth.description
                if access.coversProvince { $0.province = row(nil, province) }
                $0.identities = identityChecks(of: counted, province: province).map(identity)
                $0.deadlines = deadlines.compactMap { deadline($0, after: day.endOfMonth, law) }
                $0.unverified = columns.filter { law.rule($0, on: day)?.verified != true }
            }
            reply.change = UInt64(clamping: try scope.lastChange())
            for unit in counted where asked.contains(unit.unit.code) {
                reply.rows.append(row(unit.unit, unit.total))
                guard request.by == "officer" else { continue }
                reply.rows += unit.officers.map { entry in
                    var row = row(unit.unit, entry.figures)
                    row.officer = entry.officer ?? ""
                    row.byOfficer = true
                    return row
                }
            }
            return reply
        }
    }

    private static func row(
        _ unit: Unit?, _ figures: StatisticsFigures
    ) -> ScoringV1.StatisticsRow {
        .with {
            $0.unit = unit?.code ?? ""
            $0.name = unit?.name ?? ""
            $0.cases = column(figures.cases)
            $0.money = column(figures.money)
        }
    }

    private static func column(_ column: StatisticsColumn) -> ScoringV1.StatisticsFigures {
        .with {
            $0.carriedOver = Int64(clamping: column.carriedOver)
            $0.taken = Int64(clamping: column.taken)
            $0.received = Int64(clamping: column.received)
            $0.delegated = Int64(clamping: column.delegated)
            $0.toEnforce = Int64(clamping: column.toEnforce)
            $0.enforceable = Int64(clamping: column.enforceable)
            $0.completed = Int64(clamping: column.completed)
            $0.terminated = Int64(clamping: column.terminated)
            $0.reduced = Int64(clamping: column.reduced)
            $0.done = Int64(clamping: column.done)
            $0.underWay = Int64(clamping: column.underWay)
            $0.postponedByAgreement = Int64(clamping: column.postponedByAgreement)
            $0.leftByFinished = Int64(clamping: column.leftByFinished)
            $0.notEnforceable = Int64(clamping: column.notEnforceable)
            $0.held = Int64(clamping: column.held)
            $0.carriedForward = Int64(clamping: column.carriedForward)
            $0.doneRate = column.doneRate?.decimal(places: ScoringTranslation.rateDecimals)
            $0.enforceableRate = column.enforceableRate?
                .decimal(places: ScoringTranslation.rateDecimals)
        }
    }

    private static func identity(_ check: IdentityCheck) -> ScoringV1.StatisticsIdentity {
        .with {
            $0.id = check.identity.rawValue
            $0.text = check.identity.text
            $0.holds = check.holds
            $0.broken = check.broken
        }
    }

    /// When a report on the period that ends on `end` is due; nil where the law book has no such period.
    private static func deadline(
        _ id: String, after end: Day, _ law: LawTable
    ) -> ScoringV1.StatisticsDeadline? {
        do throws(MissingRule) {
            let found = try law.period(id, on: end)
            let due = law.calendar.due(found.period, from: end)
            return .with {
                $0.rule = id
                $0.title = found.rule.title
                $0.dueOn = due.description
                $0.citation = found.rule.citation.description
                $0.verified =
                    found.rule.verified && law.calendar.isCertain(from: end, through: due)
            }
        } catch {
            return nil
        }
    }
}
