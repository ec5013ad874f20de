import Wire

/// `caodiem.import/1`: what became of each file.
struct ImportAnswer: Sendable {
    let selection: ImportSelection
    let result: IngestionV1.Result

    init(_ selection: ImportSelection, _ result: IngestionV1.Result) {
        self.selection = selection
        self.result = result
    }

    var answer: Answer {
        Answer(json, status: result.status == "rejected" ? .failed : .ok) { text($0) }
    }

    /// The files of the result under the names that the clerk typed.
    var files: [(path: String, result: IngestionV1.FileResult)] {
        let paired = result.files.count == selection.files.count
        return result.files.enumerated().map { index, file in
            (paired ? selection.files[index].path : file.name, file)
        }
    }

    var json: JSON {
        .answer(
            "import/1",
            [
                .init("status", .string(result.status)),
                .init("change", result.change == 0 ? .null : .number(result.change)),
                .init("files", .list(files, Self.file)),
                .init("skipped", .list(selection.skipped, JSON.string)),
            ])
    }

    private static func file(_ file: (path: String, result: IngestionV1.FileResult)) -> JSON {
        let result = file.result
        return [
            "path": .string(file.path),
            "kind": .text(result.kind),
            "sha256": .string(result.sha256),
            "rows": .number(result.rows),
            "inserted": .number(result.inserted),
            "corrected": .number(result.corrected),
            "unchanged": .number(result.unchanged),
            "errors": .list(result.errors, finding),
            "warnings": .list(result.warnings, finding),
            "more_errors": .number(result.moreErrors),
            "more_warnings": .number(result.moreWarnings),
            "sheets": .list(result.sheets, sheet),
        ]
    }

    private static func sheet(_ sheet: IngestionV1.SheetResult) -> JSON {
        [
            "sheet": .string(sheet.name), "kind": .string(sheet.kind),
            "rows": .number(sheet.rows), "inserted": .number(sheet.inserted),
            "corrected": .number(sheet.corrected), "unchanged": .number(sheet.unchanged),
        ]
    }

    static func finding(_ finding: IngestionV1.Finding) -> JSON {
        [
            "line": .number(finding.line), "column": .text(finding.column),
            "code": .string(finding.code), "message": .string(finding.message),
            "hint": .text(finding.hint), "found": .text(finding.found),
            "expected": .text(finding.expected), "sheet": .text(finding.sheet),
            "cell": .text(finding.cell), "severity": .text(finding.severity),
        ]
    }

    func text(_ terminal: Terminal) -> String {
        let style: Style = result.status == "rejected" ? .bad : .good
        let status = terminal.styled(Terms.importStatus[result.status], style)
        var parts = ["\(ImportText.result): \(status)", table.rendered(on: terminal)]
        for file in files {
            parts.append(
                findings(
                    ImportText.errors, file.path, file.result.errors, file.result.moreErrors,
                    limit: Limits.shownFindings
                )
                .map { terminal.styled($0.title, .bad) + "\n" + lines($0, terminal) } ?? "")
            parts.append(
                findings(
                    ImportText.warnings, file.path, file.result.warnings,
                    file.result.moreWarnings, limit: Limits.shownWarnings
                ).map { terminal.styled($0.title, .pending) + "\n" + lines($0, terminal) } ?? "")
        }
        if result.status == "rejected" {
            parts.append(terminal.paragraph(ImportText.rejectedHint.text))
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var table: Table {
        var table = Table([
            Column(ImportText.file, wrapsTo: 12), Column(ImportText.rows, .right),
            Column(ImportText.inserted, .right), Column(ImportText.corrected, .right),
            Column(ImportText.unchanged, .right), Column(ImportText.errors, .right),
            Column(ImportText.warnings, .right),
        ])
        for file in files {
            let errors = UInt64(file.result.errors.count) + file.result.moreErrors
            let warnings = UInt64(file.result.warnings.count) + file.result.moreWarnings
            let count = { (value: UInt64) in Cell(Formats.count(value)) }
            table.add([
                Cell(file.path), count(file.result.rows), count(file.result.inserted),
                count(file.result.corrected), count(file.result.unchanged),
                Cell(Formats.count(errors), errors > 0 ? .bad : .plain),
                Cell(Formats.count(warnings), warnings > 0 ? .pending : .plain),
            ])
        }
        return table
    }

    private struct Section {
        var title: String
        var findings: [IngestionV1.Finding]
        var more: UInt64
    }

    private func findings(
        _ name: Phrase, _ path: String, _ findings: [IngestionV1.Finding], _ more: UInt64,
        limit: Int
    ) -> Section? {
        guard !findings.isEmpty else { return nil }
        let shown = Array(findings.prefix(limit))
        return Section(
            title: "\(name), \(path):".printable, findings: shown,
            more: more + UInt64(findings.count - shown.count))
    }

    private func lines(_ section: Section, _ terminal: Terminal) -> String {
        var lines = section.findings.map { finding in
            var place = finding.line == 0 ? "" : ImportText.line(finding.line).text
            if !finding.sheet.isEmpty {
                place = ImportText.sheet(finding.sheet).text + (place.isEmpty ? "" : ", ") + place
            }
            if !finding.column.isEmpty {
                place += (place.isEmpty ? "" : ", ") + ImportText.column(finding.column).text
            }
            let found = finding.found.isEmpty ? "" : " “\(finding.found)”"
            let expected =
                finding.expected.isEmpty || finding.found.isEmpty
                ? "" : "; " + ImportText.expected(finding.expected).text
            let hint = expected + (finding.hint.isEmpty ? "" : " → \(finding.hint)")
            let head = place.isEmpty ? "" : place + ": "
            return terminal.paragraph(
                "\(head)\(finding.message)\(found) [\(finding.code)]\(hint)", indent: 2)
        }
        if section.more > 0 {
            lines.append(terminal.paragraph(ImportText.more(section.more).text, indent: 2))
        }
        return lines.joined(separator: "\n")
    }
}

enum ImportText {
    /// `Ghi · 120.000 dòng · 3 lỗi · còn 5 giây`
    static func progress(_ progress: IngestionV1.Progress) -> String {
        var parts = [Terms.importPhase[progress.phase]]
        if progress.rows > 0 {
            let rows = Formats.count(progress.rows)
            parts.append(Phrase("\(rows) dòng", "\(rows) rows").text)
        }
        if progress.errors > 0 {
            let errors = Formats.count(progress.errors)
            parts.append(Phrase("\(errors) lỗi", "\(errors) errors").text)
        }
        if progress.rowsPerSecond > 0 {
            let rate = Formats.count(progress.rowsPerSecond)
            parts.append(Phrase("\(rate) dòng/giây", "\(rate) rows/s").text)
        }
        if progress.millisecondsLeft >= 1_000 {
            let left = Formats.duration(seconds: progress.millisecondsLeft / 1_000)
            parts.append(Phrase("còn \(left)", "\(left) left").text)
        }
        return parts.joined(separator: " · ")
    }

    static let result = Phrase("Kết quả", "Result")
    static let file = Phrase("Tệp", "File")
    static let rows = Phrase("Dòng", "Rows")
    static let inserted = Phrase("Mới", "New")
    static let corrected = Phrase("Sửa", "Corrected")
    static let unchanged = Phrase("Không đổi", "Unchanged")
    static let errors = Phrase("Lỗi", "Errors")
    static let warnings = Phrase("Cảnh báo", "Warnings")
    static let rejectedHint = Phrase(
        "Sửa các lỗi trên rồi nhập lại; --errors TỆP.xlsx trả lại các trang tính, ô sai được đánh dấu.",
        "Correct these errors and import again; --errors FILE.xlsx gives the sheets back, bad cells marked."
    )
    static let empty = Phrase("chưa nói nhập tệp nào", "no file is named")
    static let errorsOfOtherType = Phrase(
        "bảng lỗi là tệp .csv hoặc .xlsx", "errors go to a .csv or .xlsx file")
    static let errorsHint = Phrase("đặt tên tệp .csv hoặc .xlsx", "name a .csv or .xlsx file")
    static let noWorkbook = Phrase(
        "cảnh báo: hệ thống không trả lại sổ lỗi; xem các lỗi ở trên",
        "warning: the fleet gave no workbook of errors back; see the errors above")

    static func sheet(_ name: String) -> Phrase { Phrase("trang \(name)", "sheet \(name)") }
    static func expected(_ what: String) -> Phrase { Phrase("cần: \(what)", "expected: \(what)") }

    static func line(_ number: UInt64) -> Phrase {
        Phrase("dòng \(number)", "line \(number)")
    }
    static func column(_ name: String) -> Phrase { Phrase("cột \(name)", "column \(name)") }
    static func more(_ count: UInt64) -> Phrase {
        Phrase(
            "… và \(Formats.count(count)) mục nữa; --errors TỆP.csv ghi ra tệp",
            "… and \(Formats.count(count)) more; --errors FILE.csv writes them to a file")
    }
    static func skipped(_ path: String) -> Phrase {
        Phrase(
            "cảnh báo: bỏ qua \(path), không phải tệp để nhập",
            "warning: \(path) is skipped, it is no file to import")
    }
}
