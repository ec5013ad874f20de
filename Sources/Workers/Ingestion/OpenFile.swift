internal import Rules
internal import Store
internal import Wire

/// One file of an import while its rows are taken in.
final class OpenFile {
    let file: SpooledFile
    private(set) var result: IngestionV1.FileResult
    private(set) var findings = FileFindings()
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
        result = .with {
            $0.name = file.name
            $0.kind = file.kind.name
            $0.sha256 = file.sha256
        }
        reader = CSVReader(
            nextChunk: try spool.reader(importID, file: file.number, size: file.size))
    }

    /// Takes in rows while there is room; true when the file has no more.
    func take(
        _ room: inout Int, with writer: ImportWriter, refused: inout RefusedKeys,
        report: (UInt64) throws -> Void, every rowsPerReport: UInt64
    ) throws -> Bool {
        do {
            if layout == nil { try readHeading() }
            guard let layout, !isAtEnd else { return true }
            var values: [FieldValue] = []
            while room > 0 {
                guard try reader.nextRow() else {
                    isAtEnd = true
                    return true
                }
                if reader.isBlank { continue }
                room -= 1
                result.rows += 1
                if result.rows % rowsPerReport == 0 { try report(UInt64(reader.consumed)) }
                try take(layout, into: &values, with: writer, refused: &refused)
            }
            return false
        } catch let problem as CSVProblem {
            findings.error(
                problem.kind.rawValue, line: problem.line, problem.message, hint: problem.hint)
            isAtEnd = true
            return true
        }
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

    private func take(
        _ layout: Layout, into values: inout [FieldValue], with writer: ImportWriter,
        refused: inout RefusedKeys
    ) throws {
        if reader.fieldCount > layout.width {
            findings.error(
                "bad_file", line: reader.line,
                "dòng có \(reader.fieldCount) ô, tiêu đề chỉ có \(layout.width) cột",
                hint: "đặt trong ngoặc kép các ô có dấu phân cách")
        }
        guard layout.rows.read(reader, into: &values, findings: &findings) else {
            if let missing = try writer.missingReference(values, of: file.kind) {
                count(missing, values, &refused)
            }
            refused.insert(file.kind, values)
            return
        }
        let outcome = try writer.apply(
            values, of: file.kind, present: layout.present,
            at: RowPosition(file: file.number, line: reader.line))
        count(outcome, values, &refused)
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

    private func count(
        _ outcome: RowOutcome, _ values: [FieldValue], _ refused: inout RefusedKeys
    ) {
        let (kind, line) = (file.kind, reader.line)
        switch outcome {
        case .inserted: result.inserted += 1
        case .corrected: result.corrected += 1
        case .unchanged: result.unchanged += 1
        case .duplicate:
            let key = kind.key.map(\.name).joined(separator: ", ")
            findings.error(
                "duplicate_key", line: line, column: kind.key.last?.name ?? "",
                found: text(values, kind.keyCount - 1),
                "khóa (\(key)) đã có ở một dòng trước của lần nhập này",
                hint: "bỏ dòng thừa hoặc sửa khóa")
        case .unknownUnit:
            let column = kind.columns.firstIndex { $0.name == "unit_code" } ?? 0
            guard !refused.covers(.units, [values[column]]) else { return }
            refuse(
                "unknown_unit", column, "không có đơn vị này", "nhập tệp units trước hoặc cùng lúc")
        case .unknownOfficer:
            let column = kind.columns.firstIndex { $0.name == "officer_code" } ?? 0
            guard !refused.covers(.officers, [values[column]]) else { return }
            refuse(
                "unknown_officer", column, "không có chấp hành viên này",
                "nhập tệp officers trước hoặc cùng lúc")
        case .unknownCase:
            guard !refused.covers(.cases, values.prefix(2)) else { return }
            refuse(
                "unknown_case", 1, "đơn vị \(text(values, 0)) không có việc này",
                "nhập tệp cases trước hoặc cùng lúc, kiểm tra số quyết định")
        case .unknownAsset:
            guard !refused.covers(.assets, values.prefix(3)) else { return }
            refuse(
                "unknown_asset", 2, "việc \(text(values, 1)) không có tài sản này",
                "nhập tệp assets trước hoặc cùng lúc")
        }
        func refuse(_ code: String, _ column: Int, _ message: String, _ hint: String) {
            refused.insert(kind, values)
            findings.error(
                code, line: line, column: kind.columns[column].name, found: text(values, column),
                message, hint: hint)
        }
    }

    private func text(_ values: [FieldValue], _ index: Int) -> String {
        switch values[index] {
        case .text(let text): text
        case .integer(let number):
            number.description
        case .null: ""
        }
    }
}
