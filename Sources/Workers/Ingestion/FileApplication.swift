internal import Rules
internal import Store
internal import Wire

/// What became of the rows of one file.
struct FileApplication {
    let file: SpooledFile
    /// Where suggestions come from.
    typealias Names = (nearest: NearestNames, scope: ReadScope)
    private(set) var result: IngestionV1.FileResult
    private(set) var findings: FileFindings

    init(_ file: SpooledFile, in language: MessageLanguage, keeping kept: Int) {
        self.file = file
        findings = FileFindings(in: language, sheet: file.sheet, keeping: kept)
        result = .with {
            $0.name = file.name
            $0.kind = file.kind.name
            $0.sha256 = file.sha256
        }
    }

    /// Applies parsed rows.
    mutating func apply(
        _ rows: ParsedRows, with writer: ImportWriter, refused: inout RefusedKeys,
        names: Names
    ) throws {
        for (row, place) in rows.lines.enumerated() {
            let line = abs(place)
            if place < 0 {
                if let missing = try writer.missingReference(rows.values, row: row, of: file.kind) {
                    count(missing, rows.values, row, line: line, &refused, names)
                }
                refused.insert(file.kind, rows.values, row)
            } else {
                let outcome = try writer.apply(
                    rows.values, row: row, of: file.kind, present: rows.present,
                    at: RowPosition(file: file.number, line: line))
                count(outcome, rows.values, row, line: line, &refused, names)
            }
        }
        result.rows += UInt64(rows.lines.count)
        if let found = rows.findings { take(found) }
    }

    /// Takes in what was found in the table as it was read.
    mutating func take(_ found: FileFindings) { findings.merge(found) }

    mutating func warn(
        _ finding: RecordedFinding, _ severity: FindingTable.Severity, _ message: Message
    ) {
        findings.warning(
            finding.code.rawValue, place(finding.line, named: finding.code.column),
            severity: severity, message)
    }

    private func place(_ line: Int, named column: String) -> Place {
        let index = file.kind.columns.firstIndex { $0.name == column }
        return Place(line: line, column: column, at: index.flatMap { file.map.places[$0] })
    }

    private mutating func count(
        _ outcome: RowOutcome, _ values: FactRows, _ row: Int, line: Int,
        _ refused: inout RefusedKeys, _ names: Names
    ) {
        switch outcome {
        case .inserted: result.inserted += 1
        case .corrected: result.corrected += 1
        case .unchanged: result.unchanged += 1
        default: blame(outcome, values, row, line: line, &refused, names)
        }
    }

    /// Names what keeps a row from being applied.
    private mutating func blame(
        _ outcome: RowOutcome, _ values: FactRows, _ row: Int, line: Int,
        _ refused: inout RefusedKeys, _ names: Names
    ) {
        let kind = file.kind
        switch outcome {
        case .inserted, .corrected, .unchanged: return
        case .duplicate:
            let key = kind.key.map(\.name).joined(separator: ", ")
            findings.error(
                "duplicate_key", place(line, named: kind.key.last?.name ?? ""),
                found: text(values[row, kind.keyCount - 1]),
                Message(.duplicateKey, ["key": key]), hint: Message(.dropDuplicate))
        case .unknownUnit:
            let column = kind.columns.firstIndex { $0.name == "unit_code" } ?? 0
            guard !refused.covers(.units, [values[row, column]]) else { return }
            refuse("unknown_unit", column, Message(.unknownUnit)) {
                names.nearest.unit($0, in: names.scope) ?? Message(.importUnits)
            }
        case .unknownOfficer:
            let column = kind.columns.firstIndex { $0.name == "officer_code" } ?? 0
            guard !refused.covers(.officers, [values[row, column]]) else { return }
            refuse("unknown_officer", column, Message(.unknownOfficer)) {
                names.nearest.officer($0, in: names.scope) ?? Message(.importOfficers)
            }
        case .unknownCase:
            guard !refused.covers(.cases, values.prefix(row, 2)) else { return }
            let message = Message(.unknownCase, ["unit": text(values[row, 0])])
            refuse("unknown_case", 1, message) { _ in Message(.importCases) }
        case .unknownAsset:
            guard !refused.covers(.assets, values.prefix(row, 3)) else { return }
            let message = Message(.unknownAsset, ["decision": text(values[row, 1])])
            refuse("unknown_asset", 2, message) { _ in Message(.importAssets) }
        }
        func refuse(
            _ code: String, _ column: Int, _ message: Message, _ hint: (String) -> Message
        ) {
            refused.insert(kind, values, row)
            let found = text(values[row, column])
            // A suggestion costs a search, so only what is listed gets one.
            let isListed = findings.errors.count < FileFindings.Limits.listed
            findings.error(
                code, place(line, named: kind.columns[column].name), found: found, message,
                hint: isListed ? hint(found) : nil)
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
