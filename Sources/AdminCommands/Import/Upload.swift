import Wire

/// The ingestion service as an upload needs it.
protocol ImportService: Sendable {
    func begin(_ request: IngestionV1.BeginRequest) async throws(Failure) -> IngestionV1.BeginReply
    func append(
        _ request: IngestionV1.AppendRequest
    ) async throws(Failure) -> IngestionV1.AppendReply
    func commit(
        _ request: IngestionV1.CommitRequest,
        _ receive: @Sendable (IngestionV1.Progress) async -> Void
    ) async throws(Failure) -> IngestionV1.Result
}

/// Sends the files of one import and commits them, over losses of worker and coordinator.
///
/// After UNAVAILABLE it goes on where the server says (an empty chunk asks), for up to a minute
/// without any progress; after NOT_FOUND for the import it begins again, which applies nothing
/// twice because nothing is applied before the commit.
struct Upload<Service: ImportService> {
    let service: Service
    let files: [SourceFile]
    let request: IngestionV1.BeginRequest
    let pace: Pace
    /// Told of each step: phase, done, total.
    let progress: @Sendable (String, UInt64, UInt64) async -> Void

    private enum Step {
        case begin
        /// `ask`: the server's size is not known and must be asked for.
        case send(file: Int, offset: UInt64, ask: Bool)
        case commit
    }

    func run() async throws -> IngestionV1.Result {
        var step = Step.begin
        var session = IngestionV1.BeginReply()
        var wait = Backoff(pace, seconds: Limits.resumeSeconds)
        var restarts = 0
        while true {
            do throws(Failure) {
                switch step {
                case .begin:
                    session = try await service.begin(request)
                    step = next(after: -1)
                case .send(let file, let offset, let ask):
                    let chunk = ask ? [] : try read(file, offset, session)
                    let size = try await append(chunk, file, offset, session)
                    if ask || size > offset { wait.reset() }
                    guard ask || size != offset else { throw stuck(file) }
                    step =
                        size >= files[file].size
                        ? next(after: file) : .send(file: file, offset: size, ask: false)
                case .commit:
                    return try await commit(session)
                }
            } catch {
                let unknownImport = error.code == .notFound && !session.importID.isEmpty
                if unknownImport {
                    restarts += 1
                    guard restarts <= 3 else { throw error }
                    step = .begin
                } else {
                    guard error.isPassing || error.reason == Failure.unreached else { throw error }
                    if session.importID.isEmpty, error.reason == Failure.unreached { throw error }
                    guard await wait.again() else { throw error }
                    if case .send(let file, let offset, _) = step {
                        step = .send(file: file, offset: offset, ask: true)
                    }
                }
            }
        }
    }

    /// The next file that has bytes to send, else the commit.
    private func next(after file: Int) -> Step {
        let rest = files.indices.first { $0 > file && files[$0].size > 0 }
        return rest.map { .send(file: $0, offset: 0, ask: false) } ?? .commit
    }

    private func read(
        _ file: Int, _ offset: UInt64, _ session: IngestionV1.BeginReply
    ) throws(Failure) -> [UInt8] {
        let allowed = session.maxChunk == 0 ? Limits.chunkBytes : Int(session.maxChunk)
        let size = max(1, min(allowed, Limits.chunkBytes) - Limits.chunkOverhead)
        let left = files[file].size - min(offset, files[file].size)
        do throws(Trouble) {
            let bytes = try files[file].read(at: offset, count: min(size, Int(clamping: left)))
            guard !bytes.isEmpty else { throw .changed(files[file].path) }
            return bytes
        } catch {
            throw Failure(.dataLoss, error.message, field: error.field, hint: error.hint)
        }
    }

    private func append(
        _ chunk: [UInt8], _ file: Int, _ offset: UInt64, _ session: IngestionV1.BeginReply
    ) async throws(Failure) -> UInt64 {
        var request = IngestionV1.AppendRequest()
        request.importID = session.importID
        request.file = UInt32(file)
        request.offset = offset
        request.chunk = chunk
        let size = try await service.append(request).size
        let before = files[..<file].reduce(UInt64(0)) { $0 + $1.size }
        let total = files.reduce(UInt64(0)) { $0 + $1.size }
        await progress("sending", before + min(size, files[file].size), total)
        return size
    }

    private func commit(
        _ session: IngestionV1.BeginReply
    ) async throws(Failure) -> IngestionV1.Result {
        var request = IngestionV1.CommitRequest()
        request.importID = session.importID
        return try await service.commit(request) { event in
            await progress(event.phase, event.done, event.total)
        }
    }

    private func stuck(_ file: Int) -> Failure {
        Failure(
            .internal, UploadText.stuck(files[file].path).text, field: files[file].path,
            hint: UploadText.stuckHint.text)
    }
}

private enum UploadText {
    static func stuck(_ path: String) -> Phrase {
        Phrase(
            "hệ thống không nhận thêm byte nào của \(path)",
            "the fleet takes no more bytes of \(path)")
    }
    static let stuckHint = Phrase(
        "nhập lại; xem nhật ký bằng caodiem plugin show ingestion",
        "import again; see the log with caodiem plugin show ingestion")
}
