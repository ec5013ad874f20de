import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// Reads a text of one kind; gives the values of each good row and the findings.
func read(_ text: String, as kind: ImportKind) throws -> (rows: [[FieldValue]], FileFindings) {
    let bytes = Array(text.utf8)
    var sent = false
    var reader = CSVReader {
        defer { sent = true }
        return sent ? nil : bytes
    }
    var findings = FileFindings()
    var rows: [[FieldValue]] = []
    guard try reader.nextRow() else { return ([], findings) }
    let heading = (0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) }
    guard let map = HeadingMap(heading, kind: kind, findings: &findings) else {
        return ([], findings)
    }
    let row = RowReader(kind: kind, map: map)
    var values: [FieldValue] = []
    while try reader.nextRow() {
        if row.read(reader, into: &values, findings: &findings) { rows.append(values) }
    }
    return (rows, findings)
}

@Suite struct RowReaderTests {
    private func number(_ iso: String) throws -> FieldValue {
        .integer(Int64(try #require(Day(iso: iso)).number))
    }

    @Test func vietnameseHeadingsInAnyOrderCaseAndForm() throws {
        let decomposed = "Cấp".decomposed
        let (rows, findings) = try read(
            "TEN DON VI,\(decomposed),mã đơn vị\nChi cục A,district,A", as: .units)
        #expect(rows == [[.text("A"), .text("Chi cục A"), .text("district"), .null, .null]])
        #expect(findings.errors.isEmpty && findings.warnings.isEmpty)
    }

    @Test func textIsNormalisedOnce() throws {
        let (rows, _) = try read(
            "unit_code,name,level\nA,\("Nguyễn Thị Hường".decomposed),district", as: .units)
        guard case .text(let name) = rows[0][1] else { throw StoreFailure(.other, "no text") }
        #expect(Array(name.unicodeScalars) == Array("Nguyễn Thị Hường".unicodeScalars))
    }

    @Test(arguments: [
        ("31/5/2021", "2021-05-31"), ("31/05/2021", "2021-05-31"), ("2021-05-31", "2021-05-31"),
        ("44347", "2021-05-31"), (" 2021-05-31 ", "2021-05-31"),
    ])
    func daysAsPeopleTypeThem(_ typed: String, _ iso: String) throws {
        let (rows, findings) = try read(
            "unit_code,kind,submitted_on\nA,lists,\(typed)", as: .reports)
        #expect(findings.errors.isEmpty)
        #expect(rows.first?[2] == (try number(iso)))
    }

    @Test(arguments: [
        ("1.234.567", 1_234_567), ("\"1,234,567\"", 1_234_567), ("1234567 đồng", 1_234_567),
        ("1 234 567 VND", 1_234_567), ("0", 0),
    ])
    func moneyAsPeopleTypeIt(_ typed: String, _ amount: Int) throws {
        let (rows, findings) = try read(
            "unit_code,decision_no,due_on,amount\nA,1,2021-05-31,\(typed)", as: .commitments)
        #expect(findings.errors.isEmpty)
        #expect(rows.first?[3] == .integer(Int64(amount)))
    }

    @Test func everyBadCellIsOneErrorWithItsPlace() throws {
        let (rows, findings) = try read(
            """
            unit_code,decision_no,receipt_no,paid_on,amount,source
            A,1,R1,31/02/2021,abc,voluntry
            A,1,,2021-05-31,5,coerced
            A,1,R3,2021-05-31,5,coerced
            """, as: .payments)
        #expect(rows.count == 1)
        #expect(
            findings.errors.map(\.code) == ["bad_date", "bad_money", "bad_value", "missing_value"])
        #expect(findings.errors.map(\.line) == [2, 2, 2, 3])
        #expect(findings.errors.map(\.column) == ["paid_on", "amount", "source", "receipt_no"])
        #expect(findings.errors[2].hint.contains("voluntary"))
        #expect(findings.errors[0].found == "31/02/2021")
    }

    @Test func whatCouldBeReadOfABadRowStaysInPlace() throws {
        let bytes = Array("unit_code,kind,submitted_on\nA,lists,x".utf8)
        var sent = false
        var reader = CSVReader {
            defer { sent = true }
            return sent ? nil : bytes
        }
        _ = try reader.nextRow()
        var findings = FileFindings()
        let heading = ["unit_code", "kind", "submitted_on"]
        let map = try #require(HeadingMap(heading, kind: .reports, findings: &findings))
        _ = try reader.nextRow()
        var values: [FieldValue] = []
        #expect(
            !RowReader(kind: .reports, map: map).read(
                reader, into: &values, findings: &findings))
        #expect(values == [.text("A"), .text("lists"), .null, .null])
    }

    @Test func aMissingColumnIsAnErrorAnUnknownOneAWarning() throws {
        let (_, findings) = try read("unit_code,nam,level\nA,x,district", as: .units)
        #expect(findings.errors.map(\.code) == ["missing_column"])
        #expect(findings.errors.first?.column == "name")
        #expect(findings.warnings.map(\.code) == ["unknown_column"])
        #expect(findings.warnings.first?.hint.contains("name") == true)
    }

    @Test func findingsAreBoundedAndTheRestCounted() throws {
        let bad = String(repeating: "A,lists,x\n", count: 1_000)
        let (_, findings) = try read("unit_code,kind,submitted_on\n" + bad, as: .reports)
        #expect(findings.errors.count == FileFindings.Limits.listed)
        #expect(findings.moreErrors == 800)
    }

    /// A heading can mean one column only.
    @Test(arguments: ImportKind.all.map(\.name)) func headingsAreUnambiguous(_ name: String) throws
    {
        let kind = try #require(ImportKind.named(name))
        var seen: [String: String] = [:]
        for column in kind.columns {
            for spelling in Set(([column.name] + column.headings).map(VietnameseText.folded)) {
                #expect(seen[spelling] == nil, "\(spelling) means \(column.name) too")
                seen[spelling] = column.name
            }
        }
    }
}

extension String {
    /// The same text, letters and accents apart.
    var decomposed: String { decomposedStringWithCanonicalMapping }
}
