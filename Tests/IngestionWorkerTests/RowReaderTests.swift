import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

@Suite struct RowReaderTests {
    private func number(_ iso: String) throws -> FieldValue {
        .integer(Int64(try #require(Day(iso: iso)).number))
    }

    @Test func vietnameseHeadingsInAnyOrderCaseAndForm() async throws {
        let decomposed = "Cấp".decomposed
        let (rows, findings) = try await read(
            "TEN DON VI,\(decomposed),mã đơn vị\nChi cục A,district,A", as: .units)
        #expect(rows == [[.text("A"), .text("Chi cục A"), .text("district"), .null, .null]])
        #expect(findings.errors.isEmpty && findings.warnings.isEmpty)
    }

    @Test func textIsNormalisedOnce() async throws {
        let (rows, _) = try await read(
            "unit_code,name,level\nA,\("Nguyễn Thị Hường".decomposed),district", as: .units)
        guard case .text(let name) = rows[0][1] else { throw StoreFailure(.other, "no text") }
        #expect(Array(name.unicodeScalars) == Array("Nguyễn Thị Hường".unicodeScalars))
    }

    @Test(arguments: [
        ("31/5/2021", "2021-05-31"), ("31/05/2021", "2021-05-31"), ("2021-05-31", "2021-05-31"),
        ("44347", "2021-05-31"), (" 2021-05-31 ", "2021-05-31"),
    ])
    func daysAsPeopleTypeThem(_ typed: String, _ iso: String) async throws {
        let (rows, findings) = try await read(
            "unit_code,kind,submitted_on\nA,lists,\(typed)", as: .reports)
        #expect(findings.errors.isEmpty)
        #expect(rows.first?[2] == (try number(iso)))
    }

    @Test(arguments: [
        ("1.234.567", 1_234_567), ("\"1,234,567\"", 1_234_567), ("1234567 đồng", 1_234_567),
        ("1 234 567 VND", 1_234_567), ("0", 0),
    ])
    func moneyAsPeopleTypeIt(_ typed: String, _ amount: Int) async throws {
        let (rows, findings) = try await read(
            "unit_code,decision_no,due_on,amount\nA,1,2021-05-31,\(typed)", as: .commitments)
        #expect(findings.errors.isEmpty)
        #expect(rows.first?[3] == .integer(Int64(amount)))
    }

    @Test func everyBadCellIsOneErrorWithItsPlace() async throws {
        let (rows, findings) = try await read(
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

    @Test func whatCouldBeReadOfABadRowStaysInPlace() async throws {
        let trial = try ImportTrial(
            "reports.csv", Array("unit_code,kind,submitted_on\nA,lists,x".utf8))
        let (tables, _) = try await trial.read()
        #expect(tables[0].lines == [-2])
        #expect(tables[0].rows == [[.text("A"), .text("lists"), .null, .null]])
    }

    @Test func aMissingColumnIsAnErrorAnUnknownOneAWarning() async throws {
        let (_, findings) = try await read("unit_code,nam,level\nA,x,district", as: .units)
        #expect(findings.errors.map(\.code) == ["missing_column"])
        #expect(findings.errors.first?.column == "name")
        #expect(findings.warnings.map(\.code) == ["unknown_column"])
        #expect(findings.warnings.first?.hint.contains("name") == true)
    }

    @Test func findingsAreBoundedAndTheRestCounted() async throws {
        let bad = String(repeating: "A,lists,x\n", count: 1_000)
        let (_, findings) = try await read("unit_code,kind,submitted_on\n" + bad, as: .reports)
        #expect(findings.errors.count == FileFindings.Limits.listed)
        #expect(findings.moreErrors == 800)
    }

    @Test func aWorkbookOfErrorsMarksMoreThanAnAnswerLists() async throws {
        let bad = String(repeating: "A,lists,x\n", count: 1_000)
        let text = "unit_code,kind,submitted_on\n" + bad
        let trial = try ImportTrial([("reports.csv", Array(text.utf8))], kept: 900)
        let (tables, files) = try await trial.read()
        let kept = try #require(tables[0].findings)
        #expect(kept.errors.map(\.line) == Array(2...901).map(UInt64.init))
        #expect(kept.moreErrors == 100)
        let table = try #require(files[0].tables.first?.file)
        var application = FileApplication(table, in: .vi, keeping: 900)
        application.take(kept)
        for listed in [FileFindings.Limits.listed, FileFindings.Limits.marked] {
            let answer = IngestionTranslation.result(
                of: files[0], [application], isRejected: true, listing: listed)
            #expect(answer.errors.count == min(listed, 900))
            #expect(UInt64(answer.errors.count) + answer.moreErrors == 1_000)
        }
    }

    @Test func whatIsKeptIsBoundedOverAllTables() {
        let options = ReadingOptions(book: ImportTrial.book, language: .vi)
        #expect(options.marking(tables: 1).kept == 10_000)
        #expect(options.marking(tables: 4).kept == 2_500)
        #expect(options.marking(tables: 256).kept == FileFindings.Limits.listed)
    }
}

extension String {
    /// The same text, letters and accents apart.
    var decomposed: String { decomposedStringWithCanonicalMapping }
}
