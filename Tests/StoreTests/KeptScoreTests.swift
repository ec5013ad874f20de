import Foundation
import LawBook
import Rules
import Store
import Testing

/// Scores kept up to date from the change log equal those counted from the start, whatever has changed, for the
/// sample's plan and for plans of every other shape; and both equal what the rules say of the whole files.
@Suite struct KeptScoreTests {
    /// Changes of each sequence; the long run sets another number.
    private static let changes =
        ProcessInfo.processInfo.environment["CAODIEM_SCORE_CHANGES"].flatMap(Int.init) ?? 75
    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    private static let plans = [
        "soc-trang-2021/plan", "plans/bands-by-caseload", "plans/credit-institutions",
        "plans/officers-and-categories", "plans/rounds-and-months",
        "plans/stock-against-last-year",
    ]

    private static let scorers = Result { () -> [Scorer] in
        let law = try LawBook.load(directory: root + "/Sources/LawBook/Law")
        guard let day = Day(iso: "2021-05-20") else { throw StoreFailure(.other, "no day") }
        return try plans.map { name in
            let path = root + "/Samples/\(name).yaml"
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            var plan = try PlanFile.parse(bytes: bytes, name: name)
            if name != plans[0] {
                plan.targets.append(
                    Target(
                        id: "coercions", measure: .coercionsDone, list: nil,
                        threshold: Ratio(1, 2), dueOn: plan.window.end, paragraph: ""))
            }
            return Scorer(plan: plan, law: law, asOf: day)
        }
    }

    @Test(arguments: [UInt64](1...3))
    func keptScoresEqualThoseCountedFromTheStart(seed: UInt64) async throws {
        let scorers = try Self.scorers.get()
        let fixture = try StoreFixture()
        let store = try fixture.open()
        var province = RandomProvince(seed: seed)
        _ = try await store.take(try province.units())
        let kept = KeptBoards()
        try await kept.begin(scorers, in: store)
        for number in 1...Self.changes {
            try await province.change(store)
            try await kept.update(from: store)
            guard number % 25 == 0 || number == Self.changes else { continue }
            let differing = try await kept.differing(from: store)
            #expect(differing == [], "seed \(seed), change \(number)")
            guard differing.isEmpty else { return }
        }
        let (counted, corrected) = try await store.read {
            (
                try $0.count(of: "cases"),
                try $0.historyCount(of: "decisions") + $0.historyCount(of: "payments")
                    + $0.historyCount(of: "cases")
            )
        }
        #expect(counted > 0)
        #expect(corrected > 0)
    }
}

/// Scores of several plans, kept side by side.
private final class KeptBoards: @unchecked Sendable {
    // Unchecked: one test uses it, one transaction at a time.
    private var boards: [KeptScores] = []

    func begin(_ scorers: [Scorer], in store: Store) async throws {
        boards = try await store.read { scope in
            try scorers.map { try KeptScores($0, counting: scope) }
        }
    }

    func update(from store: Store) async throws {
        try await store.read { scope in
            for index in self.boards.indices { _ = try self.boards[index].update(from: scope) }
        }
    }

    /// Where the scores are not those of a count from the start, or of the rules over whole files.
    func differing(from store: Store) async throws -> [String] {
        try await store.read { scope in
            let files = try scope.units().map { try scope.unitFile($0) }
            var differing: [String] = []
            for board in self.boards {
                let anew = try KeptScores(board.scorer, counting: scope)
                if board.change != anew.change { differing.append("change") }
                if board.province != anew.province { differing.append("province") }
                for (kept, counted) in zip(board.units, anew.units)
                where kept.results != counted.results {
                    differing.append("\(board.scorer.plan.id) \(kept.unit.code)")
                }
                for file in files where board.scorer.plan.scores(file.unit) {
                    let told = board.scorer.score(file)
                    if board.units.first(where: { $0.unit == file.unit })?.results != told {
                        differing.append("\(board.scorer.plan.id) \(file.unit.code) by its file")
                    }
                }
            }
            return differing
        }
    }
}

/// Changes at random: every kind that is scored, with every column; imports of one batch and of several,
/// corrections, retractions, nominations.
private struct RandomProvince {
    private var random: SeededGenerator
    private let codes = ["A", "B", "C"]
    private var staged = 0
    private static let kinds =
        [
            ImportKind.cases, .decisions, .decisions, .payments, .payments, .verifications, .assets,
            .valuations, .rounds, .rounds, .reductions, .reductions, .nominations, .nominations,
            .violations, .reports,
        ] + ["coercions"].compactMap(ImportKind.named)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func units() throws -> [Row] {
        var rows = codes.map { unitRow($0) }
        for number in 0..<4 {
            rows.append(
                Row(
                    .officers,
                    [
                        "officer_code": .text("\(number)"), "name": .text("tên"),
                        "unit_code": .text(codes[number % 3]),
                    ]))
        }
        return rows
    }

    mutating func change(_ store: Store) async throws {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: try await retract(store)
        case 1: try await stage(store)
        case 2: try await nominate(store)
        case 3:
            // A unit is named anew, or another joins.
            _ = try await store.take([
                unitRow(["A", "D"].randomElement(using: &random) ?? "A", name: "\(staged)")
            ])
        default:
            let rows = Int.random(in: 1...4, using: &random)
            _ = try await store.take(try (0..<rows).map { _ in try row() })
        }
    }

    private mutating func retract(_ store: Store) async throws {
        let last = try await store.read { try $0.lastChange() }
        let change = Int64.random(in: 2...max(2, last), using: &random)
        _ = try await store.write { try $0.retractImport(change: change, stamp: stamp) }
    }

    private mutating func stage(_ store: Store) async throws {
        staged += 1
        let batches = Staged()
        try await batches.batch(try (0..<3).map { _ in try row() }, in: store)
        // Another change comes in while the import is under way.
        _ = try await store.take([try row()])
        try await batches.batch(try (0..<3).map { _ in try row() }, in: store)
        do {
            try await batches.publish(in: store)
        } catch let failure as StoreFailure where failure.reason == .busy {
            _ = try await store.purgeStagedImports()
        }
    }

    private mutating func nominate(_ store: Store) async throws {
        let code = codes.randomElement(using: &random) ?? "A"
        let entry = NominationEntry(
            decisionNo: "\(Int.random(in: 0..<9, using: &random))", list: "old_case",
            submittedOn: try aDay())
        let stands = try await store.read {
            try $0.stands(unit: code, decisionNo: entry.decisionNo)
        }
        guard stands else { return }
        _ = try await store.write { try $0.nominate(unit: code, [entry], stamp: stamp) }
    }

    private mutating func row() throws -> Row {
        let kind = RandomProvince.kinds.randomElement(using: &random) ?? .cases
        var cells: [String: FieldValue] = [:]
        for column in kind.columns
        where column.isRequired || Int.random(in: 0..<3, using: &random) > 0 {
            cells[column.name] = try value(of: column)
        }
        return Row(kind, cells)
    }

    private mutating func value(of column: ImportColumn) throws -> FieldValue {
        switch column.name {
        case "unit_code": return .text(codes.randomElement(using: &random) ?? "A")
        case "list":
            return .text(["large_value", "old_case"].randomElement(using: &random) ?? "old_case")
        case "ground": return .text(["48.1.c", "44a.1.a"].randomElement(using: &random) ?? "")
        case "decision_on":
            let day = Int64.random(in: 16_800...18_800, using: &random)
            return .integer(day)
        default: break
        }
        switch column.type {
        case .text: return .text("\(Int.random(in: 0..<9, using: &random) % 4)")
        case .day: return try .integer(Int64(aDay().number))
        case .money: return .integer(Int64.random(in: 0...2_000, using: &random))
        case .integer: return .integer(Int64.random(in: 1...3, using: &random))
        case .flag: return .integer(Int64.random(in: 0...1, using: &random))
        case .choice(let words): return .text(words.randomElement(using: &random) ?? "")
        }
    }

    /// Around the year before and the window, with days that are met often.
    private mutating func aDay() throws -> Day {
        let first: Int32 = Bool.random(using: &random) ? 18_600 : 18_250
        return Day(number: first + Int32.random(in: 0..<170, using: &random))
    }
}
