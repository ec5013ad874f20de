import Transport
import Wire

/// One call on its way through: it waits for its turn, then DATA, credit and endings pass between the
/// caller's stream and the worker's. Nothing is decoded, and nothing kept beyond one window. Lives on
/// the loop.
final class Relay: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop of its two links only.
    /// What the caller asked, as the worker will see it.
    struct Request {
        var headers: WireV1.CallHeaders
        var deadline: Instant?
        var principal: String
        var requestID: String
        /// The rights by which it is allowed, as the worker is told of them.
        var rights: [UInt8] = []
        /// Its place among the caller's open calls.
        var seat: CallSeat?
    }

    private enum State {
        case waiting
        case running(WorkerRoute, StreamID)
        case over
    }

    let request: Request
    let plugin: String
    private let client: Link
    private let clientStream: StreamID
    private let gate: PluginGate
    private var state = State.waiting
    private let arrived = Loop.now
    private var started = Loop.now

    /// What the caller has sent so far, while a worker may still have to be given it from the start.
    private var held: [ArraySlice<UInt8>] = []
    private var heldBytes = 0
    private var hasEnded = false
    /// The worker has shown that it has the call: it must not go to another one.
    private var isCommitted = false
    private var attempts = 0

    /// Where a side takes less than we told the other to send.
    private var requestLengths: MessageLengths?
    private var replyLengths: MessageLengths?
    /// Grants that are not passed on, since the other side began with more credit.
    private var withheldFromClient = 0
    private var withheldFromWorker = 0
    /// Grants of the caller that the next worker must be given, too.
    private var callersGrants = 0
    private(set) var bytesIn = 0
    private(set) var bytesOut = 0

    init(client: Link, stream: StreamID, request: Request, gate: PluginGate) {
        self.client = client
        clientStream = stream
        self.request = request
        self.gate = gate
        plugin = gate.plugin
    }

    var isRunning: Bool { if case .running = state { true } else { false } }
    var isOver: Bool { if case .over = state { true } else { false } }
    var age: Duration { arrived.duration(to: Loop.now) }

    // MARK: The gate's side

    /// Opens the call at a worker; false when that worker cannot be had and another may.
    func start(on route: WorkerRoute) -> Bool {
        guard case .waiting = state else { return true }
        let worker = route.link
        do throws(Failure) {
            attempts += 1
            let stream = try worker.open(
                request.headers, deadline: request.deadline, observer: self)
            state = .running(route, stream)
            started = Loop.now
            route.began(self)
            withheldFromClient = max(0, client.window - worker.peerWindow)
            withheldFromWorker = max(0, worker.window - client.peerWindow)
            requestLengths =
                worker.peerMessageLimit < client.messageLimit
                ? MessageLengths(limit: worker.peerMessageLimit) : nil
            replyLengths =
                client.peerMessageLimit < worker.messageLimit
                ? MessageLengths(limit: client.peerMessageLimit) : nil
            // Whoever begins with less credit than the far side gives gets the rest at once.
            if attempts == 1 {
                try client.grant(clientStream, bytes: max(0, worker.peerWindow - client.window))
            }
            try worker.grant(stream, bytes: max(0, client.peerWindow - worker.window))
            let grants = callersGrants
            callersGrants = 0
            clientGranted(grants)
            for bytes in held { pass(bytes, to: route, stream, endStream: false) }
            if hasEnded { pass([], to: route, stream, endStream: true) }
            return true
        } catch {
            if case .running(let route, let stream) = state {
                route.link.reset(stream, .cancel, error.message)
                end(error, code: error.code)
                return true
            }
            guard error.code == .unavailable, attempts <= PluginGate.attempts else {
                end(error, code: error.code)
                return true
            }
            return false
        }
    }

    /// Ends the call on both sides.
    func abort(_ failure: Failure, pushback: Duration? = nil) {
        if case .over = state { return }
        if case .running(let route, let stream) = state {
            route.link.reset(stream, .cancel, failure.message)
        }
        end(failure, code: failure.code, pushback: pushback)
    }

    private func end(_ failure: Failure, code: StatusCode, pushback: Duration? = nil) {
        client.finish(clientStream, failure, metadata: Pushback.metadata(pushback))
        finish(failure: failure)
    }

    private func finish(failure: Failure?) {
        let former = state
        state = .over
        held = []
        request.seat?.leave()
        gate.ended(self, failure: failure, worked: workedTime(former))
        if case .running(let route, _) = former { route.ended(self, failed: failure != nil) }
    }

    private func workedTime(_ former: State) -> Duration? {
        if case .running = former { started.duration(to: Loop.now) } else { nil }
    }

    // MARK: From the caller

    private func clientSent(_ bytes: ArraySlice<UInt8>, endStream: Bool) {
        bytesIn += bytes.count
        hasEnded = hasEnded || endStream
        if !isCommitted {
            heldBytes += bytes.count
            if heldBytes <= gate.limits.heldBytes || !isRunning {
                if !bytes.isEmpty { held.append(bytes) }
            } else {
                commit()
            }
        }
        guard case .running(let route, let stream) = state else { return }
        pass(bytes, to: route, stream, endStream: endStream)
    }

    private func pass(
        _ bytes: ArraySlice<UInt8>, to route: WorkerRoute, _ stream: StreamID, endStream: Bool
    ) {
        guard isRunning else { return }
        if let failure = requestLengths?.excess(in: bytes) { return abort(failure) }
        route.link.send(stream, bytes, endStream: endStream)
    }

    /// From here on the call belongs to this worker.
    private func commit() {
        isCommitted = true
        held = []
    }

    private func clientGranted(_ credit: Int) {
        if !isCommitted { callersGrants += credit }
        guard credit > 0, case .running(let route, let stream) = state else { return }
        let withheld = min(credit, withheldFromWorker)
        withheldFromWorker -= withheld
        do throws(Failure) {
            try route.link.grant(stream, bytes: credit - withheld)
        } catch {
            abort(error)
        }
    }

    private func clientEnded(_ end: StreamEnd) {
        if case .over = state { return }
        let isDeadline = end == .deadlineExceeded
        if case .running(let route, let stream) = state {
            route.link.reset(stream, .cancel, isDeadline ? "deadline" : "the client left")
        }
        finish(failure: end.failure ?? .callerLeft)
    }

    // MARK: From the worker

    private func workerAnswered(_ headers: ArraySlice<UInt8>) {
        commit()
        client.sendHeaders(clientStream, headers)
    }

    private func workerSent(_ bytes: ArraySlice<UInt8>) {
        commit()
        if let failure = replyLengths?.excess(in: bytes) { return abort(failure) }
        bytesOut += bytes.count
        client.send(clientStream, bytes)
    }

    private func workerGranted(_ credit: Int) {
        commit()
        let withheld = min(credit, withheldFromClient)
        withheldFromClient -= withheld
        do throws(Failure) {
            try client.grant(clientStream, bytes: credit - withheld)
        } catch {
            abort(error)
        }
    }

    private func workerEnded(_ end: StreamEnd) {
        guard case .running(let route, _) = state else { return }
        if case .refused = end, !isCommitted, attempts <= PluginGate.attempts {
            // The worker never looked at it: it goes to the next one, or waits for it.
            state = .waiting
            route.ended(self, failed: false)
            return gate.again(self)
        }
        switch end {
        case .trailers(let encoded): client.finish(clientStream, trailers: encoded)
        case .reset(let code, let text): client.reset(clientStream, code, text)
        case .refused(let text): client.reset(clientStream, .refusedStream, text)
        case .deadlineExceeded, .failed: client.finish(clientStream, end.failure)
        case .lost: client.finish(clientStream, .workerLost(plugin))
        }
        if case .trailers(let encoded) = end, encoded.isEmpty {
            finish(failure: nil)
        } else {
            finish(failure: end.failure)
        }
    }
}

/// It hears of both streams. Even where a worker calls itself, over one link, their ids differ.
extension Relay: StreamObserver {
    private func isCallers(_ link: Link, _ stream: StreamID) -> Bool {
        stream == clientStream && link === client
    }

    func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>) {
        if !isCallers(link, stream) { workerAnswered(encoded) }
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        if isCallers(link, stream) {
            clientSent(bytes, endStream: endStream)
        } else {
            workerSent(bytes)
        }
    }

    func windowOpened(_ link: Link, _ stream: StreamID, credit: Int) {
        if isCallers(link, stream) { clientGranted(credit) } else { workerGranted(credit) }
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) {
        if isCallers(link, stream) { clientEnded(end) } else { workerEnded(end) }
    }
}
