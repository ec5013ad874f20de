import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// Workbooks that the program writes: they read as any other.
@Suite struct WrittenWorkbookTests {
    private func temporary() -> String {
        NSTemporaryDirectory() + "/written-\(UUID().uuidString).xlsx"
    }

    private func bytes(of path: String) throws -> [UInt8] {
        defer { try? FileManager.default.removeItem(atPath: path) }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test(arguments: [MessageLanguage.vi, .en])
    func aTemplateImportsWithoutARow(_ language: MessageLanguage) async throws {
        let path = temporary()
        try Template(
            kinds: ImportKind.all, book: ImportTrial.book, language: language,
            units: [("TPST", "TP Sóc Trăng"), ("TXNN", "TX Ngã Năm")],
            officers: [("TPST-01", "Nguyễn Thị Hường")]
        ).write(to: path, folder: NSTemporaryDirectory())
        let trial = try ImportTrial([("mẫu.xlsx", try bytes(of: path))], language: language)
        let (tables, files) = try await trial.read()
        #expect(tables.map(\.kind) == ImportKind.all.map(\.name))
        #expect(tables.allSatisfy { $0.rows.isEmpty && $0.findings?.errors.isEmpty == true })
        #expect(tables.allSatisfy { $0.present.allSatisfy(\.self) }, "every column is there")
        #expect(
            tables.flatMap { $0.findings?.warnings.map(\.code) ?? [] }.allSatisfy {
                $0 == "example_row"
            })
        #expect(files[0].findings.errors.isEmpty && files[0].findings.warnings.isEmpty)
    }

    /// The example row is sound but for its mark: a clerk copies it.
    @Test func theExampleRowReadsWell() async throws {
        for kind in ImportKind.all {
            let path = temporary()
            try Template(
                kinds: [kind], book: ImportTrial.book, language: .vi,
                units: [("TPST", "TP Sóc Trăng")], officers: []
            ).write(to: path, folder: NSTemporaryDirectory())
            // A book that knows no examples takes the row as any other.
            let trial = try ImportTrial(
                [("mẫu.xlsx", try bytes(of: path))], book: try ImportTrial.bookWithoutExamples())
            let (tables, _) = try await trial.read()
            #expect(tables[0].lines == [2], "\(kind.name): \(tables[0].findings?.errors as Any)")
        }
    }

    private func giveBack(
        _ files: [(name: String, bytes: [UInt8])]
    ) async throws -> (workbook: [UInt8], result: IngestionV1.Result) {
        let trial = try ImportTrial(files)
        let (tables, surveyed) = try await trial.read()
        var result = IngestionV1.Result()
        result.files = surveyed.map { file in
            var findings = file.findings
            for table in tables where file.tables.contains(where: { $0.sheet == table.sheet }) {
                if let found = table.findings { findings.append(found) }
            }
            return .with {
                $0.name = file.offer.name
                $0.errors = findings.errors
                $0.warnings = findings.warnings
                $0.moreErrors = findings.moreErrors
            }
        }
        let path = try ErrorWorkbook(
            spool: trial.spool, importID: trial.importID, options: trial.options
        ).write(surveyed, result)
        return (try bytes(of: path), result)
    }

    @Test func valuesComeBackInTheirPlaces() async throws {
        let source = WorkbookFixture(
            [
                WorkbookFixture.sheet([["Danh sách"], [], ["ghi chú"]], name: "Khác"),
                .init(
                    name: "Cam kết",
                    body: WorkbookFixture.data(
                        "<row r='2'><c t='str'><v>Mã đơn vị</v></c><c t='str'><v>Số QĐ</v></c>"
                            + "<c t='str'><v>Hạn nộp</v></c><c t='str'><v>Số tiền</v></c></row>"
                            + "<row r='4'><c t='str'><v>A</v></c><c t='str'><v>1</v></c>"
                            + "<c s='1'><v>44347</v></c><c t='str'><v>một triệu</v></c></row>"
                            + "<row r='5'><c r='B5' t='str'><v>2</v></c><c s='1'><v>44347</v></c>"
                            + "<c><v>1000</v></c></row>",
                        after: "<mergeCells><mergeCell ref='A4:A5'/></mergeCells>")),
                .init(name: "Nháp", state: "hidden", body: WorkbookFixture.sheet([["x"]]).body),
            ], formats: ["dd/mm/yyyy"])
        let (returned, result) = try await giveBack([("sổ.xlsx", try source.bytes())])
        #expect(result.files[0].errors.map(\.cell) == ["D4"])
        let trial = try ImportTrial("lỗi.xlsx", returned)
        let workbook = try Workbook(
            path: try trial.spool.path(trial.importID, file: 0, size: 0), spillFolder: trial.folder)
        #expect(
            workbook.sheets.map(\.name) == ["Khác", "Cam kết", "Nháp", "Lỗi và cảnh báo"])
        #expect(workbook.sheets.map(\.isHidden) == [false, false, true, false])
        // Read again it gives the same errors in the same cells, and the same rows.
        let (tables, files) = try await trial.read()
        #expect(tables[0].findings?.errors.map(\.cell) == ["D4"])
        #expect(tables[0].lines == [-4, 5])
        #expect(Array(tables[0].rows[1].prefix(2)) == [.text("A"), .text("2")])
        #expect(
            files[0].findings.warnings.map(\.code) == ["unknown_sheet", "hidden_sheet"],
            "the list of errors is left out without a word")
    }

    @Test func textsBecomeSheets() async throws {
        let (returned, _) = try await giveBack([
            (
                "d/reports.csv",
                Array("unit_code,kind,submitted_on\nA,lists,x\nA,\"a\nb\",1/2/2021".utf8)
            ),
            ("d/commitments.csv", Array("unit_code;decision_no\n".utf8)),
        ])
        let trial = try ImportTrial("lỗi.xlsx", returned)
        let workbook = try Workbook(
            path: try trial.spool.path(trial.importID, file: 0, size: 0), spillFolder: trial.folder)
        #expect(workbook.sheets.map(\.name) == ["reports", "commitments", "Lỗi và cảnh báo"])
        let errors = try await trial.errors()
        #expect(
            Set(errors.map { "\($0.sheet) \($0.code) \($0.line)" }) == [
                "reports bad_date 2", "reports bad_value 3", "commitments missing_column 1",
            ])
    }

    @Test func namesOfSheetsAreMadeToFit() throws {
        let path = temporary()
        let writer = try WorkbookWriter(
            path: path, folder: NSTemporaryDirectory(), streams: true)
        let long = String(repeating: "Đấu giá ", count: 10)
        let names = try ["a/b:c", long, long, "A/B:C", ""].map { try writer.addSheet($0).name }
        try writer.close()
        try FileManager.default.removeItem(atPath: path)
        #expect(Set(names.map { $0.lowercased() }).count == 5)
        #expect(names.allSatisfy { !$0.isEmpty && $0.utf16.count <= 31 })
        #expect(names[0] == "a b c")
    }
}
