import Glibc
import Synchronization
import Transport
import Wire

/// A message with room for any bytes.
typealias Note = WireV1.MetadataEntry

/// Methods that the tests call.
enum Probe {
    static let echo = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Echo", kind: .unary, idempotency: .noSideEffects)
    static let quick = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Quick", kind: .unary, idempotency: .noSideEffects)
    static let sleep = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Sleep", kind: .unary, idempotency: .unknown)
    static let refuse = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Refuse", kind: .unary, idempotency: .unknown)
    static let stumble = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Stumble", kind: .unary, idempotency: .unknown)
    static let pour = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Pour", kind: .serverStreaming, idempotency: .noSideEffects)
    static let total = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Total", kind: .clientStreaming, idempotency: .unknown)
    static let talk = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Talk", kind: .bidirectional, idempotency: .unknown)
    static let tag = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Tag", kind: .unary, idempotency: .unknown)
    static let nowhere = Method<Note, Note>(
        path: "/caodiem.test.v1.Probe/Nowhere", kind: .unary, idempotency: .unknown)

    static func note(_ key: String, bytes: Int = 0) -> Note {
        var note = Note()
        note.key = key
        note.value = [UInt8](repeating: 7, count: bytes)
        return note
    }
}

/// What handlers saw, for a test to look at.
final class Witness: Sendable {
    private let state = Mutex<(events: [String], written: Int)>(([], 0))

    func note(_ event: String) { state.withLock { $0.events.append(event) } }
    func wrote() { state.withLock { $0.written += 1 } }
    var events: [String] { state.withLock { $0.events } }
    var written: Int { state.withLock { $0.written } }

    /// Whether the event comes within a time.
    func sees(_ event: String, within duration: Duration) async -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + duration
        while clock.now < end {
            if events.contains(event) { return true }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return false
    }
}

extension ServiceTable {
    static func probe(_ witness: Witness = Witness()) -> ServiceTable {
        var table = ServiceTable()
        table.register(Probe.echo) { request, context in
            var reply = request
            reply.key += "|" + context.requestID
            return reply
        }
        table.registerImmediate(Probe.quick) { request, _ in request }
        table.register(Probe.sleep) { request, context in
            witness.note("started")
            do {
                try await Task.sleep(for: .seconds(20))
            } catch {
                witness.note("cancelled")
                throw error
            }
            return request
        }
        table.register(Probe.refuse) { _, _ in
            throw Failure(
                .failedPrecondition, "việc này đã kết thúc", field: "decision_no",
                hint: "mở lại việc", reason: "CASE_CLOSED")
        }
        table.register(Probe.stumble) { _, _ in throw Stumble() }
        table.registerStreaming(Probe.pour) { request, _, writer in
            let count = Int(request.key) ?? 0
            for number in 0..<count {
                try await writer.write(Probe.note("\(number)", bytes: request.value.count))
                witness.wrote()
            }
        }
        table.registerTalking(witness)
        return table
    }

    /// The methods with streamed requests, and one that answers with metadata.
    private mutating func registerTalking(_ witness: Witness) {
        registerClientStreaming(Probe.total) { requests, _ in
            var (count, bytes) = (0, 0)
            while let request = try await requests.next() {
                if request.key == "enough" { return Probe.note("enough") }
                if request.key == "wait" { try await Task.sleep(for: .seconds(20)) }
                count += 1
                bytes += request.value.count
                witness.wrote()
            }
            return Probe.note("\(count) \(bytes)")
        }
        registerBidirectional(Probe.talk) { requests, context, writer in
            try context.setInitialMetadata(context.metadata)
            defer { witness.note("talk over") }
            while let request = try await requests.next() {
                if request.key == "stumble" { throw Stumble() }
                if request.key == "mute" { continue }
                try await writer.write(request)
            }
            context.setTrailingMetadata(context.metadata)
        }
        register(Probe.tag) { request, context in
            try context.setInitialMetadata(context.metadata)
            context.setTrailingMetadata(context.metadata.reversed())
            if request.key == "refuse" { throw Failure(.notFound, "không có") }
            return request
        }
    }
}

struct Stumble: Error {}

/// A client and a server over a socket pair, both on the process's loop.
struct Meeting {
    let client: Channel
    let server: Channel
    let witness: Witness

    init(
        client clientLimits: Limits = Limits(), server serverLimits: Limits = Limits()
    ) async throws {
        let ends = try Meeting.socketPair()
        let witness = Witness()
        let table = ServiceTable.probe(witness)
        async let server = Channel.connect(
            fd: ends.1, side: .acceptor,
            hello: HelloInfo(role: .worker, software: "server", limits: serverLimits),
            services: table)
        client = try await Channel.connect(
            fd: ends.0, side: .dialler,
            hello: HelloInfo(role: .client, software: "client", limits: clientLimits))
        self.server = try await server
        self.witness = witness
    }

    static func socketPair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Failure(.internal, "no socket pair: \(errno)")
        }
        return (ends[0], ends[1])
    }

    func close() {
        client.close()
        server.close()
    }
}

/// A folder that is gone after the test.
final class ScratchFolder: Sendable {
    let path: String

    init(nested: String = "") throws {
        var template = Array("/tmp/caodiem-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(.internal, "no scratch folder") }
        let root = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var path = root
        for part in nested.split(separator: "/") {
            path += "/" + part
            mkdir(path, 0o755)
        }
        self.path = path
    }

    /// Writes a file that may be executed.
    func program(_ name: String, _ text: String, mode: mode_t = 0o755) throws -> String {
        let file = path + "/" + name
        let fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard fd >= 0 else { throw Failure(.internal, "cannot write \(file)") }
        let bytes = Array(text.utf8)
        guard write(fd, bytes, bytes.count) == bytes.count else {
            throw Failure(.internal, "cannot write \(file)")
        }
        Glibc.close(fd)
        chmod(file, mode)
        return file
    }
}
