internal import Dispatch
internal import Foundation
internal import Rules
internal import Wire

/// A file that the client offered.
struct OfferedFile: Sendable {
    let name: String
    /// What the client says that its rows are; nil where name or headings are to say it.
    let kind: ImportKind?
    let sha256: String
    let size: UInt64
    /// Place in the order in which the client offered the files.
    let part: Int
}

/// One table of an import, ready to be read: a CSV file, or a sheet of a workbook.
struct SpooledFile: Sendable {
    let name: String
    let kind: ImportKind
    let sha256: String
    /// Bytes of the whole file.
    let size: UInt64
    /// Number of the table among those of the import.
    let number: Int
    /// The offered file that it stands in.
    let part: Int
    /// Empty for CSV.
    let sheet: String
    /// Rows up to this line are titles and heading.
    let skippedLine: Int
    let map: HeadingMap

    /// Where imports are listed: a sheet follows its file's name.
    var title: String { sheet.isEmpty ? name : "\(name)#\(sheet)" }
}

/// What a file turned out to be.
struct SurveyedFile: Sendable {
    struct Table: Sendable {
        var sheet = ""
        var isHidden = false
        var layout: HeadingLayout?
        /// Nil where the table is left out or cannot be read.
        var file: SpooledFile?
    }

    enum Format: String, Sendable { case csv, xlsx }

    let offer: OfferedFile
    var format: Format?
    var encoding: TextEncoding?
    var separator: UInt8?
    var tables: [Table] = []
    var findings: FileFindings
}

/// How one import is read: its words, its language, its encoding.
struct ReadingOptions: Sendable {
    var book: HeadingBook
    var language: MessageLanguage
    /// What the sender says that the text is in, where it is not Unicode.
    var legacy: LegacyVietnamese?
    /// Findings of each sort that are kept of one table.
    var kept = FileFindings.Limits.listed

    /// The same, where a workbook of that many tables is to show what was found.
    func marking(tables: Int) -> ReadingOptions {
        var options = self
        options.kept = max(
            FileFindings.Limits.listed, FileFindings.Limits.marked / max(1, tables))
        return options
    }
}

/// Looks at the files of an import before any row is taken: what they are, which tables they hold, where the headings
/// stand.
struct Survey {
    enum Limits {
        /// Tables of one import.
        static let tables = 256
    }

    let spool: Spool
    let importID: String
    let options: ReadingOptions

    private static let queue = DispatchQueue(
        label: "caodiem.ingestion.survey", attributes: .concurrent)

    /// As `look(at:)`, on a thread that may wait for bytes.
    func looking(at offers: [OfferedFile]) async throws -> [SurveyedFile] {
        try await withCheckedThrowingContinuation { continuation in
            Survey.queue.async { continuation.resume(with: Result { try look(at: offers) }) }
        }
    }

    func look(at offers: [OfferedFile]) throws -> [SurveyedFile] {
        var files: [SurveyedFile] = []
        var number = 0
        for offer in offers {
            var file = SurveyedFile(offer: offer, findings: FileFindings(in: options.language))
            do {
                try look(at: offer, into: &file, &number)
            } catch let problem as TableProblem {
                file.findings.error(problem)
            }
            files.append(file)
        }
        return files
    }

    private func look(
        at offer: OfferedFile, into file: inout SurveyedFile, _ number: inout Int
    ) throws {
        let next = try spool.reader(importID, file: offer.part, size: offer.size)
        let head = try next() ?? []
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw TableProblem(.badFile, Message(.oldWorkbook), hint: Message(.saveAsWorkbook))
        }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04])
            || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
        {
            file.format = .xlsx
            try lookAtWorkbook(offer, into: &file, &number)
        } else if offer.name.lowercased().hasSuffix(".xlsx") {
            throw TableProblem(.badFile, Message(.noWorkbook), hint: Message(.saveAsWorkbook))
        } else {
            file.format = .csv
            try lookAtText(offer, head, into: &file, &number)
        }
    }

    private func lookAtText(
        _ offer: OfferedFile, _ bytes: [UInt8], into file: inout SurveyedFile, _ number: inout Int
    ) throws {
        let chunks = TextChunks(
            legacy: options.legacy,
            nextChunk: try spool.reader(importID, file: offer.part, size: offer.size))
        var reader = CSVReader(nextChunk: chunks.next)
        let rows = try head(of: &reader)
        file.encoding = chunks.encoding
        file.separator = reader.separator
        guard !rows.isEmpty else {
            throw TableProblem(.badFile, Message(.emptyFile), hint: Message(.headingFirst))
        }
        let isText = String(validating: bytes.prefix(while: { $0 != 0x0A }), as: UTF8.self) != nil
        let guess = suspicion(rows, bytes)
        let search = HeadingSearch(rows, book: options.book)
        let kind = offer.kind ?? options.book.kind(named: Survey.baseName(offer.name))
        guard let layout = kind.map({ search.heading(of: $0) }) ?? search.headingOfAnyKind() else {
            let kinds = ImportKind.all.map(\.name).joined(separator: ", ")
            throw TableProblem(
                .badFile, Message(.unknownKind), hint: Message(.nameKind, ["kinds": kinds]))
        }
        if file.encoding == .utf8, !isText {
            file.findings.error(
                "bad_encoding", Place(line: layout.firstLine), Message(.headingNoUTF8),
                hint: guess.map(Survey.tryEncoding) ?? Message(.saveAsUTF8))
            return
        }
        if let guess {
            file.findings.warning(
                "looks_legacy", Place(), Message(.looksLegacy, ["name": Survey.shown(guess)]),
                hint: Survey.tryEncoding(guess))
        }
        add(
            SurveyedFile.Table(layout: layout),
            HeadingMap(layout, book: options.book, findings: &file.findings),
            to: &file, &number)
    }

    private func lookAtWorkbook(
        _ offer: OfferedFile, into file: inout SurveyedFile, _ number: inout Int
    ) throws {
        let workbook = try Workbook(
            path: try spool.path(importID, file: offer.part, size: offer.size),
            spillFolder: spool.folder)
        let visible = workbook.sheets.filter { !$0.isHidden && !isSkipped($0) }
        if offer.kind != nil, visible.count != 1 {
            throw TableProblem(.badFile, Message(.kindForOneSheet), hint: Message(.dropKind))
        }
        for sheet in workbook.sheets where !isSkipped(sheet) {
            guard !sheet.isHidden else {
                file.findings.warning(
                    "hidden_sheet", Place(),
                    Message(.hiddenSheet, ["sheet": sheet.name]), hint: Message(.unhide))
                file.tables.append(SurveyedFile.Table(sheet: sheet.name, isHidden: true))
                continue
            }
            var findings = FileFindings(in: options.language, sheet: sheet.name)
            do {
                try look(at: sheet, of: workbook, into: &file, &findings, &number)
            } catch let problem as TableProblem {
                findings.error(problem)
            }
            file.findings.append(findings)
        }
        if !file.findings.hasErrors, !file.tables.contains(where: { $0.file != nil }) {
            let kinds = ImportKind.all.map(\.title).joined(separator: ", ")
            throw TableProblem(
                .badFile, Message(.noSheet), hint: Message(.nameSheet, ["kinds": kinds]))
        }
    }

    private func look(
        at sheet: Workbook.Sheet, of workbook: Workbook, into file: inout SurveyedFile,
        _ findings: inout FileFindings, _ number: inout Int
    ) throws {
        var source = try workbook.rows(of: sheet, legacy: options.legacy)
        let rows = try head(of: &source)
        let kind = file.offer.kind ?? options.book.kind(named: sheet.name)
        guard !rows.isEmpty else {
            file.tables.append(SurveyedFile.Table(sheet: sheet.name))
            guard kind != nil else { return }
            return findings.warning(
                "empty_sheet", Place(), Message(.emptySheet, ["sheet": sheet.name]))
        }
        let guess = suspicion(rows, [])
        if let guess {
            findings.warning(
                "looks_legacy", Place(), Message(.looksLegacy, ["name": Survey.shown(guess)]),
                hint: Survey.tryEncoding(guess))
        }
        let search = HeadingSearch(rows, book: options.book)
        guard let layout = kind.map({ search.heading(of: $0) }) ?? search.headingOfAnyKind() else {
            file.tables.append(SurveyedFile.Table(sheet: sheet.name))
            let kinds = ImportKind.all.map(\.title).joined(separator: ", ")
            return findings.warning(
                "unknown_sheet", Place(),
                Message(.unknownSheet, ["sheet": sheet.name]),
                hint: Message(.nameSheet, ["kinds": kinds]))
        }
        add(
            SurveyedFile.Table(sheet: sheet.name, layout: layout),
            HeadingMap(layout, book: options.book, findings: &findings), to: &file, &number)
    }

    private func add(
        _ table: SurveyedFile.Table, _ map: HeadingMap?, to file: inout SurveyedFile,
        _ number: inout Int
    ) {
        var table = table
        if let map, let layout = table.layout, number < Limits.tables {
            table.file = SpooledFile(
                name: file.offer.name, kind: layout.kind, sha256: file.offer.sha256,
                size: file.offer.size, number: number, part: file.offer.part, sheet: table.sheet,
                skippedLine: layout.skippedLine, map: map)
            number += 1
        } else if map != nil {
            file.findings.error(
                "too_large", Place(), Message(.tooManyTables, ["limit": "\(Limits.tables)"]),
                hint: Message(.splitImport))
        }
        file.tables.append(table)
    }

    private func isSkipped(_ sheet: Workbook.Sheet) -> Bool {
        options.book.skippedSheets.contains(VietnameseText.folded(sheet.name))
    }

    /// The first rows that hold anything.
    private func head(of source: inout some TableSource) throws -> [TableRow] {
        var rows: [TableRow] = []
        var row = TableRow()
        while rows.count < TableLimits.headRows, try source.next(into: &row) {
            if !row.isBlank { rows.append(row) }
        }
        return rows
    }

    /// The encoding that the text seems to be of, where nobody has said one.
    private func suspicion(_ rows: [TableRow], _ bytes: [UInt8]) -> LegacyVietnamese? {
        guard options.legacy == nil else { return nil }
        let sample = bytes.prefix(64 << 10)
        if !bytes.isEmpty, String(validating: sample.dropLast(4), as: UTF8.self) == nil {
            let text = String(String.UnicodeScalarView(sample.map { Unicode.Scalar($0) }))
            return LegacyVietnamese.guess(text)
        }
        let text = rows.map { String(decoding: $0.bytes.prefix(4 << 10), as: UTF8.self) }
        return LegacyVietnamese.guess(text.joined(separator: " "))
    }

    private static func shown(_ legacy: LegacyVietnamese) -> String {
        legacy == .tcvn3 ? "TCVN3 (ABC)" : "VNI"
    }

    private static func tryEncoding(_ legacy: LegacyVietnamese) -> Message {
        Message(.tryEncoding, ["name": shown(legacy), "option": legacy.rawValue])
    }

    /// `lists/cases.csv` → `cases`.
    private static func baseName(_ name: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        return String(last.split(separator: ".").first ?? "")
    }
}
