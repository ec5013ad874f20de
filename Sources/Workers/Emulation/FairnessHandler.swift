internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Rates that allow for age and load, and signals of gaming, beside the official score.
enum FairnessHandler {
    /// Cases named behind a signal at most.
    private static let evidence = 20
    private static let decimals = 6

    @Sendable
    static func fairness(
        _ request: EmulationV1.FairnessRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.FairnessReply {
        try call.access.requireProvince()
        let day = try call.asOf(request.asOf)
        let law = call.law
        return try await call.load { scope in
            let emulation = try scope.emulation(campaign: request.campaign, law: law, asOf: day)
            let wanted = request.unit.isEmpty ? nil : try scope.requiredUnit(request.unit).code
            let decided = try scope.decidedPoints(emulation)
            let officers = try scope.officers()
            var standings: [UnitStanding] = []
            var fair: [FairnessStanding] = []
            var signals: [String: [GamingSignal]] = [:]
            for unit in try scope.units() where emulation.plan.scores(unit) {
                let file = try scope.unitFile(unit)
                let standing = try scope.standing(
                    of: unit, emulation, decided: decided[unit.code])
                standings.append(standing)
                fair.append(
                    FairnessStanding(
                        file, officers: officers.count { $0.unit == unit.code },
                        plan: emulation.plan, asOf: day))
                signals[unit.code] = gamingSignals(
                    file, results: standing.results, plan: emulation.plan, asOf: day)
            }
            let rows = Rules.rank(standings, plan: emulation.plan)
            let (views, rate, load) = Rules.fairness(fair)
            return .with {
                $0.campaign = emulation.plan.id
                $0.planVersion = emulation.version
                $0.asOf = day.description
                $0.lawBook = law.digest
                $0.rows = views.filter { wanted == nil || $0.standing.unit.code == wanted }.map {
                    view in
                    let official = rows.first { $0.unit.code == view.standing.unit.code }
                    return row(view, official, signals[view.standing.unit.code] ?? [])
                }
                $0.provinceRate = text(rate)
                $0.provinceLoad = text(load)
            }
        }
    }

    private static func text(_ ratio: Ratio?) -> String {
        ratio?.decimal(places: decimals) ?? ""
    }

    private static func row(
        _ view: FairnessView, _ official: EmulationRow?, _ signals: [GamingSignal]
    ) -> EmulationV1.FairnessRow {
        let standing = view.standing
        return .with {
            $0.unit = standing.unit.code
            $0.name = standing.unit.name
            $0.officialScore = official.map { EmulationTranslation.points($0.score) } ?? ""
            $0.officialRank = official?.rank.map { UInt32(clamping: $0) }
            $0.stock = UInt32(clamping: standing.stock)
            $0.resolved = UInt32(clamping: standing.resolved)
            $0.officers = UInt32(clamping: standing.officers)
            $0.rate = text(standing.rate)
            $0.expectedRate = text(view.expected)
            $0.ageAdjustedRate = text(view.ageAdjusted)
            $0.load = text(standing.load)
            $0.loadAdjustedRate = text(view.loadAdjusted)
            $0.oldShare = text(standing.oldShare)
            $0.bands = standing.bands.map { band in
                .with {
                    $0.fromYears = UInt32(clamping: band.fromYears)
                    $0.toYears = UInt32(clamping: band.toYears ?? 0)
                    $0.cases = UInt32(clamping: band.cases)
                    $0.resolved = UInt32(clamping: band.resolved)
                }
            }
            $0.signals = signals.map(signal)
        }
    }

    private static func signal(_ signal: GamingSignal) -> EmulationV1.Signal {
        .with {
            $0.id = signal.kind.rawValue
            $0.severity = signal.severity.rawValue
            $0.text = signal.text
            $0.evidence = signal.cases.prefix(evidence).map(\.decisionNo)
            $0.evidenceCount = UInt32(clamping: signal.cases.count)
        }
    }
}

/// Attempts that were refused.
enum RefusalHandler {
    @Sendable
    static func refusals(
        _ request: EmulationV1.RefusalsRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.RefusalsReply {
        try call.access.requireProvince()
        return try await call.load { scope in
            let applied = try scope.appliedPlan(campaign: request.campaign.composed)
            let unit = request.unit.isEmpty ? nil : request.unit.composed
            let found = try scope.emulationRefusals(campaign: applied.plan.id, unit: unit)
            return .with {
                $0.refusals = found.map { refusal in
                    .with {
                        $0.principal = refusal.principal
                        $0.at = VietnamTime.text(refusal.atMilliseconds)
                        $0.campaign = refusal.campaign
                        $0.unit = refusal.unit
                        $0.step = refusal.step.rawValue
                        $0.reason = refusal.reason.rawValue
                        $0.message = refusal.message
                    }
                }
            }
        }
    }
}
