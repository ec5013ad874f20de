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

/// Reads, checks and applies the files of one import, batch by batch; nobody sees a row of it before the last
/// transaction, which publishes all.
///
///     step → more → step → more → step → readAll → look → close        one batch: step → done
final class ImportRun: @unchecked Sendable {
    // Unchecked: one task uses it, one transaction at a time.
    struct Limits {
        /// Rows between two reports of progress.
        var rowsPerReport: UInt64 = 2_000
        /// Rows that one transaction takes in: other writers wait no longer than that takes.
        var rowsPerBatch = 10_000
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

    let files: [SpooledFile]
    let dryRun: Bool
    private let spool: Spool
    private let importID: String
    private let progress: ImportProgress
    private let stamp: ChangeStamp
    let law: LawTable
    private let limits: Limits

    private var writer: ImportWriter?
    private var waiting: [SpooledFile]
    private var open: OpenFile?
    private var results = [Int: IngestionV1.FileResult]()
    private var findings = [Int: FileFindings]()
    private var refused = RefusedKeys()
    /// Bytes of the files that were read whole.
    private var bytesBefore: UInt64 = 0
    private let bytesInAll: UInt64

    init(
        files: [SpooledFile], dryRun: Bool, spool: Spool, importID: String,
        progress: ImportProgress, stamp: ChangeStamp, law: LawTable, limits: Limits = Limits()
    ) {
        self.files = files
        self.dryRun = dryRun
        self.spool = spool
        self.importID = importID
        self.progress = progress
        self.stamp = stamp
        self.law = law
        self.limits = limits
        // Every kind after those that it refers to.
        waiting = ImportKind.all.flatMap { kind in files.filter { $0.kind.name == kind.name } }
        bytesInAll = files.reduce(0) { $0 + $1.size }
    }

    /// Whether batches were committed that have to be taken back unless they are published.
    var isStaged: Bool { writer?.isStaged ?? false }

    private var isRejected: Bool { findings.values.contains(where: \.hasErrors) }

    /// One transaction's worth of rows. An import of one batch is over with it.
    func step(in scope: WriteScope) throws -> Step {
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
        var room = limits.rowsPerBatch
        while let file = try nextFile() {
            let isAtEnd = try file.take(
                &room, with: writer, refused: &refused, report: report, every: limits.rowsPerReport)
            guard isAtEnd else {
                try writer.suspend()
                return .more
            }
            close(file)
        }
        if writer.isStaged { return .readAll }
        try look(in: scope.reading)
        return try close(in: scope)
    }

    /// Names what the law or sense would have otherwise, once all rows are in.
    func look(in scope: ReadScope) throws {
        guard let writer, !isRejected else { return }
        try progress.at("checking", done: bytesInAll, of: bytesInAll)
        try scope.forEachFinding(of: writer) { recorded in
            guard let message = message(of: recorded) else { return }
            findings[recorded.file, default: FileFindings()].warning(
                recorded.code.rawValue, line: recorded.line, column: recorded.code.column,
                message)
        }
    }

    /// Publishes the import and keeps its result, or says that it is to be taken back.
    func close(in scope: WriteScope) throws -> Step {
        guard let writer else { throw StoreFailure(.other, "the import has not begun") }
        var result = self.result()
        guard !isRejected, !dryRun else { return .done(result, keep: false) }
        let hasChanged = result.status == "applied"
        if hasChanged { result.change = UInt64(writer.change) }
        try writer.publish()
        try scope.saveImport(
            id: importID, status: result.status, result: try result.encoded(),
            change: writer.change, hasChanged: hasChanged,
            files: files.sorted { $0.number < $1.number }.map {
                ImportedFile(
                    name: $0.name, kind: $0.kind.name, sha256: $0.sha256, size: Int64($0.size))
            })
        return .done(result, keep: true)
    }

    private func result() -> IngestionV1.Result {
        var result = IngestionV1.Result()
        result.files = files.sorted { $0.number < $1.number }.map { file in
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
        return result
    }

    private func nextFile() throws -> OpenFile? {
        if let open { return open }
        guard !waiting.isEmpty else { return nil }
        let file = waiting.removeFirst()
        open = try OpenFile(file, spool: spool, importID: importID)
        return open
    }

    private func close(_ file: OpenFile) {
        results[file.file.number] = file.result
        findings[file.file.number] = file.findings
        bytesBefore += file.file.size
        open = nil
    }

    private func report(_ done: UInt64) throws {
        let inFile = min(done, open?.file.size ?? 0)
        try progress.at("applying", done: bytesBefore + inFile, of: bytesInAll)
    }
}

/// Keys of rows that were refused, so that what hangs on them is not refused as well.
struct RefusedKeys {
    private var keys: [String: Set<String>] = [:]

    mutating func insert(_ kind: ImportKind, _ values: [FieldValue]) {
        guard keys[kind.name, default: []].count < ImportRun.Limits.refusedKeys else { return }
        keys[kind.name, default: []].insert(RefusedKeys.key(values.prefix(kind.keyCount)))
    }

    func covers(_ parent: ImportKind, _ values: some Collection<FieldValue>) -> Bool {
        keys[parent.name]?.contains(RefusedKeys.key(values)) ?? false
    }

    private static func key(_ values: some Collection<FieldValue>) -> String {
        values.map { if case .text(let text) = $0 { text } else { "" } }
            .joined(separator: "\u{1F}")
    }
}
