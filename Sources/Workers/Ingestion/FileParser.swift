internal import Dispatch
internal import Rules
internal import Store
internal import Wire

/// The rows of one file that were parsed together.
struct ParsedRows: Sendable {
    let file: SpooledFile
    /// Which columns of the kind the file has.
    var present: [Bool] = []
    /// Line of each row, negative where a cell of it is bad.
    var lines: [Int] = []
    /// The rows' values one after the other, in the order of the kind's columns.
    var values: [FieldValue] = []
    /// Set with the file's last rows: what the parser found in the whole file.
    var findings: FileFindings?
}

/// Reads one file of an import row by row and turns its cells into values.
final class FileParser {
    private let file: SpooledFile
    private var findings = FileFindings()
    private var reader: CSVReader
    /// What the heading says; nil before it was read, or when it could not be.
    private var layout: Layout?
    private var isAtEnd = false

    private struct Layout {
        var width: Int
        var present: [Bool]
        var rows: RowReader
    }

    init(_ file: SpooledFile, spool: Spool, importID: String) throws {
        self.file = file
        reader = CSVReader(
            nextChunk: try spool.reader(importID, file: file.number, size: file.size))
    }

    /// Bytes read so far.
    var consumed: UInt64 { UInt64(reader.consumed) }

    /// The next rows, at most so many; `findings` is set when the file has no more.
    func next(atMost limit: Int) throws -> ParsedRows {
        var parsed = ParsedRows(file: file)
        do {
            if layout == nil { try readHeading() }
            if let layout {
                parsed.present = layout.present
                while !isAtEnd, parsed.lines.count < limit {
                    guard try reader.nextRow() else {
                        isAtEnd = true
                        break
                    }
                    if !reader.isBlank { read(layout, into: &parsed) }
                }
            }
        } catch let problem as CSVProblem {
            findings.error(
                problem.kind.rawValue, line: problem.line, problem.message, hint: problem.hint)
            isAtEnd = true
        }
        if isAtEnd { parsed.findings = findings }
        return parsed
    }

    private func read(_ layout: Layout, into parsed: inout ParsedRows) {
        if reader.fieldCount > layout.width {
            findings.error(
                "bad_file", line: reader.line,
                "dòng có \(reader.fieldCount) ô, tiêu đề chỉ có \(layout.width) cột",
                hint: "đặt trong ngoặc kép các ô có dấu phân cách")
        }
        let isGood = layout.rows.read(reader, into: &parsed.values, findings: &findings)
        parsed.lines.append(isGood ? reader.line : -reader.line)
    }

    private func readHeading() throws {
        isAtEnd = true
        guard try reader.nextRow() else {
            findings.error(
                "bad_file", line: 0, "tệp rỗng, không có dòng tiêu đề",
                hint: "dòng đầu của tệp phải là tên các cột")
            return
        }
        guard let heading = heading(),
            let map = HeadingMap(heading, kind: file.kind, findings: &findings)
        else { return }
        layout = Layout(
            width: heading.count, present: map.present, rows: RowReader(kind: file.kind, map: map))
        isAtEnd = false
    }

    private func heading() -> [String]? {
        var heading: [String] = []
        for index in 0..<reader.fieldCount {
            guard let text = String(validating: reader.field(index), as: UTF8.self) else {
                findings.error(
                    "bad_encoding", line: 1, "dòng tiêu đề không phải văn bản UTF-8",
                    hint: "lưu tệp dưới dạng CSV UTF-8")
                return nil
            }
            heading.append(text)
        }
        return heading
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

    var rowCount: Int { parts.reduce(0) { $0 + $1.lines.count } }
}

/// Parses the files of an import in batches, on a queue of its own while the batch before is applied.
final class BatchParser: @unchecked Sendable {
    // Unchecked: `next` is called by one task, after the batch before has come.
    private let spool: Spool
    private let importID: String
    private let rowsPerBatch: Int
    private var waiting: [SpooledFile]
    private var open: (file: SpooledFile, parser: FileParser)?
    /// Bytes of the files that were read whole.
    private var bytesBefore: UInt64 = 0
    private let queue = DispatchQueue(label: "caodiem.ingestion.parse")

    init(_ files: [SpooledFile], spool: Spool, importID: String, rowsPerBatch: Int) {
        self.spool = spool
        self.importID = importID
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
            room -= rows.lines.count
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
        open = (file, try FileParser(file, spool: spool, importID: importID))
        return open
    }
}
