import Synchronization
import Transport
import Wire

/// What the handlers behind a gateway saw.
final class Witness: Sendable {
    private let state = Mutex<(events: [String], metadata: [WireV1.MetadataEntry], written: Int)>(
        ([], [], 0))

    func note(_ event: String) { state.withLock { $0.events.append(event) } }
    func saw(_ metadata: [WireV1.MetadataEntry]) { state.withLock { $0.metadata = metadata } }
    func wrote() { state.withLock { $0.written += 1 } }
    var metadata: [WireV1.MetadataEntry] { state.withLock { $0.metadata } }
    var written: Int { state.withLock { $0.written } }
    var events: [String] { state.withLock { $0.events } }

    /// Whether the event comes in the end; the bound is generous, machines are slow.
    func sees(_ event: String) async -> Bool {
        await eventually { self.events.contains(event) }
    }
}

func eventually(within seconds: Int = 20, _ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
}

/// The conformance service as a worker serves it, for a gateway without a fleet.
enum Interop {
    typealias Service = ConformanceV1.Conformance

    static func table(_ witness: Witness) -> ServiceTable {
        var table = ServiceTable()
        table.register(Service.emptyCall) { request, context in
            try echo(context)
            return request
        }
        table.register(Service.unaryCall) { request, context in
            witness.saw(context.metadata)
            try echo(context)
            if let status = request.replyStatus, status.code != 0 {
                throw Failure(
                    StatusCode(wire: status.code), status.message, field: status.field,
                    hint: status.hint, reason: status.reason)
            }
            return .with {
                $0.payload = payload(request.replySize)
                $0.payloadSize = UInt32(request.payload?.body.count ?? 0)
                $0.remainingNs = context.remaining.map { UInt64($0 / .nanoseconds(1)) } ?? 0
            }
        }
        table.register(HostV1.Host.signIn) { request, _ in
            guard request.token == Array("secret".utf8) else {
                throw Failure(.unauthenticated, "the token shown is not known here")
            }
            return .with { $0.session = "session of secret" }
        }
        table.register(Service.sleep) { request, _ in
            try await watched(witness) {
                try await Task.sleep(for: .milliseconds(request.milliseconds))
            }
            return ConformanceV1.SleepReply()
        }
        registerStreams(&table, witness)
        return table
    }

    private static func registerStreams(_ table: inout ServiceTable, _ witness: Witness) {
        table.registerStreaming(Service.streamingOutputCall) { request, context, writer in
            try echo(context)
            try await watched(witness) {
                for reply in request.replies {
                    if reply.intervalMicroseconds > 0 {
                        try await Task.sleep(for: .microseconds(reply.intervalMicroseconds))
                    }
                    try await writer.write(.with { $0.payload = payload(reply.size) })
                    witness.wrote()
                }
            }
        }
        table.registerClientStreaming(Service.streamingInputCall) { requests, context in
            try echo(context)
            var reply = ConformanceV1.StreamingInputReply()
            try await watched(witness) {
                while let request = try await requests.next() {
                    reply.requests += 1
                    reply.aggregatedPayloadSize += UInt64(request.payload?.body.count ?? 0)
                }
            }
            return reply
        }
        table.registerBidirectional(Service.fullDuplexCall) { requests, context, writer in
            try echo(context)
            try await watched(witness) {
                while let request = try await requests.next() {
                    for reply in request.replies {
                        try await writer.write(.with { $0.payload = payload(reply.size) })
                    }
                }
            }
        }
    }

    private static func watched(
        _ witness: Witness, _ body: () async throws -> Void
    ) async throws {
        witness.note("started")
        do {
            try await body()
            witness.note("finished")
        } catch {
            let isCancelled = Task.isCancelled || (error as? Failure)?.code == .cancelled
            witness.note(isCancelled ? "cancelled" : "failed")
            throw error
        }
    }

    private static func echo(_ context: CallContext) throws {
        try context.setInitialMetadata(
            context.metadata.filter { $0.key == "x-grpc-test-echo-initial" })
        context.setTrailingMetadata(
            context.metadata.filter { $0.key == "x-grpc-test-echo-trailing-bin" })
    }

    private static func payload(_ size: UInt32) -> ConformanceV1.Payload {
        .with { $0.body = [UInt8](repeating: 0, count: Int(size)) }
    }
}
