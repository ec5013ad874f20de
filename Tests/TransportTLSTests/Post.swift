import Synchronization
import Transport
import TransportTLS
import Wire

typealias Note = WireV1.MetadataEntry

/// Methods that the tests call.
enum Probe {
    /// Answers with who calls.
    static let who = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Who", kind: .unary, idempotency: .noSideEffects)
    /// `key` messages of as many bytes as `value` has.
    static let pour = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Pour", kind: .serverStreaming, idempotency: .noSideEffects)

    static func note(_ key: String, bytes: Int = 0) -> Note {
        var note = Note()
        note.key = key
        note.value = [UInt8](repeating: 7, count: bytes)
        return note
    }

    static var table: ServiceTable {
        var table = ServiceTable()
        table.registerImmediate(who) { _, context in
            note(context.peer.certificate.map { "\($0)" } ?? "nobody")
        }
        table.registerStreaming(pour) { request, _, writer in
            for number in 0..<(Int(request.key) ?? 0) {
                try await writer.write(note("\(number)", bytes: request.value.count))
            }
        }
        return table
    }
}

/// A TLS listener and what happens at it.
final class Post: Sendable {
    let listener: TCPListener
    let events: Events
    var endpoint: TCPEndpoint { listener.endpoint }

    /// - Parameter admits: whether a peer with this name may come in.
    init(
        _ files: TLSFiles, host: String = "127.0.0.1", limits: Limits = .remote,
        tcp: TCPLimits = TCPLimits(),
        admits: @escaping @Sendable (CertificateName?) -> Bool = { _ in true }
    ) async throws {
        let events = Events()
        self.events = events
        let credentials = try TLSCredentials(files) { events.add("files \($0.reason)") }
        listener = try await TCPListener.listen(
            on: TCPEndpoint(host: host, port: 0), security: .tls(credentials),
            hello: HelloInfo(role: .coordinator, software: "post", limits: limits), limits: tcp,
            refused: { _, failure in events.add(failure.reason) },
            accept: { (peer) throws(Failure) in
                guard admits(peer.certificate) else {
                    throw Failure(
                        .permissionDenied, "certificate of someone else", reason: "WRONG_NAME")
                }
                return Desk(events)
            })
    }

    func dial(
        _ files: TLSFiles, host: String? = nil, limits: Limits = .remote
    ) async throws(Failure) -> Channel {
        let there = TCPEndpoint(host: host ?? endpoint.host, port: endpoint.port)
        return try await Channel.connect(
            tcp: there, security: .tls(try TLSCredentials(files)),
            hello: HelloInfo(role: .client, software: "caller", limits: limits))
    }

    func close() async { await listener.close() }
}

/// What happened, for a test to wait for.
final class Events: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }

    func add(_ event: String) { list.withLock { $0.append(event) } }

    func has(_ event: String, within seconds: Int = 20) async -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if all.contains(event) { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}

/// The delegate of an accepted link.
private final class Desk: LinkDelegate {
    private let dispatcher = Dispatcher(Probe.table)
    private let events: Events

    init(_ events: Events) { self.events = events }

    func linkReady(_ link: Link, _ hello: PeerHello) { events.add("ready") }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }

    func linkClosed(_ link: Link, _ reason: Failure) { events.add("closed \(reason.reason)") }
}

/// What a body throws.
func failure<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}
