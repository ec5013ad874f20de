internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// What was corrected after a freeze, as differences of figures.
enum DiffHandler {
    @Sendable
    static func diff(
        _ request: ScoringV1.DiffRequest, _ call: WorkerCall,
        _ send: @Sendable (ScoringV1.DiffItem) async throws(Failure) -> Void
    ) async throws(Failure) {
        let day = request.asOf.isEmpty ? nil : try call.asOf(request.asOf)
        let law = call.law
        let items = try await call.load { scope in
            try Comparison(request.freeze, asOf: day, law: law, scope).items(of: request.unit)
        }
        for item in items { try await send(item) }
    }
}

/// A frozen board against the same plan's figures as the store stands.
private struct Comparison {
    private let freeze: Freeze
    private let board: ScoringV1.ScoreReply
    private let plan: CampaignPlan
    private let day: Day
    private let law: LawTable
    private let now: ReadScope
    private let then: ReadScope

    init(_ id: String, asOf day: Day?, law: LawTable, _ scope: ReadScope) throws {
        freeze = try scope.requiredFreeze(id).freeze
        board = try ScoringV1.ScoreReply(decoding: freeze.score)
        plan = try scope.appliedPlan(campaign: freeze.campaign, version: freeze.planVersion).plan
        self.day = day ?? freeze.asOf
        self.law = law
        now = scope
        then = try scope.known(at: freeze.knownAt)
    }

    func items(of code: String) throws -> [ScoringV1.DiffItem] {
        let units = try now.selectedUnits(code)
        let formerUnits = try then.units()
        var items = [try head()]
        var named: Set<UInt64> = []
        for unit in units where plan.scores(unit) {
            let former = formerUnits.first { $0.code == unit.code }
            for found in try differences(of: unit, former) {
                for entry in found.cases { named.formUnion(entry.changes) }
                items.append(.with { $0.item = .target(found) })
            }
        }
        for entry in try now.entries(of: named.map { Int64(clamping: $0) }) {
            items.append(.with { $0.item = .change(DiffTranslation.entry(entry)) })
        }
        return items
    }

    private func head() throws -> ScoringV1.DiffItem {
        let present = try now.appliedPlan(campaign: freeze.campaign).version.version
        let head = ScoringV1.DiffHead.with {
            $0.freeze = freeze.id
            $0.campaign = freeze.campaign
            $0.planVersion = UInt32(clamping: freeze.planVersion)
            $0.lawBook = freeze.lawBook
            $0.frozenAsOf = freeze.asOf.description
            $0.frozenAt = UInt64(clamping: freeze.knownAt)
            $0.asOf = day.description
            $0.planVersionNow = UInt32(clamping: present)
            $0.lawBookNow = law.digest
        }
        let change = UInt64(clamping: try now.lastChange())
        return .with {
            $0.item = .head(
                .with {
                    $0 = head
                    $0.change = change
                })
        }
    }

    private func differences(of unit: Unit, _ former: Unit?) throws -> [ScoringV1.TargetDiff] {
        let frozen = board.units.first { $0.unit == unit.code }?.targets ?? []
        let file = try now.unitFile(unit)
        let results = score(unit: file, plan: plan, law: law, asOf: day)
            .map(ScoringTranslation.result)
        let moved = results.filter { result in
            guard let old = frozen.first(where: { $0.id == result.id }) else { return true }
            return DiffTranslation.figure(old) != DiffTranslation.figure(result)
        }
        guard !moved.isEmpty else { return [] }
        let before =
            try former.map { try then.unitFile($0) }
            ?? UnitFile(unit: unit, cases: [], reports: [])
        let changes = try now.changes(unit: unit.code, after: freeze.knownAt)
        return moved.compactMap { result in
            guard let target = plan.target(result.id) else { return nil }
            let cases = Rules.differences(
                from: explain(
                    target: target, unit: before, plan: plan, law: law, asOf: freeze.asOf),
                to: explain(target: target, unit: file, plan: plan, law: law, asOf: day))
            return .with {
                $0.target = result.id
                $0.measure = result.measure
                $0.unit = unit.code
                $0.name = unit.name
                $0.then = frozen.first { $0.id == result.id }.map(DiffTranslation.figure)
                $0.now = DiffTranslation.figure(result)
                $0.unitOfCount = result.unitOfCount
                $0.cases = cases.map {
                    DiffTranslation.entry($0, changes: changes[$0.decisionNo] ?? [])
                }
            }
        }
    }
}

/// Differences become messages here.
private enum DiffTranslation {
    static func figure(_ result: ScoringV1.TargetResult) -> ScoringV1.Figure {
        .with {
            $0.numerator = result.numerator
            $0.denominator = result.denominator
            $0.rate = result.rate
            $0.state = result.state
        }
    }

    static func entry(
        _ difference: CaseDifference, changes: [Int64]
    ) -> ScoringV1.CaseDiff {
        .with {
            $0.decisionNo = difference.decisionNo
            $0.numeratorThen = difference.numeratorThen
            $0.denominatorThen = difference.denominatorThen
            $0.numeratorNow = difference.numeratorNow
            $0.denominatorNow = difference.denominatorNow
            $0.reason = difference.reason
            $0.changes = changes.map { UInt64(clamping: $0) }
        }
    }

    static func entry(_ change: ChangeEntry) -> ScoringV1.ChangeEntry {
        .with {
            $0.change = UInt64(clamping: change.change)
            $0.kind = change.kind
            $0.principal = change.principal
            $0.receivedOn = Day(inVietnamAt: change.receivedAtMilliseconds).description
            $0.files = change.files
        }
    }
}
