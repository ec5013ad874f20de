import Transport
import Wire

/// One call on its way through: DATA, credit and endings pass between the client's stream and the
/// worker's, nothing is decoded and nothing kept beyond the windows. Lives on the loop.
final class Relay: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop of its two links only.
    private let client: Link
    private let clientStream: StreamID
    private let route: WorkerRoute
    private var workerStream: StreamID?
    /// Grants of the worker that are not passed on, since the client began with more credit.
    private var withheldFromClient: Int
    private var withheldFromWorker: Int
    /// Where a side takes less than we told the other to send.
    private var requestLengths: MessageLengths?
    private var replyLengths: MessageLengths?

    init(client: Link, stream: StreamID, route: WorkerRoute) {
        self.client = client
        clientStream = stream
        self.route = route
        withheldFromClient = max(0, client.window - route.link.peerWindow)
        withheldFromWorker = max(0, route.link.window - client.peerWindow)
        if route.link.peerMessageLimit < client.messageLimit {
            requestLengths = MessageLengths(limit: route.link.peerMessageLimit)
        }
        if client.peerMessageLimit < route.link.messageLimit {
            replyLengths = MessageLengths(limit: client.peerMessageLimit)
        }
    }

    /// Opens the worker's stream; nil when that failed and the client has been told.
    func start(_ headers: WireV1.CallHeaders, deadline: Instant?) -> (any StreamObserver)? {
        let worker = route.link
        do throws(Failure) {
            let stream = try worker.open(
                headers, deadline: deadline, observer: WorkerSide(relay: self))
            workerStream = stream
            route.began(self)
            // Whoever begins with less credit than the far side gives gets the rest at once.
            try client.grant(clientStream, bytes: max(0, worker.peerWindow - client.window))
            try worker.grant(stream, bytes: max(0, client.peerWindow - worker.window))
            return ClientSide(relay: self)
        } catch {
            if let workerStream { worker.reset(workerStream, .cancel, error.message) }
            client.finish(clientStream, error)
            finish(failed: true)
            return nil
        }
    }

    /// Ends the call on both sides.
    func abort(_ failure: Failure) {
        guard let workerStream else { return }
        route.link.reset(workerStream, .cancel, failure.message)
        client.finish(clientStream, failure)
        finish(failed: true)
    }

    private func finish(failed: Bool) {
        guard workerStream != nil else { return }
        workerStream = nil
        route.ended(self, failed: failed)
    }

    // MARK: From the client

    fileprivate func clientSent(_ bytes: ArraySlice<UInt8>, endStream: Bool) {
        guard let workerStream else { return }
        if let failure = requestLengths?.excess(in: bytes) { return abort(failure) }
        route.link.send(workerStream, bytes, endStream: endStream)
    }

    fileprivate func clientGranted(_ credit: Int) {
        guard let workerStream else { return }
        let withheld = min(credit, withheldFromWorker)
        withheldFromWorker -= withheld
        do throws(Failure) {
            try route.link.grant(workerStream, bytes: credit - withheld)
        } catch {
            abort(error)
        }
    }

    fileprivate func clientEnded(_ end: StreamEnd) {
        guard let workerStream else { return }
        let isDeadline = end == .deadlineExceeded
        route.link.reset(workerStream, .cancel, isDeadline ? "deadline" : "the client left")
        finish(failed: true)
    }

    // MARK: From the worker

    fileprivate func workerAnswered(_ headers: ArraySlice<UInt8>) {
        client.sendHeaders(clientStream, headers)
    }

    fileprivate func workerSent(_ bytes: ArraySlice<UInt8>) {
        if let failure = replyLengths?.excess(in: bytes) { return abort(failure) }
        client.send(clientStream, bytes)
    }

    fileprivate func workerGranted(_ credit: Int) {
        let withheld = min(credit, withheldFromClient)
        withheldFromClient -= withheld
        do throws(Failure) {
            try client.grant(clientStream, bytes: credit - withheld)
        } catch {
            abort(error)
        }
    }

    fileprivate func workerEnded(_ end: StreamEnd) {
        guard workerStream != nil else { return }
        switch end {
        case .trailers(let encoded): client.finish(clientStream, trailers: encoded)
        case .reset(let code, let text): client.reset(clientStream, code, text)
        case .refused(let text): client.reset(clientStream, .refusedStream, text)
        case .deadlineExceeded, .failed: client.finish(clientStream, end.failure)
        case .lost: client.finish(clientStream, .workerLost(route.plugin))
        }
        if case .trailers(let encoded) = end {
            finish(failed: !encoded.isEmpty && Failure.decode(trailers: encoded) != nil)
        } else {
            finish(failed: true)
        }
    }
}

private final class ClientSide: StreamObserver {
    private let relay: Relay

    init(relay: Relay) { self.relay = relay }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        relay.clientSent(bytes, endStream: endStream)
    }

    func windowOpened(_ link: Link, _ stream: StreamID, credit: Int) {
        relay.clientGranted(credit)
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) { relay.clientEnded(end) }
}

private final class WorkerSide: StreamObserver {
    private let relay: Relay

    init(relay: Relay) { self.relay = relay }

    func headers(_ link: Link, _ stream: StreamID, _ encoded: ArraySlice<UInt8>) {
        relay.workerAnswered(encoded)
    }

    func data(_ link: Link, _ stream: StreamID, _ bytes: ArraySlice<UInt8>, endStream: Bool) {
        relay.workerSent(bytes)
    }

    func windowOpened(_ link: Link, _ stream: StreamID, credit: Int) {
        relay.workerGranted(credit)
    }

    func ended(_ link: Link, _ stream: StreamID, _ end: StreamEnd) { relay.workerEnded(end) }
}
