import Foundation
import Rules
import Store
import StrictYAML
import Testing
import Wire

@testable import IngestionWorker

@Suite struct HeadingTests {
    private func rows(_ lines: [[String]]) -> [TableRow] {
        lines.enumerated().map { index, cells in
            var row = TableRow()
            for cell in cells {
                row.bytes += Array(cell.utf8)
                row.endCell()
            }
            row.line = index + 1
            return row
        }
    }

    private func search(_ lines: [[String]]) -> HeadingSearch {
        HeadingSearch(rows(lines).filter { !$0.isBlank }, book: ImportTrial.book)
    }

    private func fields(_ layout: HeadingLayout) -> [String?] {
        layout.columns.map { $0.field.map { layout.kind.columns[$0].name } }
    }

    @Test func theProductsFileNamesEveryColumnAndChoice() throws {
        for kind in ImportKind.all {
            let words = ImportTrial.book.words(of: kind)
            #expect(words.sheets.first == kind.title)
            for (index, column) in kind.columns.enumerated() {
                #expect(!words.headings[index].isEmpty, "\(kind.name).\(column.name)")
                guard case .choice(let codes) = column.type else { continue }
                for code in codes {
                    #expect(words.shown(code, column: index) != code, "\(kind.name).\(code)")
                }
            }
        }
    }

    @Test func titlesStandAboveTheHeading() throws {
        let layout = try #require(
            search([
                ["CỤC THI HÀNH ÁN DÂN SỰ"], ["Danh sách, kèm kế hoạch số 10"], [""],
                [
                    "STT", "Mã ĐV", "Số\nQĐ", "Ngày thu", "Số biên lai", "Số tiền thu", "Nguồn",
                    "Màu",
                ],
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
                ["1", "A", "01/QĐ", "31/5/2021", "1", "5", "tự nguyện", ""],
            ]).heading(of: .payments))
        #expect(layout.firstLine == 4)
        #expect(layout.skippedLine == 5)
        #expect(
            fields(layout) == [
                nil, "unit_code", "decision_no", "paid_on", "receipt_no", "amount", "source", nil,
            ])
        #expect(layout.columns[0].isIgnored)
        #expect(!layout.columns[7].isIgnored)
    }

    @Test func groupsStandOverTheirColumns() throws {
        let layout = try #require(
            search([
                [
                    "Mã đơn vị", "Quyết định thi hành án", "", "", "Bản án", "", "Người phải THA",
                    "", "Người được THA", "", "Số tiền phải THA",
                ],
                [
                    "", "Số", "Ngày", "Loại quyết định", "Số", "Ngày", "Họ tên", "Địa chỉ",
                    "Họ tên", "Địa chỉ", "",
                ],
            ]).heading(of: .cases))
        #expect(layout.lastLine == 2)
        #expect(
            fields(layout) == [
                "unit_code", "decision_no", "decision_on", "initiative", "judgment_no",
                "judgment_on", "debtor", "debtor_address", "creditor", nil, "amount_due",
            ])
    }

    @Test func aDataRowIsNoSecondRowOfTheHeading() throws {
        let layout = try #require(
            search([
                ["unit_code", "kind", "submitted_on", "emailed_on"],
                ["A", "lists", "2021-05-31", ""],
            ]).heading(of: .reports))
        #expect(layout.lastLine == 1 && layout.skippedLine == 1)
    }

    @Test func theKindFollowsFromTheHeadings() throws {
        for kind in ImportKind.all where kind.name != "commitments" {
            let words = ImportTrial.book.words(of: kind)
            let found = search([words.headings.map { $0[0] }]).headingOfAnyKind()
            #expect(found?.kind.name == kind.name)
        }
        #expect(search([["a", "b", "c"], ["1", "2", "3"]]).headingOfAnyKind() == nil)
    }

    @Test func anOfficeAddsItsOwnWords() async throws {
        var book = ImportTrial.book
        try book.add(
            Array(
                """
                schema_version: 1
                kinds:
                  reports:
                    columns: {submitted_on: [Hôm gửi]}
                    choices: {kind: {lists: [Hai danh sách]}}
                """.utf8), name: "office.yaml")
        let trial = try ImportTrial(
            [("reports.csv", Array("Mã đơn vị,Loại,Hôm gửi\nA,hai danh sach,1/2/2021".utf8))],
            book: book)
        let (tables, files) = try await trial.read()
        #expect(files[0].findings.errors.isEmpty)
        #expect(tables[0].rows.first?[1] == .text("lists"))
    }

    @Test(arguments: [
        ("kinds: {reports: {columns: {kind: [Ngày gửi]}}}", "submitted_on"),
        ("kinds: {reports: {choices: {kind: {lists: [Tổng kết]}}}}", "summary"),
        ("kinds: {reports: {columns: {knd: [x]}}}", "did you mean 'kind'"),
        ("kinds: {report: {}}", "did you mean 'reports'"), ("total: [x]", "did you mean 'totals'"),
    ])
    func whatAnOfficeMayNotWrite(_ text: String, _ said: String) {
        var book = ImportTrial.book
        let refusal = #expect(throws: YAMLRefusal.self) {
            try book.add(Array("schema_version: 1\n\(text)\n".utf8), name: "office.yaml")
        }
        #expect(refusal?.issues.first?.description.contains(said) == true, "\(refusal as Any)")
    }
}
