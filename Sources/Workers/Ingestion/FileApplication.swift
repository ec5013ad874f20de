internal import Rules
internal import Store
internal import Wire

/// What became of the rows of one file.
struct FileApplication {
    let file: SpooledFile
    private(set) var result: IngestionV1.FileResult
    private(set) var findings = FileFindings()

    init(_ file: SpooledFile) {
        self.file = file
        result = .with {
            $0.name = file.name
            $0.kind = file.kind.name
            $0.sha256 = file.sha256
        }
    }

    /// Applies parsed rows.
    mutating func apply(
        _ rows: ParsedRows, with writer: ImportWriter, refused: inout RefusedKeys
    ) throws {
        let width = file.kind.columns.count
        for (index, place) in rows.lines.enumerated() {
            let values = rows.values[index * width..<(index + 1) * width]
            let line = abs(place)
            result.rows += 1
            if place < 0 {
                if let missing = try writer.missingReference(values, of: file.kind) {
                    count(missing, values, line: line, &refused)
                }
                refused.insert(file.kind, values)
            } else {
                let outcome = try writer.apply(
                    values, of: file.kind, present: rows.present,
                    at: RowPosition(file: file.number, line: line))
                count(outcome, values, line: line, &refused)
            }
        }
        if let found = rows.findings { findings.merge(found) }
    }

    mutating func warn(_ finding: RecordedFinding, _ message: String) {
        findings.warning(
            finding.code.rawValue, line: finding.line, column: finding.code.column, message)
    }

    private mutating func count(
        _ outcome: RowOutcome, _ values: ArraySlice<FieldValue>, line: Int,
        _ refused: inout RefusedKeys
    ) {
        let (kind, first) = (file.kind, values.startIndex)
        switch outcome {
        case .inserted: result.inserted += 1
        case .corrected: result.corrected += 1
        case .unchanged: result.unchanged += 1
        case .duplicate:
            let key = kind.key.map(\.name).joined(separator: ", ")
            findings.error(
                "duplicate_key", line: line, column: kind.key.last?.name ?? "",
                found: text(values[first + kind.keyCount - 1]),
                "khóa (\(key)) đã có ở một dòng trước của lần nhập này",
                hint: "bỏ dòng thừa hoặc sửa khóa")
        case .unknownUnit:
            let column = kind.columns.firstIndex { $0.name == "unit_code" } ?? 0
            guard !refused.covers(.units, [values[first + column]]) else { return }
            refuse(
                "unknown_unit", column, "không có đơn vị này", "nhập tệp units trước hoặc cùng lúc")
        case .unknownOfficer:
            let column = kind.columns.firstIndex { $0.name == "officer_code" } ?? 0
            guard !refused.covers(.officers, [values[first + column]]) else { return }
            refuse(
                "unknown_officer", column, "không có chấp hành viên này",
                "nhập tệp officers trước hoặc cùng lúc")
        case .unknownCase:
            guard !refused.covers(.cases, values.prefix(2)) else { return }
            refuse(
                "unknown_case", 1, "đơn vị \(text(values[first])) không có việc này",
                "nhập tệp cases trước hoặc cùng lúc, kiểm tra số quyết định")
        case .unknownAsset:
            guard !refused.covers(.assets, values.prefix(3)) else { return }
            refuse(
                "unknown_asset", 2, "việc \(text(values[first + 1])) không có tài sản này",
                "nhập tệp assets trước hoặc cùng lúc")
        }
        func refuse(_ code: String, _ column: Int, _ message: String, _ hint: String) {
            refused.insert(kind, values)
            findings.error(
                code, line: line, column: kind.columns[column].name,
                found: text(values[first + column]),
                message, hint: hint)
        }
    }

    private func text(_ value: FieldValue) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): number.description
        case .null: ""
        }
    }
}
