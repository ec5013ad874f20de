public import WorkerKit

internal import Rules
internal import Store
internal import Wire

/// The ingestion worker: files come in by chunks, and are applied whole or not at all.
public enum IngestionService {
    /// Registers `caodiem.ingestion.v1.Ingestion`.
    public static func register(in services: inout WorkerServices) {
        services.mutation(IngestionV1.Ingestion.begin, begin)
        services.unary(IngestionV1.Ingestion.append, append)
        services.stream(IngestionV1.Ingestion.commit, commit)
        services.bidirectional(IngestionV1.Ingestion.upload, UploadHandler.upload)
        services.unary(IngestionV1.Ingestion.list, HistoryHandlers.list)
        services.stream(IngestionV1.Ingestion.show, HistoryHandlers.show)
        services.mutation(IngestionV1.Ingestion.retract, HistoryHandlers.retract)
        services.stream(IngestionV1.Ingestion.original, HistoryHandlers.original)
        services.unary(IngestionV1.Ingestion.map, map)
        services.stream(IngestionV1.Ingestion.template, template)
    }

    /// Settings beside those of every worker.
    public static let settings = [
        WorkerSetting(
            "headings", type: "path", reloadable: true,
            summary:
                "the office's own headings and words, on top of import/headings.yaml of the law book"
        ) { values in
            do throws(HeadingBook.Unreadable) {
                _ = try HeadingBook.read(headingFiles(values))
                return []
            } catch {
                return error.sentences
            }
        }
    ]

    private static func headingFiles(_ settings: [String: String]) -> [String] {
        [HeadingBook.productFile(lawBook: settings["law_book"] ?? "")]
            + [settings["headings"]].compactMap { $0 }
    }

    private static func severities(
        _ context: WorkerContext
    ) throws(Failure) -> FindingTable {
        let lawBook = context.settings["law_book"] ?? ""
        do {
            return try FindingTable.read(FindingTable.productFile(lawBook: lawBook))
        } catch {
            throw Failure(
                .failedPrecondition, "the table of findings does not load: \(error)",
                hint: "correct the lines named, then retry the plugin")
        }
    }

    static func headings(_ context: WorkerContext) throws(Failure) -> HeadingBook {
        do {
            return try HeadingBook.load(headingFiles(context.settings))
        } catch {
            throw Failure(
                .failedPrecondition, "the headings do not load: \(error)",
                hint: "correct the lines named, then retry the plugin")
        }
    }

    @Sendable
    static func begin(
        _ request: IngestionV1.BeginRequest, _ call: WorkerCall
    ) async throws(Failure) -> IngestionV1.BeginReply {
        _ = try IngestionTranslation.files(of: request)
        _ = try IngestionTranslation.options(of: request, call.context)
        let id: String
        do {
            id = try Spool(folder: call.context.spoolFolder).begin(
                offer: try request.encoded(), atMilliseconds: call.stamp.receivedAtMilliseconds)
        } catch {
            throw IngestionTranslation.failure(error)
        }
        return .with {
            $0.importID = id
            $0.maxChunk = UInt32(Spool.Limits.chunk)
        }
    }

    @Sendable
    static func append(
        _ request: IngestionV1.AppendRequest, _ call: WorkerCall
    ) async throws(Failure) -> IngestionV1.AppendReply {
        guard request.chunk.count <= Spool.Limits.chunk else {
            throw Failure(
                .invalidArgument, "a chunk of \(request.chunk.count) bytes", field: "chunk",
                hint: "send at most \(Spool.Limits.chunk) bytes at a time")
        }
        do {
            let spool = Spool(folder: call.context.spoolFolder)
            let offered = try IngestionTranslation.offered(spool.offer(request.importID))
            guard let offer = offered.files.dropFirst(Int(request.file)).first else {
                throw Failure(
                    .invalidArgument, "file \(request.file) was not announced", field: "file",
                    hint: "files are counted from 0 in the order of Begin")
            }
            guard request.offset <= offer.size,
                UInt64(request.chunk.count) <= offer.size - request.offset
            else {
                throw Failure(
                    .invalidArgument, "more bytes than the \(offer.size) announced",
                    field: "chunk", hint: "begin again with the file's true size")
            }
            let size = try spool.append(
                request.importID, file: Int(request.file), offset: request.offset,
                chunk: request.chunk)
            return .with { $0.size = size }
        } catch {
            throw IngestionTranslation.failure(error)
        }
    }

    @Sendable
    static func commit(
        _ request: IngestionV1.CommitRequest, _ call: WorkerCall,
        _ send: @Sendable (IngestionV1.CommitEvent) async throws(Failure) -> Void
    ) async throws(Failure) {
        try await commit(request, call, isHashed: false, send)
    }

    /// - Parameter isHashed: the bytes were hashed as they came.
    static func commit(
        _ request: IngestionV1.CommitRequest, _ call: WorkerCall, isHashed: Bool,
        _ send: @Sendable (IngestionV1.CommitEvent) async throws(Failure) -> Void
    ) async throws(Failure) {
        if let stored = try await call.load({ try $0.importResult(id: request.importID) }) {
            let result = try IngestionTranslation.result(stored)
            try await send(.with { $0.event = .result(result) })
            return
        }
        let (steps, feed) = AsyncStream.makeStream(
            of: IngestionV1.Progress.self, bufferingPolicy: .bufferingNewest(1))
        let progress = ImportProgress { feed.yield($0) }
        async let outcome = run(
            request, call, progress, isHashed: isHashed, finished: { feed.finish() })
        for await step in steps {
            do throws(Failure) {
                try await send(.with { $0.event = .progress(step) })
            } catch {
                progress.cancel()
                _ = await outcome
                throw error
            }
        }
        let ended = await outcome
        let (result, workbook) = try await call.tellingRefusals {
            () async throws(Failure) in try ended.get()
        }
        if let workbook {
            defer { Spool(folder: call.context.spoolFolder).remove(request.importID) }
            try await WorkbookFile.send(workbook) { (chunk) async throws(Failure) in
                try await send(.with { $0.event = .workbook(.with { $0.data = chunk }) })
            }
        }
        try await send(.with { $0.event = .result(result) })
    }

    /// What came of an import, and where the workbook of its errors stands, if one was asked for.
    private typealias Outcome = (result: IngestionV1.Result, workbook: String?)

    /// Runs the import; the caller's going away takes everything back.
    private static func run(
        _ request: IngestionV1.CommitRequest, _ call: WorkerCall, _ progress: ImportProgress,
        isHashed: Bool, finished: @Sendable () -> Void
    ) async -> Result<Outcome, Failure> {
        defer { finished() }
        let id = request.importID
        do {
            return .success(
                try await withTaskCancellationHandler {
                    try await outcome(request, call, progress, isHashed: isHashed)
                } onCancel: {
                    progress.cancel()
                })
        } catch {
            // Another Commit of the same import may have finished it meanwhile.
            if let stored = try? await call.load({ try $0.importResult(id: id) }),
                let result = try? IngestionTranslation.result(stored)
            {
                return .success((result, nil))
            }
            return .failure(IngestionTranslation.failure(error))
        }
    }

    private static func outcome(
        _ request: IngestionV1.CommitRequest, _ call: WorkerCall, _ progress: ImportProgress,
        isHashed: Bool
    ) async throws -> Outcome {
        let id = request.importID
        let spool = Spool(
            folder: call.context.spoolFolder,
            arrival: request.arriving ? Arrival(progress: progress) : nil)
        let offered = try IngestionTranslation.offered(spool.offer(id))
        let files = try IngestionTranslation.files(of: offered)
        if !request.arriving { try checkSizes(files, id, spool) }
        let check = ArrivalCheck(
            files: files, importID: id, spool: spool, isHashed: isHashed,
            keeps: !offered.dryRun)
        let checking = Task { try await check.run() }
        do {
            var options = try IngestionTranslation.options(of: offered, call.context)
            let surveyed = try await Survey(spool: spool, importID: id, options: options)
                .looking(at: files)
            if offered.errorWorkbook {
                options = options.marking(
                    tables: surveyed.reduce(0) { $0 + $1.tables.count { $0.file != nil } })
            }
            let run = ImportRun(
                files: surveyed, dryRun: offered.dryRun, importID: id, progress: progress,
                stamp: call.stamp, law: call.law, severities: try severities(call.context),
                options: options)
            let parser = BatchParser(
                run.files, spool: spool, importID: id, options: options,
                rowsPerBatch: ImportRun.Limits.rowsPerBatch)
            let result = try await ImportTurn.take(spool.folder, progress: progress) {
                try await apply(
                    run, parser, checking, RowScope(access: call.access), to: call.context.store)
            }
            if !["applied", "unchanged"].contains(result.status) {
                try await dropOriginals(files, call)
            }
            // An import that was applied stands, whether or not the workbook could be written.
            let workbook =
                offered.errorWorkbook
                ? try? ErrorWorkbook(spool: spool, importID: id, options: options)
                    .write(surveyed, run.marked()) : nil
            if workbook == nil { spool.remove(id) }
            return (result, workbook)
        } catch {
            progress.cancel()
            _ = await checking.result
            throw error
        }
    }

    /// The files of an import that was not kept, unless another import of the same bytes was.
    private static func dropOriginals(
        _ files: [OfferedFile], _ call: WorkerCall
    ) async throws(Failure) {
        let known = try await call.load { scope in
            try files.map { try scope.hasImportedFile(sha256: $0.sha256) }
        }
        let originals = Originals(spool: call.context.spoolFolder)
        for (file, isKnown) in zip(files, known) where !isKnown { originals.drop(file.sha256) }
    }

    /// All batches of an import, while no other import is under way; one is parsed while the one before is
    /// applied. Before the last the bytes must have proved to be those announced.
    private static func apply(
        _ run: ImportRun, _ parser: BatchParser, _ checking: Task<Void, any Error>,
        _ rows: RowScope, to store: Store
    ) async throws -> IngestionV1.Result {
        _ = try await store.purgeStagedImports()
        do {
            var batch = try await parser.next()
            var step = ImportRun.Step.more
            while case .more = step {
                let present = batch
                try rows.check(present)
                async let following = present.isLast ? present : parser.next()
                if present.isLast { try await checking.value }
                step = try await store.writeDeciding(looksUpReferences: true) { scope in
                    let step = try run.apply(present, in: scope)
                    return (step, commit: step.isKept)
                }
                if case .more = step {
                    // The gap in which another writer gets its turn.
                    try await Task.sleep(for: ImportRun.pause)
                }
                batch = try await following
            }
            if case .readAll = step {
                try await store.read { scope in try run.look(in: scope) }
                step = try await store.writeDeciding { scope in
                    let step = try run.close(in: scope)
                    return (step, commit: step.isKept)
                }
            }
            guard case .done(let result, let isKept) = step else {
                throw StoreFailure(.other, "the import ended before its last row")
            }
            if run.isStaged, !isKept { _ = try await store.purgeStagedImports() }
            return result
        } catch {
            // In a task of its own: this one may be cancelled, and its reads with it.
            if run.isStaged { await Task { _ = try? await store.purgeStagedImports() }.value }
            throw error
        }
    }

    /// Refuses an import of which bytes are missing.
    static func checkSizes(_ files: [OfferedFile], _ id: String, _ spool: Spool) throws {
        for file in files {
            let there = try spool.size(id, file: file.part)
            guard there == file.size else {
                throw Failure(
                    .failedPrecondition, "\(file.name): \(there) of \(file.size) bytes are there",
                    field: "import_id", hint: "append the rest, then commit again")
            }
        }
    }
}
