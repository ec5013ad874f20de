internal import Rules
internal import Wire

/// Gives the files of an import back as one workbook: the same sheets, rows and values, bad cells coloured and
/// commented. Formats, formulas and merged cells are not kept: a formula is its value, a merged value stands in each
/// of its rows.
struct ErrorWorkbook {
    let spool: Spool
    let importID: String
    let options: ReadingOptions

    /// Findings of one row: of each place, then of the row as a whole.
    private typealias RowFindings = [Int: [Marked]]

    private struct Marked {
        var finding: IngestionV1.Finding
        var isError: Bool
    }

    /// Writes the workbook; its path.
    func write(_ files: [SurveyedFile], _ result: IngestionV1.Result) throws -> String {
        let path = try spool.path(importID, file: 0, size: 0) + ".xlsx"
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        let writer = try WorkbookWriter(path: path, folder: folder, streams: true)
        for (file, answer) in zip(files, result.files) {
            switch file.format {
            case .xlsx: try copyWorkbook(file, answer, to: writer)
            case .csv: try copyText(file, answer, to: writer)
            case nil: continue
            }
        }
        try list(result, to: writer)
        try writer.close()
        return path
    }

    private func copyWorkbook(
        _ file: SurveyedFile, _ answer: IngestionV1.FileResult, to writer: WorkbookWriter
    ) throws {
        // What cannot be read is named in the list.
        guard
            let book = try? Workbook(
                path: spool.path(importID, file: file.offer.part, size: file.offer.size),
                spillFolder: spool.folder)
        else { return }
        let summary = VietnameseText.folded(Message(.errorsSheet).text(in: .vi))
        for sheet in book.sheets where VietnameseText.folded(sheet.name) != summary {
            let target = try writer.addSheet(sheet.name)
            if sheet.isHidden { writer.hide(target) }
            guard var source = try? book.rows(of: sheet) else { continue }
            copy(&source, rows(of: answer, sheet: sheet.name), to: target, writer)
        }
    }

    private func copyText(
        _ file: SurveyedFile, _ answer: IngestionV1.FileResult, to writer: WorkbookWriter
    ) throws {
        let chunks = TextChunks(
            legacy: options.legacy,
            nextChunk: try spool.reader(importID, file: file.offer.part, size: file.offer.size))
        var source = CSVReader(nextChunk: chunks.next)
        let name = file.offer.name.split(separator: "/").last.map(String.init) ?? file.offer.name
        let target = try writer.addSheet(
            name.lowercased().hasSuffix(".csv") ? String(name.dropLast(4)) : name)
        copy(&source, rows(of: answer, sheet: ""), to: target, writer)
    }

    private func rows(
        of answer: IngestionV1.FileResult, sheet: String
    ) -> [Int: RowFindings] {
        var rows: [Int: RowFindings] = [:]
        func add(_ findings: [IngestionV1.Finding], isError: Bool) {
            for finding in findings where finding.sheet == sheet && finding.line > 0 {
                let letters = finding.cell.prefix { $0.isLetter }.unicodeScalars
                let place = letters.reduce(0) { $0 * 26 + Int($1.value) - 64 } - 1
                rows[Int(finding.line), default: [:]][max(0, place), default: []].append(
                    Marked(finding: finding, isError: isError))
            }
        }
        add(answer.errors, isError: true)
        add(answer.warnings, isError: false)
        return rows
    }

    enum Limits {
        /// Columns that are made wide enough for days and amounts, and how wide.
        static let wideColumns = 40
        static let width = 20.0
    }

    /// Copies rows until the end or what cannot be read.
    private func copy(
        _ source: inout some TableSource, _ findings: [Int: RowFindings],
        to sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter
    ) {
        for column in 0..<Limits.wideColumns {
            writer.setColumn(column, width: Limits.width, in: sheet)
        }
        var row = TableRow()
        var last = 0
        while (try? source.next(into: &row)) == true, row.line <= WorkbookWriter.Limits.rows {
            // Rows are written in order; a file that repeats one is not sound.
            guard row.line > last else { continue }
            last = row.line
            let marks = findings[row.line] ?? [:]
            let width = max(row.count, (marks.keys.max() ?? -1) + 1)
            for place in 0..<width {
                copy(row, place, marks[place] ?? [], to: sheet, writer)
            }
        }
    }

    private func copy(
        _ row: TableRow, _ place: Int, _ marks: [Marked], to sheet: WorkbookWriter.Sheet,
        _ writer: WorkbookWriter
    ) {
        let (line, text) = (row.line - 1, row.text(place))
        let look: WorkbookWriter.Look =
            marks.isEmpty ? .plain : marks.contains(where: \.isError) ? .bad : .doubtful
        switch row.kind(place) {
        case .number, .fraction:
            if let number = Double(text) {
                writer.write(number, row: line, column: place, look, in: sheet)
            } else {
                writer.write(text, row: line, column: place, look, in: sheet)
            }
        case .day:
            if let day = Day(iso: text), let serial = WorkbookWriter.serial(of: day) {
                let shown: WorkbookWriter.Look =
                    look == .plain ? .day : look == .bad ? .badDay : .doubtfulDay
                writer.write(serial, row: line, column: place, shown, in: sheet)
            } else {
                writer.write(text, row: line, column: place, look, in: sheet)
            }
        case .boolean: writer.write(text == "1", row: line, column: place, look, in: sheet)
        case .text, .error, .formula:
            if !text.isEmpty {
                writer.write(text, row: line, column: place, look, in: sheet)
            } else if look != .plain {
                writer.writeBlank(row: line, column: place, look, in: sheet)
            }
        }
        guard !marks.isEmpty else { return }
        let notes = marks.map { note($0.finding) }
        writer.comment(notes.joined(separator: "\n\n"), row: line, column: place, in: sheet)
    }

    private func note(_ finding: IngestionV1.Finding) -> String {
        var lines = [finding.message]
        if !finding.expected.isEmpty {
            lines.append(
                "\(Message(.columnExpected).text(in: options.language)): \(finding.expected)")
        }
        if !finding.hint.isEmpty { lines.append("→ \(finding.hint)") }
        return lines.joined(separator: "\n")
    }

    /// The last sheet: everything that was found, and how much is not listed.
    private func list(_ result: IngestionV1.Result, to writer: WorkbookWriter) throws {
        let sheet = try writer.addSheet(Message(.errorsSheet).text(in: options.language))
        let columns: [(MessageKey, Double)] = [
            (.columnFile, 22), (.columnSheet, 18), (.columnRow, 8), (.columnCell, 8),
            (.columnColumn, 20), (.columnSeverity, 10), (.columnMessage, 50), (.columnFound, 28),
            (.columnExpected, 36), (.columnHint, 42), (.columnCode, 18),
        ]
        for (index, column) in columns.enumerated() {
            writer.setColumn(index, width: column.1, in: sheet)
            writer.write(
                Message(column.0).text(in: options.language), row: 0, column: index, .heading,
                in: sheet)
        }
        writer.freezeHeading(in: sheet)
        var row = 1
        for file in result.files {
            for (findings, more, severity) in [
                (file.errors, file.moreErrors, MessageKey.severityError),
                (file.warnings, file.moreWarnings, .severityWarning),
            ] {
                for finding in findings {
                    write(finding, file.name, severity, row: row, in: sheet, writer)
                    row += 1
                }
                guard more > 0 else { continue }
                writer.write(file.name, row: row, column: 0, .wrapped, in: sheet)
                writer.write(
                    Message(.moreFindings, ["count": "\(more)"]).text(in: options.language),
                    row: row, column: 6, .wrapped, in: sheet)
                row += 1
            }
        }
    }

    private func write(
        _ finding: IngestionV1.Finding, _ file: String, _ severity: MessageKey, row: Int,
        in sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter
    ) {
        let texts = [
            file, finding.sheet, finding.line == 0 ? "" : "\(finding.line)", finding.cell,
            finding.column, Message(severity).text(in: options.language), finding.message,
            finding.found, finding.expected, finding.hint, finding.code,
        ]
        for (column, text) in texts.enumerated() where !text.isEmpty {
            writer.write(text, row: row, column: column, .wrapped, in: sheet)
        }
    }
}
