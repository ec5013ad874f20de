import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// Sound workbooks, in the ways that programs write them.
@Suite struct WorkbookTests {
    private static let heading = ["Mã đơn vị", "Số quyết định", "Ngày đến hạn", "Số tiền"]

    private func read(
        _ fixture: WorkbookFixture, legacy: LegacyVietnamese? = nil
    ) async throws -> (tables: [ImportTrial.Table], file: SurveyedFile) {
        let trial = try ImportTrial([("sổ.xlsx", try fixture.bytes())], legacy: legacy)
        let (tables, files) = try await trial.read()
        return (tables, files[0])
    }

    private func number(_ iso: String) throws -> FieldValue {
        .integer(Int64(try #require(Day(iso: iso)).number))
    }

    private func heading(_ row: Int = 1) -> String {
        "<row r='\(row)'>"
            + WorkbookTests.heading.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined()
            + "</row>"
    }

    @Test func everyKindOfCell() async throws {
        let rows =
            heading()
            // Shared, rich and phonetic text; a day by its format; a number in scientific notation.
            + "<row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='s'><v>1</v></c>"
            + "<c r='C3' s='1'><v>44347.25</v></c><c r='D3'><v>1.5E6</v></c></row>"
            // Cached values of formulas; a serial without a format; cells out of order.
            + "<row r='4'><c r='D4'><f>1+1</f><v>2</v></c><c r='A4' t='str'><f>X</f><v>A</v></c>"
            + "<c r='B4'><v>12</v></c><c r='C4'><v>44348</v></c></row>"
            // A row without numbers; a day in the ISO type; an empty styled cell far away.
            + "<row><c t='inlineStr'><is><r><t>A</t></r><rPh><t>x</t></rPh></is></c><c t='s'><v>2</v></c>"
            + "<c t='d'><v>2021-06-03</v></c><c t='str'><v>3.000 đ</v></c><c r='XFD5' s='1'/></row>"
        let (tables, file) = try await read(
            WorkbookFixture(
                [.init(name: "Cam kết", body: WorkbookFixture.data(rows))],
                strings: [
                    "<t>A</t>",
                    "<r><t xml:space='preserve'>Số </t></r><r><t>1</t></r><rPh><t>ó</t></rPh>",
                    "<t>x_x000A_y_x005F_z</t>",
                ], formats: ["dd/mm/yyyy;@"]))
        #expect(file.findings.errors.isEmpty && file.findings.warnings.isEmpty)
        #expect(tables[0].findings?.errors.isEmpty == true)
        #expect(tables[0].lines == [3, 4, 5])
        #expect(
            tables[0].rows == [
                [.text("A"), .text("Số 1"), try number("2021-05-31"), .integer(1_500_000)],
                [.text("A"), .text("12"), try number("2021-06-01"), .integer(2)],
                [.text("A"), .text("x\ny_z"), try number("2021-06-03"), .integer(3_000)],
            ])
    }

    @Test func badCellsAreNamedWithTheirPlaces() async throws {
        let rows =
            heading()
            + "<row r='2'><c r='A2' t='e'><v>#REF!</v></c><c r='B2' s='1'><v>44347</v></c>"
            + "<c r='C2' t='b'><v>1</v></c><c r='D2'><v>123.456</v></c></row>"
            + "<row r='3'><c r='A3' t='str'><v>A</v></c><c r='B3'><f>A1</f></c>"
            + "<c r='C3'><v>1</v></c><c r='D3' s='1'><v>44347</v></c></row>"
        let (tables, _) = try await read(
            WorkbookFixture(
                [.init(name: "Cam kết", body: WorkbookFixture.data(rows))], formats: ["d/m/yyyy"]))
        let errors = try #require(tables[0].findings?.errors)
        #expect(errors.map(\.cell) == ["A2", "B2", "C2", "D2", "B3", "C3", "D3"])
        #expect(
            errors.map(\.code) == [
                "bad_value", "bad_value", "bad_date", "bad_money", "bad_value", "bad_date",
                "bad_money",
            ])
        #expect(errors.allSatisfy { $0.sheet == "Cam kết" })
        #expect(errors[0].message.contains("#REF!"))
        #expect(errors[1].hint.contains("Văn bản"))
    }

    @Test(arguments: [false, true]) func strictFilesAndOldDays(_ isStrict: Bool) async throws {
        let rows =
            heading()
            + "<row r='2'><c t='str'><v>A</v></c><c t='str'><v>1</v></c><c s='1'><v>42885</v></c><c><v>1</v></c></row>"
            + "<row r='3'><c t='str'><v>A</v></c><c t='str'><v>2</v></c><c><v>42885</v></c><c><v>1</v></c></row>"
        let body = WorkbookFixture.data(rows, isStrict: isStrict)
        let fixture = WorkbookFixture(
            [.init(name: "commitments", body: body)], formats: ["yyyy/mm/dd"],
            properties: "date1904='true'", isStrict: isStrict)
        let (tables, _) = try await read(fixture)
        #expect(
            tables[0].rows.map { $0[2] } == [try number("2021-05-31"), try number("2021-05-31")])
    }

    @Test func prefixesOfNamesDoNotMatter() async throws {
        let (rows, after) = (heading() + "<row><c t='str'><v>A</v></c></row>", "")
        let plain = WorkbookFixture.data(rows, after: after)
        var body = plain
        for name in ["worksheet", "sheetData", "row", "c", "v", "is", "t"] {
            for end in [" ", ">"] {
                body = body.replacing("<\(name)\(end)", with: "<x:\(name)\(end)")
            }
            body = body.replacing("</\(name)>", with: "</x:\(name)>")
        }
        body = body.replacing("xmlns=", with: "xmlns:x=")
        let (tables, file) = try await read(WorkbookFixture([.init(name: "Cam kết", body: body)]))
        #expect(file.findings.errors.isEmpty)
        #expect(tables[0].lines == [-2])
    }

    @Test func sheetsByNameAndByHeadings() async throws {
        let row = ["A", "1", "2021-05-31", "5"]
        let (tables, file) = try await read(
            WorkbookFixture([
                WorkbookFixture.sheet([WorkbookTests.heading, row], name: "CAM KET"),
                WorkbookFixture.sheet(
                    [
                        ["Mã đơn vị", "Loại báo cáo", "Ngày gửi"],
                        ["A", "danh sách", "1/2/2021"],
                    ], name: "Sheet2"),
                .init(
                    name: "Nháp", state: "hidden",
                    body: WorkbookFixture.sheet([["x"]]).body),
                WorkbookFixture.sheet([["ghi chú"]], name: "Khác"),
                .init(name: "Đấu giá", body: WorkbookFixture.data("")),
                WorkbookFixture.sheet([["Mã", "Tên"], ["A", "B"]], name: "Danh mục"),
            ]))
        #expect(tables.map(\.kind) == ["commitments", "reports"])
        #expect(tables.map(\.rows.count) == [1, 1])
        #expect(file.findings.errors.isEmpty)
        #expect(
            file.findings.warnings.map(\.code) == ["hidden_sheet", "unknown_sheet", "empty_sheet"])
    }

    @Test func mergedCellsAreFilledDown() async throws {
        let rows =
            heading()
            + "<row r='2'><c r='A2' t='str'><v>A</v></c><c r='B2' t='str'><v>1</v></c><c r='C2' t='str'><v>1/5/2021</v></c><c r='D2'><v>1</v></c></row>"
            + "<row r='3'><c r='C3' t='str'><v>2/5/2021</v></c><c r='D3'><v>2</v></c></row>"
            + "<row r='4'><c r='B4' t='str'><v>3</v></c><c r='C4' t='str'><v>2/5/2021</v></c><c r='D4'><v>2</v></c></row>"
        let merges = "<mergeCells><mergeCell ref='A2:A4'/><mergeCell ref='B2:B3'/></mergeCells>"
        let (tables, _) = try await read(
            WorkbookFixture([
                .init(name: "Cam kết", body: WorkbookFixture.data(rows, after: merges))
            ]))
        #expect(tables[0].lines == [2, 3, 4])
        #expect(
            tables[0].rows.map { Array($0.prefix(2)) } == [
                [.text("A"), .text("1")], [.text("A"), .text("1")], [.text("A"), .text("3")],
            ])
    }

    @Test func legacyTextOfCells() async throws {
        let rows = [
            WorkbookTests.heading, ["A", "Nguyễn Thị Hường", "2021-05-31", "5"],
        ].map { $0.map { LegacyVietnamese.tcvn3.encoded($0) } }
        let fixture = WorkbookFixture([
            WorkbookFixture.sheet(rows, name: LegacyVietnamese.tcvn3.encoded("Cam kết"))
        ])
        let (tables, _) = try await read(fixture, legacy: .tcvn3)
        #expect(tables.first?.rows.first?[1] == .text("Nguyễn Thị Hường"))
        let unasked = try await read(fixture).file
        #expect(unasked.findings.errors.map(\.code) == ["bad_file"])
        #expect(unasked.findings.warnings.contains { $0.hint.contains("--encoding tcvn3") })
    }

    @Test func manySharedStringsGoToAFile() throws {
        let strings = (0..<60_000).map { "<t>chuỗi số \($0) </t>" }
        let rows = (0..<20_000).map { row in
            "<row r='\(row + 1)'><c t='s'><v>\((row * 7_919) % 60_000)</v></c></row>"
        }
        let fixture = WorkbookFixture(
            [.init(name: "a", body: WorkbookFixture.data(rows.joined()))], strings: strings)
        let trial = try ImportTrial("a.xlsx", try fixture.bytes())
        var limits = WorkbookLimits()
        limits.stringsInMemory = 4_096
        let workbook = try Workbook(
            path: try trial.spool.path(trial.importID, file: 0, size: 0), spillFolder: trial.folder,
            limits: limits)
        let source = try workbook.rows(of: workbook.sheets[0])
        var row = TableRow()
        var count = 0
        while try source.next(into: &row) {
            #expect(row.text(0) == "chuỗi số \((count * 7_919) % 60_000) ")
            count += 1
        }
        #expect(count == 20_000)
        let left = try FileManager.default.contentsOfDirectory(atPath: trial.folder)
        #expect(!left.contains { $0.hasPrefix("strings-") }, "the file has no name")
    }

    @Test(arguments: [
        ("dd/mm/yyyy", true), ("d-mmm-yy", true), ("[$-42A]dd mmmm yyyy;@", true),
        ("m/d/yyyy h:mm", true),
        ("General", false), ("0.00", false), ("#,##0", false), ("#,##0\\ \"đồng\"", false),
        ("[h]:mm:ss", false), ("mm:ss.0", false), ("@", false), ("\"ngày\" 0", false),
        ("[Red]#,##0", false), ("yyyy", true),
    ])
    func formatsOfDays(_ code: String, _ isDay: Bool) {
        #expect(WorkbookParts.showsDay(code) == isDay)
    }
}
