internal import Dispatch
internal import Rules
internal import Store
internal import Wire

/// The rows of one table that were parsed together.
struct ParsedRows: Sendable {
    let file: SpooledFile
    /// Which columns of the kind the table has.
    let present: [Bool]
    /// Line of each row, negative where a cell of it is bad.
    var lines: [Int] = []
    /// The rows' values, in the order of the kind's columns.
    var values: FactRows
    /// Set with the table's last rows: what the parser found in the whole table.
    var findings: FileFindings?

    init(_ file: SpooledFile, atMost rows: Int) {
        self.file = file
        present = file.map.present
        values = FactRows(width: file.kind.columns.count, rows: rows)
        lines.reserveCapacity(rows)
    }
}

/// Reads one table of an import row by row and turns its cells into values.
final class FileParser {
    enum Limits {
        /// Bytes of text after which a batch is full, however few its rows.
        static let batchBytes = 16 << 20
    }

    private let file: SpooledFile
    private var findings: FileFindings
    private var source: any TableSource
    private let rows: RowReader
    private var row = TableRow()
    private var isAtEnd = false
    private var isAfterTotal = false
    /// Rows under the sums that are no data.
    private var feet = (first: 0, count: 0)

    init(_ file: SpooledFile, source: any TableSource, shift: Int, options: ReadingOptions) {
        self.file = file
        self.source = source
        findings = FileFindings(
            in: options.language, sheet: file.sheet, keeping: options.kept)
        rows = RowReader(kind: file.kind, map: file.map, book: options.book, shift: shift)
    }

    /// Bytes read so far; of a sheet those that were unpacked.
    var consumed: UInt64 { source.consumed }

    /// The next rows, at most so many; `findings` is set when the table has no more.
    ///
    /// - Throws: what keeps the bytes from being read: `Spool.Problem`, or `StoreFailure` when the caller has gone.
    func next(atMost limit: Int) throws -> ParsedRows {
        var parsed = ParsedRows(file, atMost: limit)
        do {
            try read(from: &source, limit, into: &parsed)
        } catch let problem as TableProblem {
            findings.error(problem)
            isAtEnd = true
        } catch  where error is Spool.Problem || error is StoreFailure {
            throw error
        } catch {
            findings.error(
                TableProblem(.badFile, Message(.brokenZip), hint: Message(.sendWhole)))
            isAtEnd = true
        }
        if isAtEnd {
            if feet.count > 0 {
                findings.warning(
                    "foot_rows", Place(line: feet.first),
                    Message(.footSkipped, ["count": "\(feet.count)"]))
            }
            parsed.findings = findings
        }
        return parsed
    }

    private func read(
        from source: inout some TableSource, _ limit: Int, into parsed: inout ParsedRows
    ) throws {
        while !isAtEnd, parsed.lines.count < limit, parsed.values.byteCount < Limits.batchBytes {
            guard try source.next(into: &row) else {
                isAtEnd = true
                return
            }
            if row.line <= file.skippedLine || row.isBlank { continue }
            if isAfterTotal, rows.isFoot(row) {
                feet = (feet.count == 0 ? row.line : feet.first, feet.count + 1)
                continue
            }
            take(&parsed)
        }
    }

    private func take(_ parsed: inout ParsedRows) {
        let extra = file.sheet.isEmpty && row.count > file.map.width
        switch rows.read(row, into: &parsed.values, findings: &findings) {
        case .good: parsed.lines.append(row.line)
        case .bad: parsed.lines.append(-row.line)
        case .blank: return
        case .example:
            findings.warning("example_row", Place(line: row.line), Message(.exampleSkipped))
            return
        case .total:
            isAfterTotal = true
            findings.warning("total_row", Place(line: row.line), Message(.totalSkipped))
            return
        }
        if extra, (file.map.width..<row.count).contains(where: { !row.cell($0).isEmpty }) {
            findings.error(
                "bad_file", Place(line: row.line),
                Message(
                    .tooManyCells, ["found": "\(row.count)", "width": "\(file.map.width)"]),
                hint: Message(.quoteCells))
        }
    }
}

/// What is ready to be applied in one transaction.
struct ParsedBatch: Sendable {
    /// In an order in which every kind comes after those that it refers to.
    var parts: [ParsedRows] = []
    /// Bytes of all files that were read so far.
    var consumed: UInt64 = 0
    /// Nothing comes after it.
    var isLast = false
}

/// Parses the tables of an import in batches, on a queue of its own while the batch before is applied.
final class BatchParser: @unchecked Sendable {
    // Unchecked: `next` is called by one task, after the batch before has come.
    private let spool: Spool
    private let importID: String
    private let options: ReadingOptions
    private let rowsPerBatch: Int
    private var waiting: [SpooledFile]
    private var open: (file: SpooledFile, parser: FileParser)?
    /// The workbook whose sheet was read last: the next sheet is often of the same.
    private var workbook: (part: Int, workbook: Workbook)?
    /// Bytes of the tables that were read whole.
    private var bytesBefore: UInt64 = 0
    private let queue = DispatchQueue(label: "caodiem.ingestion.parse")

    init(
        _ files: [SpooledFile], spool: Spool, importID: String, options: ReadingOptions,
        rowsPerBatch: Int
    ) {
        self.spool = spool
        self.importID = importID
        self.options = options
        self.rowsPerBatch = rowsPerBatch
        waiting = ImportKind.all.flatMap { kind in files.filter { $0.kind.name == kind.name } }
    }

    /// The next batch.
    func next() async throws -> ParsedBatch {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.parse() }) }
        }
    }

    private func parse() throws -> ParsedBatch {
        var batch = ParsedBatch()
        var room = rowsPerBatch
        while room > 0, let (file, parser) = try nextFile() {
            let rows = try parser.next(atMost: room)
            let isFull = rows.values.byteCount >= FileParser.Limits.batchBytes
            room = isFull ? 0 : room - rows.lines.count
            batch.consumed = bytesBefore + min(parser.consumed, file.size)
            if rows.findings != nil {
                bytesBefore += file.size
                open = nil
            }
            batch.parts.append(rows)
        }
        batch.isLast = open == nil && waiting.isEmpty
        return batch
    }

    private func nextFile() throws -> (file: SpooledFile, parser: FileParser)? {
        if let open { return open }
        guard !waiting.isEmpty else { return nil }
        let file = waiting.removeFirst()
        open = (file, try parser(of: file))
        return open
    }

    private func parser(of file: SpooledFile) throws -> FileParser {
        guard !file.sheet.isEmpty else {
            let chunks = TextChunks(
                legacy: options.legacy,
                nextChunk: try spool.reader(importID, file: file.part, size: file.size))
            return FileParser(
                file, source: CSVReader(nextChunk: chunks.next), shift: 0, options: options)
        }
        let book = try workbook(file)
        guard let sheet = book.sheets.first(where: { $0.name == file.sheet }) else {
            throw TableProblem(.badFile, Message(.noSheet))
        }
        return FileParser(
            file, source: try book.rows(of: sheet, legacy: options.legacy),
            shift: book.uses1904 ? Workbook.shiftOf1904 : 0, options: options)
    }

    private func workbook(_ file: SpooledFile) throws -> Workbook {
        if let workbook, workbook.part == file.part { return workbook.workbook }
        let opened = try Workbook(
            path: try spool.path(importID, file: file.part, size: file.size),
            spillFolder: spool.folder)
        workbook = (file.part, opened)
        return opened
    }
}
