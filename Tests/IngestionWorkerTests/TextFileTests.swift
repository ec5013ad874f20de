import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// Text files in every encoding that offices send.
@Suite struct TextFileTests {
    private static let text =
        "Mã đơn vị,Số quyết định,Ngày đến hạn,Số tiền\nA,Nguyễn Đức 1,31/5/2021,\"1.000\"\nA,\"x\ny\",2021-06-01,2\n"
    private static let rows: [[FieldValue]] = [
        [.text("A"), .text("Nguyễn Đức 1"), .integer(18_778), .integer(1_000)],
        [.text("A"), .text("x\ny"), .integer(18_779), .integer(2)],
    ]

    private func read(
        _ bytes: [UInt8], legacy: LegacyVietnamese? = nil
    ) async throws -> (rows: [[FieldValue]], encoding: TextEncoding?, codes: [String]) {
        let trial = try ImportTrial([("commitments.csv", bytes)], legacy: legacy)
        let (tables, files) = try await trial.read()
        let found = files[0].findings.errors + tables.flatMap { $0.findings?.errors ?? [] }
        let warned = files[0].findings.warnings.map(\.code)
        return (
            zip(tables.first?.lines ?? [], tables.first?.rows ?? []).filter { $0.0 > 0 }.map(\.1),
            files[0].encoding, found.map(\.code) + warned
        )
    }

    private func days(_ rows: [[FieldValue]]) throws -> [[FieldValue]] {
        let first = try #require(Day(iso: "2021-05-31"))
        return [
            [rows[0][0], rows[0][1], .integer(Int64(first.number)), rows[0][3]],
            [rows[1][0], rows[1][1], .integer(Int64((first + 1).number)), rows[1][3]],
        ]
    }

    private func utf16(_ text: String, little: Bool, mark: Bool) -> [UInt8] {
        (mark ? "\u{FEFF}" + text : text).utf16.flatMap { unit in
            little
                ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    @Test func unicodeInEveryForm() async throws {
        let text = TextFileTests.text
        let expected = try days(TextFileTests.rows)
        let forms: [(String, [UInt8], TextEncoding)] = [
            ("UTF-8", Array(text.utf8), .utf8),
            ("with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
            ("accents apart", Array(text.decomposed.utf8), .utf8),
            ("semicolons", Array(text.replacing(",", with: ";").utf8), .utf8),
            ("tabs, CRLF", Array(text.replacing(",", with: "\t").utf8), .utf8),
            ("sep=", Array(("sep=;\r\n" + text.replacing(",", with: ";")).utf8), .utf8),
            ("UTF-16 LE", utf16(text, little: true, mark: true), .utf16LittleEndian),
            ("UTF-16 BE", utf16(text, little: false, mark: true), .utf16BigEndian),
            ("UTF-16 LE, no mark", utf16(text, little: true, mark: false), .utf16LittleEndian),
            ("UTF-16 BE, no mark", utf16(text, little: false, mark: false), .utf16BigEndian),
        ]
        for (name, bytes, encoding) in forms {
            let found = try await read(bytes)
            #expect(found.rows == expected, "\(name)")
            #expect(found.encoding == encoding, "\(name)")
            #expect(found.codes.isEmpty, "\(name)")
        }
    }

    @Test(arguments: LegacyVietnamese.allCases)
    func legacyWhenAsked(_ legacy: LegacyVietnamese) async throws {
        let expected = try days(TextFileTests.rows)
        let written = legacy.encoded(TextFileTests.text)
        // As bytes, and as a file that was saved as UTF-8 from such a text.
        let bytes = written.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        for form in [bytes, Array(written.utf8)] {
            let found = try await read(form, legacy: legacy)
            #expect(found.rows == expected)
            #expect(found.codes.isEmpty)
        }
    }

    @Test(arguments: LegacyVietnamese.allCases)
    func legacyIsSuggested(_ legacy: LegacyVietnamese) async throws {
        let written = legacy.encoded(TextFileTests.text)
        let bytes = written.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let trial = try ImportTrial("commitments.csv", bytes)
        let error = try #require(try trial.survey()[0].findings.errors.first)
        #expect(error.code == "bad_encoding")
        #expect(error.hint.contains("--encoding \(legacy.rawValue)"))
        let saved = try ImportTrial("commitments.csv", Array(written.utf8)).survey()[0]
        let warning = try #require(saved.findings.warnings.first { $0.code == "looks_legacy" })
        #expect(warning.hint.contains("--encoding \(legacy.rawValue)"))
    }

    @Test func aLongLegacyFileIsCutNowhere() async throws {
        let line = "A,Nguyễn Thị Hường ở Kế Sách,2021-05-31,5\n"
        let count = 20_000
        let text =
            "unit_code,decision_no,due_on,amount\n" + String(repeating: line, count: count)
        let written = LegacyVietnamese.vni.encoded(text)
        let found = try await read(
            written.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, legacy: .vni)
        #expect(found.rows.count == count)
        #expect(found.rows.allSatisfy { $0[1] == .text("Nguyễn Thị Hường ở Kế Sách") })
    }

    @Test func aCutUTF16FileIsNamed() async throws {
        let bytes = utf16(TextFileTests.text, little: true, mark: true).dropLast()
        #expect(try await read(Array(bytes)).codes == ["bad_encoding"])
    }

    @Test func rubbishIsRefusedByName() async throws {
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]
        for (name, bytes, said) in [
            ("a.xlsx", old, ".xls"), ("commitments.csv", old, ".xls"),
            ("a.xlsx", Array("a,b".utf8), ".xlsx"), ("commitments.csv", [], "tiêu đề"),
            ("bang.csv", Array("a,b\n1,2".utf8), "--kind"),
        ] as [(String, [UInt8], String)] {
            let error = try #require(
                try ImportTrial(name, bytes).survey()[0].findings.errors.first, "\(name)")
            #expect(error.code == "bad_file")
            #expect((error.message + error.hint).contains(said), "\(error.message) \(error.hint)")
        }
    }

    @Test func sumsSignaturesAndExamplesAreNoData() async throws {
        let trial = try ImportTrial(
            "payments.csv",
            Array(
                """
                STT,Mã đơn vị,Số quyết định,Số biên lai,Ngày thu,Số tiền,Nguồn
                Ví dụ,TPST,1/QĐ,1,31/5/2021,5,Tự nguyện
                1,A,1,R1,31/5/2021,5,Tự nguyện
                2,A,1,R2,31/5/2021,6,Cưỡng chế
                3,,,,,,
                Cộng: (2),,,,,11,
                ,,,,,,
                ,,NGƯỜI LẬP BIỂU,,,CHI CỤC TRƯỞNG,
                4,A,1,R3,31/5/2021,7,Đấu giá
                """.utf8))
        let (tables, files) = try await trial.read()
        #expect(files[0].findings.errors.isEmpty)
        #expect(tables[0].lines == [3, 4, 9])
        let findings = try #require(tables[0].findings)
        #expect(findings.errors.isEmpty)
        #expect(findings.warnings.map(\.code) == ["example_row", "total_row", "foot_rows"])
    }
}
