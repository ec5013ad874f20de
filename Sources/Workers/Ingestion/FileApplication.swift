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

    init(_ file: SpooledFile, in language: MessageLanguage) {
        self.file = file
        findings = FileFindings(in: language, sheet: file.sheet)
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
        let width = file.kind.columns.count
        for (index, place) in rows.lines.enumerated() {
            let values = rows.values[index * width..<(index + 1) * width]
            let line = abs(place)
            result.rows += 1
            if place < 0 {
                if let missing = try writer.missingReference(values, of: file.kind) {
                    count(missing, values, line: line, &refused, names)
                }
                refused.insert(file.kind, values)
            } else {
                let outcome = try writer.apply(
                    values, of: file.kind, present: rows.present,
                    at: RowPosition(file: file.number, line: line))
                count(outcome, values, line: line, &refused, names)
            }
        }
        if let found = rows.findings { findings.merge(found) }
    }

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
        _ outcome: RowOutcome, _ values: ArraySlice<FieldValue>, line: Int,
        _ refused: inout RefusedKeys, _ names: Names
    ) {
        let (kind, first) = (file.kind, values.startIndex)
        switch outcome {
        case .inserted: result.inserted += 1
        case .corrected: result.corrected += 1
        case .unchanged: result.unchanged += 1
        case .duplicate:
            let key = kind.key.map(\.name).joined(separator: ", ")
            findings.error(
                "duplicate_key", place(line, named: kind.key.last?.name ?? ""),
                found: text(values[first + kind.keyCount - 1]),
                Message(.duplicateKey, ["key": key]), hint: Message(.dropDuplicate))
        case .unknownUnit:
            let column = kind.columns.firstIndex { $0.name == "unit_code" } ?? 0
            guard !refused.covers(.units, [values[first + column]]) else { return }
            refuse("unknown_unit", column, Message(.unknownUnit)) {
                names.nearest.unit($0, in: names.scope) ?? Message(.importUnits)
            }
        case .unknownOfficer:
            let column = kind.columns.firstIndex { $0.name == "officer_code" } ?? 0
            guard !refused.covers(.officers, [values[first + column]]) else { return }
            refuse("unknown_officer", column, Message(.unknownOfficer)) {
                names.nearest.officer($0, in: names.scope) ?? Message(.importOfficers)
            }
        case .unknownCase:
            guard !refused.covers(.cases, values.prefix(2)) else { return }
            let message = Message(.unknownCase, ["unit": text(values[first])])
            refuse("unknown_case", 1, message) { _ in Message(.importCases) }
        case .unknownAsset:
            guard !refused.covers(.assets, values.prefix(3)) else { return }
            let message = Message(.unknownAsset, ["decision": text(values[first + 1])])
            refuse("unknown_asset", 2, message) { _ in Message(.importAssets) }
        }
        func refuse(
            _ code: String, _ column: Int, _ message: Message, _ hint: (String) -> Message
        ) {
            refused.insert(kind, values)
            let found = text(values[first + column])
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
