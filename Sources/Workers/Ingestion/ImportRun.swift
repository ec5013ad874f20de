internal import Rules
internal import Store
internal import Synchronization
internal import Wire

/// One file of an import, ready to be read.
struct SpooledFile: Sendable {
    let name: String
    let kind: ImportKind
    let sha256: String
    let size: UInt64
    /// Place in the order in which the client offered the files.
    let number: Int
}

/// How far an import has come, and whether its caller still waits.
final class ImportProgress: Sendable {
    private let report: @Sendable (IngestionV1.Progress) -> Void
    private let cancelled = Atomic<Bool>(false)

    init(report: @escaping @Sendable (IngestionV1.Progress) -> Void) { self.report = report }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    func at(_ phase: String, done: UInt64, of total: UInt64) throws {
        if cancelled.load(ordering: .relaxed) {
            throw StoreFailure(.interrupted, "the import was cancelled; nothing was changed")
        }
        report(
            .with {
                $0.phase = phase
                $0.done = done
                $0.total = total
            })
    }
}

/// Reads, checks and applies the files of one import inside one write transaction.
struct ImportRun {
    enum Limits {
        /// Rows between two reports of progress.
        static let rowsPerReport = 2_000
    }

    let files: [SpooledFile]
    let spool: Spool
    let importID: String
    let progress: ImportProgress
    let stamp: ChangeStamp
    let law: LawTable

    /// Keys of rows that were refused, so that what hangs on them is not refused as well.
    private struct Refused {
        private var keys: [String: Set<String>] = [:]
        /// Keys remembered of one kind.
        static let limit = 100_000

        mutating func insert(_ kind: ImportKind, _ values: [FieldValue]) {
            guard keys[kind.name, default: []].count < Refused.limit else { return }
            keys[kind.name, default: []].insert(Refused.key(values.prefix(kind.keyCount)))
        }

        func covers(_ parent: ImportKind, _ values: some Collection<FieldValue>) -> Bool {
            keys[parent.name]?.contains(Refused.key(values)) ?? false
        }

        private static func key(_ values: some Collection<FieldValue>) -> String {
            values.map { if case .text(let text) = $0 { text } else { "" } }
                .joined(separator: "\u{1F}")
        }
    }

    /// Applies all files; says whether the work is to be kept. Nothing is kept of a dry run or a rejected import.
    func apply(
        dryRun: Bool, in scope: WriteScope
    ) throws -> (IngestionV1.Result, commit: Bool) {
        if let stored = try scope.reading.importResult(id: importID) {
            return (try IngestionTranslation.result(stored), false)
        }
        let writer = try ImportWriter(scope, stamp: stamp)
        var results = [Int: IngestionV1.FileResult]()
        var findings = [Int: FileFindings]()
        var refused = Refused()
        let total = files.reduce(0) { $0 + $1.size }
        var before: UInt64 = 0
        for kind in ImportKind.all {
            for file in files where file.kind.name == kind.name {
                var found = FileFindings()
                results[file.number] = try apply(
                    file, with: writer, findings: &found, refused: &refused
                ) { done in
                    try progress.at("applying", done: before + min(done, file.size), of: total)
                }
                findings[file.number] = found
                before += file.size
            }
        }
        let isRejected = findings.values.contains(where: \.hasErrors)
        if !isRejected {
            try progress.at("checking", done: total, of: total)
            try scope.forEachFinding(change: writer.change) { recorded in
                guard let message = message(of: recorded) else { return }
                findings[recorded.file, default: FileFindings()].warning(
                    recorded.code.rawValue, line: recorded.line, column: recorded.code.column,
                    message)
            }
        }
        let ordered = files.sorted { $0.number < $1.number }
        var result = IngestionV1.Result()
        result.files = ordered.map { file in
            var one = results[file.number] ?? IngestionV1.FileResult()
            let found = findings[file.number] ?? FileFindings()
            one.errors = found.errors
            one.warnings = found.warnings
            one.moreErrors = found.moreErrors
            one.moreWarnings = found.moreWarnings
            if isRejected { (one.inserted, one.corrected, one.unchanged) = (0, 0, 0) }
            return one
        }
        let changed = result.files.contains { $0.inserted + $0.corrected > 0 }
        result.status =
            isRejected ? "rejected" : dryRun ? "dry_run" : changed ? "applied" : "unchanged"
        guard !isRejected, !dryRun else { return (result, false) }
        if changed { result.change = UInt64(writer.change) }
        try keep(result, change: changed ? writer.change : nil, discard: writer.change, in: scope)
        return (result, true)
    }

    private func keep(
        _ result: IngestionV1.Result, change: Int64?, discard: Int64, in scope: WriteScope
    ) throws {
        if change == nil { try scope.discardChange(discard) }
        try scope.saveImport(
            id: importID, status: result.status, result: try result.encoded(), change: change,
            files: files.sorted { $0.number < $1.number }.map {
                ImportedFile(name: $0.name, kind: $0.kind.name, sha256: $0.sha256)
            })
    }

    private func apply(
        _ file: SpooledFile, with writer: ImportWriter, findings: inout FileFindings,
        refused: inout Refused, report: (UInt64) throws -> Void
    ) throws -> IngestionV1.FileResult {
        var result = IngestionV1.FileResult.with {
            $0.name = file.name
            $0.kind = file.kind.name
            $0.sha256 = file.sha256
        }
        var reader = CSVReader(
            nextChunk: try spool.reader(importID, file: file.number, size: file.size))
        do {
            guard try reader.nextRow() else {
                findings.error(
                    "bad_file", line: 0, "tệp rỗng, không có dòng tiêu đề",
                    hint: "dòng đầu của tệp phải là tên các cột")
                return result
            }
            guard let heading = heading(of: reader, findings: &findings),
                let map = HeadingMap(heading, kind: file.kind, findings: &findings)
            else { return result }
            let rows = RowReader(kind: file.kind, map: map)
            var values: [FieldValue] = []
            while try reader.nextRow() {
                if reader.isBlank { continue }
                result.rows += 1
                if result.rows % UInt64(Limits.rowsPerReport) == 0 {
                    try report(UInt64(reader.consumed))
                }
                if reader.fieldCount > heading.count {
                    findings.error(
                        "bad_file", line: reader.line,
                        "dòng có \(reader.fieldCount) ô, tiêu đề chỉ có \(heading.count) cột",
                        hint: "đặt trong ngoặc kép các ô có dấu phân cách")
                }
                guard rows.read(reader, into: &values, findings: &findings) else {
                    if let missing = try writer.missingReference(values, of: file.kind) {
                        count(
                            missing, values, file.kind, line: reader.line, &result, &findings,
                            &refused)
                    }
                    refused.insert(file.kind, values)
                    continue
                }
                let outcome = try writer.apply(
                    values, of: file.kind, present: map.present,
                    at: RowPosition(file: file.number, line: reader.line))
                count(
                    outcome, values, file.kind, line: reader.line, &result, &findings, &refused)
            }
        } catch let problem as CSVProblem {
            findings.error(
                problem.kind.rawValue, line: problem.line, problem.message, hint: problem.hint)
        }
        return result
    }

    private func heading(of reader: CSVReader, findings: inout FileFindings) -> [String]? {
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
        _ outcome: RowOutcome, _ values: [FieldValue], _ kind: ImportKind, line: Int,
        _ result: inout IngestionV1.FileResult, _ findings: inout FileFindings,
        _ refused: inout Refused
    ) {
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
