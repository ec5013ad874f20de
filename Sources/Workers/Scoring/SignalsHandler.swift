internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Patterns that make figures look better than the work behind them.
enum SignalsHandler {
    @Sendable
    static func signals(
        _ request: ScoringV1.SignalsRequest, _ call: WorkerCall,
        _ send: @Sendable (ScoringV1.Signal) async throws(Failure) -> Void
    ) async throws(Failure) {
        try call.access.requireProvince()
        let day = try call.asOf(request.asOf)
        let law = call.law
        let found = try await call.load { scope -> [(Unit, Signal)] in
            let plan = try scope.appliedPlan(campaign: request.campaign).plan
            let units = try scope.selectedUnits(request.unit)
            let freeze = try scope.freezes().last { $0.freeze.campaign == plan.id }?.freeze
            let close = freeze?.asOf ?? plan.window.end
            let habit = plan.settings.signals.habit
            let circles = delegationCircles(try scope.delegatedJudgments(by: day), habit: habit)
            let late = try freeze.map { try lateSignals($0, plan, scope) } ?? [:]
            var found: [(Unit, Signal)] = []
            for unit in units {
                let own = Rules.signals(
                    of: try scope.unitFile(unit), plan: plan, law: law, closedOn: close, asOf: day)
                let all = own + [circles[unit.code], late[unit.code]].compactMap { $0 }
                for check in SignalCheck.allCases {
                    found += all.filter { $0.check == check }.map { (unit, $0) }
                }
            }
            return found
        }
        for (unit, signal) in found { try await send(message(unit, signal)) }
    }

    private static func lateSignals(
        _ freeze: Freeze, _ plan: CampaignPlan, _ scope: ReadScope
    ) throws -> [String: Signal] {
        let records = try scope.lateRecords(window: plan.window, after: freeze.knownAt)
        let entries = try scope.entries(of: Set(records.map(\.change)))
        let received = Dictionary(
            entries.map { ($0.change, Day(inVietnamAt: $0.receivedAtMilliseconds)) },
            uniquingKeysWith: { a, _ in a })
        return recordedAfterClose(
            records.compactMap { record in
                received[record.change].map { on in
                    LateRecord(
                        key: CaseKey(unit: record.unit, decisionNo: record.decisionNo),
                        kind: record.kind, datedOn: record.datedOn, receivedOn: on,
                        change: record.change)
                }
            }, freeze: freeze.id, habit: plan.settings.signals.habit)
    }

    private static func message(_ unit: Unit, _ signal: Signal) -> ScoringV1.Signal {
        .with {
            $0.check = signal.check.rawValue
            $0.title = signal.check.title
            $0.severity = signal.severity.rawValue
            $0.unit = unit.code
            $0.name = unit.name
            $0.text = signal.text
            $0.evidence = signal.evidence.map { entry in
                .with {
                    $0.decisionNo = entry.decisionNo ?? ""
                    $0.facts = entry.facts.map { fact in
                        .with {
                            $0.name = fact.name
                            $0.value = fact.value
                        }
                    }
                }
            }
        }
    }
}
