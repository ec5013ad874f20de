import Foundation
import Rules
import Store
import Wire

@testable import IngestionWorker

/// Files in a spool of their own, read as an import reads them, up to the store.
final class ImportTrial {
    struct Table {
        var sheet: String
        var kind: String
        var present: [Bool] = []
        var lines: [Int] = []
        var rows: [[FieldValue]] = []
        var findings: FileFindings?
    }

    let folder: String
    let spool: Spool
    let importID: String
    let options: ReadingOptions
    private let offers: [OfferedFile]

    private static let productFile: String = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return HeadingBook.productFile(
            lawBook: root.appendingPathComponent("Sources/LawBook/Law").path)
    }()

    /// The product's headings; empty, so that every test fails, when they do not read.
    static let book = (try? HeadingBook.read([productFile])) ?? HeadingBook()

    static func bookWithoutExamples() throws -> HeadingBook {
        let text = try String(contentsOfFile: productFile, encoding: .utf8)
        var book = HeadingBook()
        try book.add(
            Array(text.replacing("examples: [Ví dụ]", with: "examples: [không có]").utf8),
            name: "headings.yaml")
        return book
    }

    init(
        _ files: [(name: String, bytes: [UInt8])], kind: ImportKind? = nil,
        language: MessageLanguage = .vi, legacy: LegacyVietnamese? = nil,
        book: HeadingBook = ImportTrial.book, kept: Int = FileFindings.Limits.listed
    ) throws {
        folder = NSTemporaryDirectory() + "/import-trial-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        spool = Spool(folder: folder)
        importID = try spool.begin(offer: [], atMilliseconds: 1)
        options = ReadingOptions(book: book, language: language, legacy: legacy, kept: kept)
        var offers: [OfferedFile] = []
        for (part, file) in files.enumerated() {
            var offset = 0
            while offset < file.bytes.count {
                let chunk = Array(file.bytes[offset..<min(offset + (256 << 10), file.bytes.count)])
                _ = try spool.append(importID, file: part, offset: UInt64(offset), chunk: chunk)
                offset += chunk.count
            }
            offers.append(
                OfferedFile(
                    name: file.name, kind: kind, sha256: "", size: UInt64(file.bytes.count),
                    part: part))
        }
        self.offers = offers
    }

    convenience init(_ name: String, _ bytes: [UInt8], kind: ImportKind? = nil) throws {
        try self.init([(name, bytes)], kind: kind)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func survey() throws -> [SurveyedFile] {
        try Survey(spool: spool, importID: importID, options: options).look(at: offers)
    }

    /// The tables of all files, and what was found before any row was read.
    func read() async throws -> (tables: [Table], files: [SurveyedFile]) {
        let files = try survey()
        let plans = files.flatMap { $0.tables.compactMap(\.file) }
        let parser = BatchParser(
            plans, spool: spool, importID: importID, options: options, rowsPerBatch: 1_000)
        var tables: [Int: Table] = [:]
        var isLast = false
        while !isLast {
            let batch = try await parser.next()
            isLast = batch.isLast
            for part in batch.parts {
                var table =
                    tables[part.file.number]
                    ?? Table(sheet: part.file.sheet, kind: part.file.kind.name)
                let width = part.file.kind.columns.count
                table.present = part.present
                table.lines += part.lines
                for index in part.lines.indices {
                    table.rows.append(part.values.prefix(index, width))
                }
                table.findings = part.findings ?? table.findings
                tables[part.file.number] = table
            }
        }
        return (plans.compactMap { tables[$0.number] }, files)
    }

    /// All errors, whoever found them.
    func errors() async throws -> [IngestionV1.Finding] {
        let (tables, files) = try await read()
        return files.flatMap(\.findings.errors) + tables.flatMap { $0.findings?.errors ?? [] }
    }
}

/// Reads a text of one kind; gives the values of each good row and the findings.
func read(
    _ text: String, as kind: ImportKind, language: MessageLanguage = .vi
) async throws -> (rows: [[FieldValue]], FileFindings) {
    let trial = try ImportTrial(
        [(kind.name + ".csv", Array(text.utf8))], kind: kind, language: language)
    let (tables, files) = try await trial.read()
    var findings = files[0].findings
    var rows: [[FieldValue]] = []
    for table in tables {
        if let found = table.findings { findings.append(found) }
        rows += zip(table.lines, table.rows).filter { $0.0 > 0 }.map(\.1)
    }
    return (rows, findings)
}
