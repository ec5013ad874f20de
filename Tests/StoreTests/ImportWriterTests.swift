import Rules
import Store
import Testing

@Suite struct ImportWriterTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    @Test func aNewRowIsInsertedTheSameAgainChangesNothing() async throws {
        let rows = [unitRow("A"), try caseRow("A", "1/QĐ")]
        #expect(try await store.take(rows) == [.inserted, .inserted])
        #expect(try await store.take(rows) == [.unchanged, .unchanged])
        let file = try await store.read { try $0.caseFile(CaseKey(unit: "A", decisionNo: "1/QĐ")) }
        #expect(file?.amountDue == Dong(1_000))
    }

    @Test func otherValuesAreACorrectionAndTheFormerVersionIsKept() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", due: 5)])
        #expect(try await store.take([try caseRow("A", "1", due: 7)]) == [.corrected])
        let key = CaseKey(unit: "A", decisionNo: "1")
        #expect(try await store.read { try $0.caseFile(key)?.amountDue } == Dong(7))
        let history = try await store.read { try $0.historyCount(of: "cases") }
        #expect(history == 1)
    }

    @Test func aColumnThatTheFileDoesNotHaveStaysAsItWas() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1", note: .text("giữ"))])
        #expect(try await store.take([try caseRow("A", "1", due: 9)]) == [.corrected])
        let key = CaseKey(unit: "A", decisionNo: "1")
        #expect(try await store.read { try $0.parties(of: key)?.note } == "giữ")
        #expect(try await store.take([try caseRow("A", "1", due: 9, note: .null)]) == [.corrected])
        #expect(try await store.read { try $0.parties(of: key)?.note } == nil)
    }

    @Test func aCaseNamesTheChangesThatBroughtIt() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1"), try caseRow("A", "2")])
        _ = try await store.take([
            Row(
                .payments,
                [
                    "unit_code": .text("A"), "decision_no": .text("1"), "receipt_no": .text("R"),
                    "paid_on": try day("2021-01-01"), "amount": .integer(1),
                    "source": .text("coerced"),
                ])
        ])
        _ = try await store.take([try caseRow("A", "2", due: 5)])
        #expect(try await store.read { try $0.changes(unit: "A") } == ["1": [1, 2], "2": [3]])
        #expect(
            try await store.read { try $0.changes(unit: "A", decisionNo: "1") } == ["1": [1, 2]])
    }

    @Test func theSameKeyTwiceInOneImportIsADuplicate() async throws {
        let outcomes = try await store.take(
            [unitRow("A"), try caseRow("A", "1"), try caseRow("A", "1", due: 3)], commit: false)
        #expect(outcomes == [.inserted, .inserted, .duplicate])
    }

    @Test func parentsThatAreNotThereAreNamed() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        let payment = Row(
            .payments,
            [
                "unit_code": .text("A"), "decision_no": .text("2"), "receipt_no": .text("R"),
                "paid_on": try day("2021-01-01"), "amount": .integer(1), "source": .text("coerced"),
            ])
        let round = Row(
            .rounds,
            [
                "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text("1"),
                "round": .integer(1), "starting_price": .integer(1),
            ])
        let officerless = Row(
            .cases,
            [
                "unit_code": .text("A"), "decision_no": .text("9"),
                "decision_on": try day("2021-01-01"), "initiative": .text("ex_officio"),
                "amount_due": .integer(1), "officer_code": .text("nobody"),
            ])
        let outcomes = try await store.take([try caseRow("B", "1"), payment, round, officerless])
        #expect(outcomes == [.unknownUnit, .unknownCase, .unknownAsset, .unknownOfficer])
    }

    @Test func aRowThatCannotBeAppliedStillNamesWhatItHangsOn() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")])
        func missing(_ row: Row) async throws -> RowOutcome? {
            try await store.write(commit: false) { scope in
                try ImportWriter(scope, stamp: stamp).missingReference(
                    FactRows(row.values), row: 0, of: row.kind)
            }
        }
        func payment(_ unit: FieldValue, _ number: String) -> Row {
            Row(.payments, ["unit_code": unit, "decision_no": .text(number)])
        }
        #expect(try await missing(payment(.text("A"), "1")) == nil)
        #expect(try await missing(payment(.text("A"), "2")) == .unknownCase)
        #expect(try await missing(payment(.text("B"), "1")) == .unknownUnit)
        #expect(try await missing(payment(.null, "1")) == nil, "an empty cell names nothing")
        let officer = Row(.cases, ["unit_code": .text("A"), "officer_code": .text("X")])
        #expect(try await missing(officer) == .unknownOfficer)
    }

    @Test func nothingIsLeftOfAnImportThatIsNotKept() async throws {
        _ = try await store.take([unitRow("A"), try caseRow("A", "1")], commit: false)
        #expect(try await store.read { try $0.units() } == [])
        #expect(try await store.read { try $0.lastChange() } == 0)
    }

    @Test func rowsOfOneDayKeepTheOrderInWhichTheyWereRecorded() async throws {
        func decision(_ kind: String) throws -> Row {
            Row(
                .decisions,
                [
                    "unit_code": .text("A"), "decision_no": .text("1"), "kind": .text(kind),
                    "decided_on": try day("2021-03-01"),
                ])
        }
        _ = try await store.take(
            [unitRow("A"), try caseRow("A", "1"), try decision("postpone"), try decision("resume")])
        let key = CaseKey(unit: "A", decisionNo: "1")
        let kinds = try await store.read { try $0.caseFile(key)?.decisions.map(\.kind) }
        #expect(kinds == [.postpone, .resume])
    }

    /// Every column of every kind has a column of the table, its history, and comes back as it went in.
    @Test(arguments: ImportKind.all.map(\.name))
    func everyKindFitsItsTable(_ name: String) async throws {
        let kind = try #require(ImportKind.named(name))
        let parents = [unitRow("u"), try caseRow("u", "d"), Row(.officers, Self.full(.officers))]
        let asset = Row(.assets, Self.full(.assets))
        let rows = kind.parent == .asset ? parents + [asset] : parents
        let others = name == "units" ? [] : rows.filter { $0.kind.name != name }
        let row = Row(kind, Self.full(kind))
        let outcomes = try await store.take(others + [row])
        #expect(outcomes.allSatisfy { $0 == .inserted || $0 == .corrected })
        #expect(try await store.take([row]) == [.unchanged])
    }

    /// A row with every column set; keys of parents are u, d and a.
    private static func full(_ kind: ImportKind) -> [String: FieldValue] {
        var cells: [String: FieldValue] = [:]
        for column in kind.columns {
            cells[column.name] =
                switch column.name {
                case "unit_code": .text("u")
                case "decision_no": .text("d")
                case "asset_no": .text("a")
                case "officer_code": .text("o")
                default:
                    switch column.type {
                    case .text: .text("chữ")
                    case .choice(let words): .text(words.last ?? "")
                    case .flag: .integer(1)
                    default: .integer(20_000)
                    }
                }
        }
        return cells
    }
}
