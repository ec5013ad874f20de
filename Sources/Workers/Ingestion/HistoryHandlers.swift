internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// What was imported, by whom and when, what it changed, and taking it back.
enum HistoryHandlers {
    enum Limits {
        /// Imports listed when the caller names no number, and at most.
        static let listed = 50
        static let listedAtMost = 500
        /// Corrections shown when the caller names no number, and at most.
        static let corrections = 1_000
        static let correctionsAtMost = 10_000
    }

    @Sendable
    static func list(
        _ request: IngestionV1.ListRequest, _ call: WorkerCall
    ) async throws(Failure) -> IngestionV1.ListReply {
        let asked = request.limit == 0 ? Limits.listed : Int(request.limit)
        let limit = min(asked, Limits.listedAtMost)
        let before = request.beforeChange == 0 ? nil : Int64(clamping: request.beforeChange)
        let records = try await call.load {
            try $0.imports(before: before, limit: limit + 1)
        }
        var reply = IngestionV1.ListReply()
        for record in records.prefix(limit) where call.sees(record) {
            reply.imports.append(
                try summary(record, try IngestionTranslation.result(record.result)))
        }
        reply.more = records.count > limit
        return reply
    }

    @Sendable
    static func show(
        _ request: IngestionV1.ShowRequest, _ call: WorkerCall,
        _ send: @Sendable (IngestionV1.ShowEvent) async throws(Failure) -> Void
    ) async throws(Failure) {
        let record = try await record(request.import, call)
        let result = try IngestionTranslation.result(record.result)
        let summary = try summary(record, result)
        let shown = IngestionV1.ShownImport.with {
            $0.summary = summary
            $0.result = result
        }
        try await send(.with { $0.event = .import(shown) })
        let asked = request.limit == 0 ? UInt64(Limits.corrections) : request.limit
        let limit = min(Int(clamping: asked), Limits.correctionsAtMost)
        let corrections = try await call.load { scope in
            var found: [IngestionV1.Correction] = []
            try scope.forEachCorrection(of: record.change) { row in
                if found.count < limit { found.append(correction(row)) }
            }
            return found
        }
        for correction in corrections {
            try await send(.with { $0.event = .correction(correction) })
        }
    }

    @Sendable
    static func retract(
        _ request: IngestionV1.RetractRequest, _ call: WorkerCall
    ) async throws(Failure) -> IngestionV1.RetractReply {
        let record = try await record(request.import, call)
        let stamp = call.stamp
        do {
            return try await ImportTurn.take(
                call.context.spoolFolder, progress: ImportProgress { _ in }
            ) {
                try await call.save { scope in
                    try reply(
                        scope.retractImport(change: record.change, stamp: stamp), record.change)
                }
            }
        } catch {
            throw IngestionTranslation.failure(error)
        }
    }

    /// What became of a retraction; a refused one is thrown, so that nothing of it stays.
    private static func reply(
        _ outcome: RetractionOutcome, _ retracted: Int64
    ) throws(Failure) -> IngestionV1.RetractReply {
        switch outcome {
        case .retracted(let change, let removed, let restored):
            return .with {
                $0.change = UInt64(change)
                $0.removed = UInt64(removed)
                $0.restored = UInt64(restored)
            }
        case .already(let change):
            throw Failure(
                .failedPrecondition,
                "lần nhập \(retracted) đã được thu hồi (thay đổi \(change))",
                field: "import", reason: "IMPORT_RETRACTED")
        case .builtUpon(let changes):
            let listed = changes.map(String.init).joined(separator: ", ")
            throw Failure(
                .failedPrecondition,
                "các lần nhập sau (\(listed)) dựa trên lần nhập \(retracted)",
                field: "import", hint: "thu hồi các lần đó trước, lần mới nhất trước tiên",
                reason: "IMPORT_BUILT_UPON")
        }
    }

    @Sendable
    static func original(
        _ request: IngestionV1.OriginalRequest, _ call: WorkerCall,
        _ send: @Sendable (IngestionV1.OriginalChunk) async throws(Failure) -> Void
    ) async throws(Failure) {
        let isSeen = try await isOfOwnImport(request.sha256, call)
        guard isSeen,
            let next = Originals(spool: call.context.spoolFolder).reader(request.sha256)
        else {
            throw Failure(
                .notFound, "không giữ tệp gốc nào có mã băm này", field: "sha256",
                hint:
                    "mã băm 64 chữ số ở trong caodiem import show; tệp nhập trước khi có tính năng "
                    + "này không được giữ")
        }
        while true {
            let chunk: [UInt8]?
            do {
                chunk = try next()
            } catch {
                throw Failure(.dataLoss, "the kept file cannot be read: \(error)")
            }
            guard let chunk else { return }
            try await send(.with { $0.data = chunk })
        }
    }

    /// Whether the file came with an import that the caller sees.
    private static func isOfOwnImport(
        _ sha256: String, _ call: WorkerCall
    ) async throws(Failure) -> Bool {
        if call.access.coversProvince { return true }
        let records = try await call.load { try $0.imports(limit: Limits.listedAtMost) }
        return records.contains { record in
            call.sees(record) && record.files.contains { $0.sha256 == sha256 }
        }
    }

    private static func record(
        _ name: String, _ call: WorkerCall
    ) async throws(Failure) -> ImportRecord {
        let found = try await call.load({ try $0.importRecord(name) })
        guard let record = found, call.sees(record) else {
            throw Failure(
                .notFound, "không có lần nhập “\(name.prefix(64))”", field: "import",
                hint: "xem danh sách: caodiem import list", reason: "IMPORT_UNKNOWN")
        }
        return record
    }

    private static func summary(
        _ record: ImportRecord, _ result: IngestionV1.Result
    ) throws(Failure) -> IngestionV1.ImportSummary {
        .with {
            $0.importID = record.id
            $0.change = UInt64(record.change)
            $0.status = record.status
            $0.principal = record.principal
            $0.receivedAtMs = UInt64(clamping: record.receivedAtMilliseconds)
            $0.files = record.files.map { file in
                .with {
                    $0.name = file.name
                    $0.kind = file.kind
                    $0.sha256 = file.sha256
                    $0.size = UInt64(clamping: file.size ?? 0)
                }
            }
            for file in result.files {
                $0.rows += file.rows
                $0.inserted += file.inserted
                $0.corrected += file.corrected
                $0.warnings += UInt64(file.warnings.count) + file.moreWarnings
            }
            $0.retractedBy = UInt64(clamping: record.retractedBy ?? 0)
        }
    }

    private static func correction(_ row: CorrectedRow) -> IngestionV1.Correction {
        .with {
            $0.kind = row.kind.name
            $0.key = zip(row.kind.key, row.key).map { text($1, $0.type) }
            $0.file = UInt32(clamping: row.file)
            $0.line = UInt64(clamping: row.line)
            $0.differences = row.differences.map { difference in
                .with {
                    $0.column = difference.column.name
                    $0.old = text(difference.old, difference.column.type)
                    $0.new = text(difference.new, difference.column.type)
                }
            }
        }
    }

    private static func text(_ value: FieldValue, _ type: ColumnType) -> String {
        switch (value, type) {
        case (.null, _): ""
        case (.text(let text), _): text
        case (.integer(let number), .day): "\(Day(number: Int32(truncatingIfNeeded: number)))"
        case (.integer(let number), _): String(number)
        }
    }
}

extension WorkerCall {
    /// Whether the import is the caller's to look at: its own, or any where it sees the province.
    fileprivate func sees(_ record: ImportRecord) -> Bool {
        access.coversProvince || record.principal == access.principal
    }
}
