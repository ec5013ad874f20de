internal import Rules
internal import Store
internal import Synchronization
internal import Wire

/// How far an import has come, and whether its caller still waits.
final class ImportProgress: Sendable {
    private let report: @Sendable (IngestionV1.Progress) -> Void
    private let cancelled = Atomic<Bool>(false)
    /// The phase under way and when it began, by the monotonic clock.
    private let phase = Mutex<(name: String, began: ContinuousClock.Instant)>(("", .now))

    init(report: @escaping @Sendable (IngestionV1.Progress) -> Void) { self.report = report }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    /// - Parameters:
    ///   - done: bytes, of `total`.
    ///   - rows: read so far, with so many errors in them.
    /// - Throws: `interrupted` when the caller no longer waits.
    func at(
        _ phase: String, done: UInt64, of total: UInt64, rows: UInt64 = 0, errors: UInt64 = 0
    ) throws {
        try goOn()
        let seconds = secondsIn(phase)
        report(
            .with {
                $0.phase = phase
                $0.done = done
                $0.total = total
                $0.rows = rows
                $0.errors = errors
                guard seconds > 0.2, done > 0 else { return }
                $0.rowsPerSecond = UInt64(Double(rows) / seconds)
                $0.millisecondsLeft = UInt64(
                    seconds * 1_000 * Double(total - min(done, total)) / Double(done))
            })
    }

    /// - Throws: `interrupted` when the caller no longer waits.
    func goOn() throws {
        if cancelled.load(ordering: .relaxed) {
            throw StoreFailure(.interrupted, "the import was cancelled; nothing was changed")
        }
    }

    private func secondsIn(_ name: String) -> Double {
        let now = ContinuousClock.now
        let began = phase.withLock { phase in
            if phase.name != name { phase = (name, now) }
            return phase.began
        }
        let spent = (now - began).components
        return Double(spent.seconds) + Double(spent.attoseconds) / 1e18
    }
}

/// Checks and applies the rows of one import, batch by batch; nobody sees a row of it before the last
/// transaction, which publishes all.
///
///     apply → more → apply → more → apply → readAll → look → close        one batch: apply → done
final class ImportRun: @unchecked Sendable {
    // Unchecked: one task uses it, one transaction at a time.
    enum Limits {
        /// Rows that one transaction takes in: other writers wait no longer than that takes.
        static let rowsPerBatch = 20_000
        /// Keys of refused rows remembered of one kind.
        static let refusedKeys = 100_000
    }

    /// Where the import stands after a transaction.
    enum Step {
        /// There are more rows.
        case more
        /// All rows are in; they are to be looked over, then published.
        case readAll
        /// It is over: kept as the result says, or to be taken back.
        case done(IngestionV1.Result, keep: Bool)

        /// Whether the transaction is to be committed.
        var isKept: Bool {
            if case .done(_, let keep) = self { keep } else { true }
        }
    }

    /// Between two batches, so that a waiting writer gets in.
    static let pause: Duration = .milliseconds(4)

    private let surveyed: [SurveyedFile]
    /// The tables of all files, by their numbers.
    let files: [SpooledFile]
    let dryRun: Bool
    private let importID: String
    private let progress: ImportProgress
    private let stamp: ChangeStamp
    private let law: LawTable
    private let severities: FindingTable

    private var writer: ImportWriter?
    private var applied: [FileApplication]
    private var refused = RefusedKeys()
    private let names = NearestNames()

    init(
        files: [SurveyedFile], dryRun: Bool, importID: String, progress: ImportProgress,
        stamp: ChangeStamp, law: LawTable, severities: FindingTable, options: ReadingOptions
    ) {
        surveyed = files
        self.files = files.flatMap { $0.tables.compactMap(\.file) }
        self.dryRun = dryRun
        self.importID = importID
        self.progress = progress
        self.stamp = stamp
        self.law = law
        self.severities = severities
        applied = self.files.map {
            FileApplication($0, in: options.language, keeping: options.kept)
        }
    }

    /// Whether batches were committed that have to be taken back unless they are published.
    var isStaged: Bool { writer?.isStaged ?? false }

    private var isRejected: Bool {
        applied.contains(where: \.findings.hasErrors)
            || surveyed.contains(where: \.findings.hasErrors)
    }
    private var bytes: UInt64 { files.reduce(0) { $0 + $1.size } }

    /// Applies a batch in its own transaction. An import of one batch is over with it.
    func apply(_ batch: ParsedBatch, in scope: WriteScope) throws -> Step {
        let writer: ImportWriter
        if let begun = self.writer {
            writer = begun
            try writer.resume(in: scope)
        } else {
            if let stored = try scope.reading.importResult(id: importID) {
                return .done(try IngestionTranslation.result(stored), keep: false)
            }
            writer = try ImportWriter(scope, stamp: stamp)
            self.writer = writer
        }
        for rows in batch.parts {
            guard let index = files.firstIndex(where: { $0.number == rows.file.number }) else {
                continue
            }
            try applied[index].apply(
                rows, with: writer, refused: &refused, names: (names, scope.reading))
        }
        try progress.at(
            "applying", done: batch.consumed, of: bytes,
            rows: applied.reduce(0) { $0 + $1.result.rows },
            errors: applied.reduce(0) { $0 + $1.findings.errorCount })
        if batch.isLast, !writer.isStaged {
            try look(in: scope.reading)
            return try close(in: scope)
        }
        try writer.suspend()
        return batch.isLast ? .readAll : .more
    }

    /// Names what the law or sense would have otherwise, once all rows are in.
    func look(in scope: ReadScope) throws {
        guard let writer, !isRejected else { return }
        let warnings = RecordedWarnings(law: law)
        try progress.at("checking", done: bytes, of: bytes)
        try scope.forEachFinding(of: writer) { recorded in
            let severity = severities[recorded.code]
            guard severity != .silent, let message = warnings.message(of: recorded),
                let index = files.firstIndex(where: { $0.number == recorded.file })
            else { return }
            applied[index].warn(recorded, severity, message)
        }
    }

    /// Publishes the import and keeps its result, or says that it is to be taken back.
    func close(in scope: WriteScope) throws -> Step {
        guard let writer else { throw StoreFailure(.other, "the import has not begun") }
        var result = self.result(listing: FileFindings.Limits.listed)
        guard !isRejected, !dryRun else { return .done(result, keep: false) }
        let hasChanged = result.status == "applied"
        if hasChanged { result.change = UInt64(writer.change) }
        try writer.publish()
        try scope.saveImport(
            id: importID, status: result.status, result: try result.encoded(),
            change: writer.change, hasChanged: hasChanged,
            files: files.map {
                ImportedFile(
                    name: $0.title, kind: $0.kind.name, sha256: $0.sha256, size: Int64($0.size))
            })
        return .done(result, keep: true)
    }

    /// The result with all findings that were kept, for the workbook that marks them.
    func marked() -> IngestionV1.Result { result(listing: FileFindings.Limits.marked) }

    private func result(listing listed: Int) -> IngestionV1.Result {
        var result = IngestionV1.Result()
        result.files = surveyed.map { file in
            let tables = applied.filter { $0.file.part == file.offer.part }
            return IngestionTranslation.result(
                of: file, tables, isRejected: isRejected, listing: listed)
        }
        let changed = result.files.contains { $0.inserted + $0.corrected > 0 }
        result.status =
            isRejected ? "rejected" : dryRun ? "dry_run" : changed ? "applied" : "unchanged"
        return result
    }
}

/// Keys of rows that were refused, so that what hangs on them is not refused as well.
struct RefusedKeys {
    private var keys: [String: Set<String>] = [:]

    mutating func insert(_ kind: ImportKind, _ rows: FactRows, _ row: Int) {
        guard keys[kind.name, default: []].count < ImportRun.Limits.refusedKeys else { return }
        keys[kind.name, default: []].insert(RefusedKeys.key(rows.prefix(row, kind.keyCount)))
    }

    func covers(_ parent: ImportKind, _ values: [FieldValue]) -> Bool {
        keys[parent.name]?.contains(RefusedKeys.key(values)) ?? false
    }

    private static func key(_ values: [FieldValue]) -> String {
        values.map { if case .text(let text) = $0 { text } else { "" } }
            .joined(separator: "\u{1F}")
    }
}
