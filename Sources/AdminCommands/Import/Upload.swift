import Synchronization
import Wire

/// The ingestion service as an upload needs it.
protocol ImportService: Sendable {
    /// What the last call gives.
    associatedtype Outcome: Sendable

    func begin(_ request: IngestionV1.BeginRequest) async throws(Failure) -> IngestionV1.BeginReply
    func append(
        _ request: IngestionV1.AppendRequest
    ) async throws(Failure) -> IngestionV1.AppendReply
    func commit(
        _ request: IngestionV1.CommitRequest,
        _ receive: @Sendable (IngestionV1.Progress) async -> Void
    ) async throws(Failure) -> Outcome
}

/// Sends the files of one import and commits them, over losses of worker and coordinator.
///
/// After UNAVAILABLE it goes on where the server says (an empty chunk asks), for up to a minute
/// without any progress; after NOT_FOUND for the import it begins again, which applies nothing
/// twice because nothing is applied before the commit. With `overlaps` the commit is asked for at once, and
/// the fleet applies what is there while the rest is sent; should that commit fail, the usual one follows.
struct Upload<Service: ImportService> {
    let service: Service
    let files: [SourceFile]
    let request: IngestionV1.BeginRequest
    let pace: Pace
    var overlaps = false
    /// Told of each step.
    let progress: @Sendable (IngestionV1.Progress) async -> Void

    /// How far the import is, as this side knows it.
    private struct State {
        enum Step {
            case begin
            /// `ask`: the server's size is not known and must be asked for.
            case send(file: Int, offset: UInt64, ask: Bool)
            case commit
        }

        var step = Step.begin
        var session = IngestionV1.BeginReply()
        /// The server may hold other sizes than were counted here: ask for each.
        var ask = false
        /// Times that the server's side of the import was gone or short.
        var setbacks = 0
        /// The commit that was asked for while bytes are still being sent.
        var early: EarlyCommit<Service.Outcome>?
    }

    func run() async throws(Failure) -> Service.Outcome {
        var state = State()
        var wait = Backoff(pace, seconds: Limits.resumeSeconds)
        defer { state.early?.cancel() }
        while true {
            do throws(Failure) {
                if let result = try await advance(&state, &wait) { return result }
            } catch {
                // An import that is over takes no more bytes.
                if error.code == .notFound, let result = await state.early?.outcome() {
                    return result
                }
                try await recover(from: error, &state, &wait)
            }
        }
    }

    /// Makes the next call; the result when it was the last one.
    private func advance(
        _ state: inout State, _ wait: inout Backoff
    ) async throws(Failure) -> Service.Outcome? {
        switch state.step {
        case .begin:
            state.session = try await service.begin(request)
            state.step = step(after: -1, ask: state.ask)
            state.early?.cancel()
            state.early = earlyCommit(state)
        case .send(let file, let offset, let ask):
            if state.early?.isOver == true, let result = await state.early?.outcome() {
                return result
            }
            let chunk = ask ? [] : try read(file, offset, state.session)
            let size = try await append(chunk, file, ask ? 0 : offset, state)
            if size > offset { wait.reset() }
            guard ask || size != offset else { throw stuck(file) }
            state.step =
                size >= files[file].size
                ? step(after: file, ask: state.ask) : .send(file: file, offset: size, ask: false)
        case .commit:
            if let result = await state.early?.outcome() { return result }
            state.early = nil
            return try await commit(state.session)
        }
        return nil
    }

    private func earlyCommit(_ state: State) -> EarlyCommit<Service.Outcome>? {
        guard overlaps, case .send = state.step else { return nil }
        var request = IngestionV1.CommitRequest()
        request.importID = state.session.importID
        request.arriving = true
        return EarlyCommit(service, request, progress)
    }

    /// Decides how to go on after a failure; throws it on when there is no way.
    private func recover(
        from failure: Failure, _ state: inout State, _ wait: inout Backoff
    ) async throws(Failure) {
        let begun = !state.session.importID.isEmpty
        switch (failure.code, state.step) {
        case (.notFound, _) where begun:
            try countSetback(failure, &state)
            state.step = .begin
        case (.outOfRange, .send(let file, _, false)):
            try countSetback(failure, &state)
            state.step = .send(file: file, offset: 0, ask: true)
        case (.failedPrecondition, .commit) where failure.field == "import_id":
            try countSetback(failure, &state)
            state.ask = true
            state.step = step(after: -1, ask: true)
        default:
            let lost = failure.isPassing || (begun && failure.reason == Failure.unreached)
            guard lost, await wait.again() else { throw failure }
            if case .send(let file, let offset, _) = state.step {
                state.step = .send(file: file, offset: offset, ask: true)
            }
        }
    }

    private func countSetback(_ failure: Failure, _ state: inout State) throws(Failure) {
        state.setbacks += 1
        guard state.setbacks <= Limits.importSetbacks else { throw failure }
    }

    /// The next file that has bytes to send, else the commit.
    private func step(after file: Int, ask: Bool) -> State.Step {
        let rest = files.indices.first { $0 > file && files[$0].size > 0 }
        return rest.map { .send(file: $0, offset: 0, ask: ask) } ?? .commit
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
            throw Failure(.aborted, error.message, field: error.field, hint: error.hint)
        }
    }

    private func append(
        _ chunk: [UInt8], _ file: Int, _ offset: UInt64, _ state: State
    ) async throws(Failure) -> UInt64 {
        var request = IngestionV1.AppendRequest()
        request.importID = state.session.importID
        request.file = UInt32(file)
        request.offset = offset
        request.chunk = chunk
        let size = try await service.append(request).size
        let before = files[..<file].reduce(UInt64(0)) { $0 + $1.size }
        let total = files.reduce(UInt64(0)) { $0 + $1.size }
        // Rows that are applied tell more.
        if state.early?.hasReported == true { return size }
        await progress(
            .with {
                $0.phase = "sending"
                $0.done = before + min(size, files[file].size)
                $0.total = total
            })
        return size
    }

    private func commit(
        _ session: IngestionV1.BeginReply
    ) async throws(Failure) -> Service.Outcome {
        var request = IngestionV1.CommitRequest()
        request.importID = session.importID
        return try await service.commit(request, progress)
    }

    private func stuck(_ file: Int) -> Failure {
        Failure(
            .internal, UploadText.stuck(files[file].path).text, field: files[file].path,
            hint: UploadText.stuckHint.text)
    }
}

/// A commit under way while bytes are sent.
private final class EarlyCommit<Outcome: Sendable>: Sendable {
    private let task: Task<Outcome?, Never>
    private let marks: Marks

    private final class Marks: Sendable {
        let isOver = Atomic(false)
        let hasReported = Atomic(false)
    }

    init<Service: ImportService>(
        _ service: Service, _ request: IngestionV1.CommitRequest,
        _ progress: @escaping @Sendable (IngestionV1.Progress) async -> Void
    ) where Service.Outcome == Outcome {
        let marks = Marks()
        self.marks = marks
        task = Task {
            defer { marks.isOver.store(true, ordering: .relaxed) }
            // What goes wrong is said by the commit that follows.
            return try? await service.commit(request) { step in
                marks.hasReported.store(true, ordering: .relaxed)
                await progress(step)
            }
        }
    }

    var isOver: Bool { marks.isOver.load(ordering: .relaxed) }
    /// Progress has come.
    var hasReported: Bool { marks.hasReported.load(ordering: .relaxed) }

    /// Waits for the end; nil when it failed.
    func outcome() async -> Outcome? { await task.value }

    func cancel() { task.cancel() }
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
