import GRDB
import Transport
import Wire

/// The calls of gRPC's interoperability tests, served as they should be.
extension FaultWorker {
    func registerConformance(_ table: inout ServiceTable) {
        typealias Service = ConformanceV1.Conformance
        table.register(Service.emptyCall) { request, context in
            try Echo.metadata(context)
            return request
        }
        table.register(Service.unaryCall) { request, context in
            try Echo.metadata(context)
            try Echo.status(request.replyStatus)
            return Echo.reply(request, context)
        }
        table.registerStreaming(Service.streamingOutputCall) { request, context, writer in
            try Echo.metadata(context)
            try await Echo.replies(request, writer)
        }
        table.register(Service.sleep) { request, context in
            try Echo.metadata(context)
            return try await self.sleep(request, context)
        }
        registerStreams(&table)
        table.registerImmediate(Service.observe) { request, _ in self.book.observe(request.tag) }
        table.register(Service.nest) { request, context in try await self.nest(request, context) }
    }

    private func registerStreams(_ table: inout ServiceTable) {
        typealias Service = ConformanceV1.Conformance
        table.registerClientStreaming(Service.streamingInputCall) { requests, context in
            try Echo.metadata(context)
            var reply = ConformanceV1.StreamingInputReply()
            while let request = try await requests.next() {
                reply.requests += 1
                reply.aggregatedPayloadSize += UInt64(request.payload?.body.count ?? 0)
            }
            return reply
        }
        table.registerBidirectional(Service.fullDuplexCall) { requests, context, writer in
            try Echo.metadata(context)
            while let request = try await requests.next() {
                try await Echo.replies(request, writer)
            }
        }
        table.registerBidirectional(Service.halfDuplexCall) { requests, context, writer in
            try Echo.metadata(context)
            var all: [ConformanceV1.StreamingOutputRequest] = []
            while let request = try await requests.next() { all.append(request) }
            for request in all { try await Echo.replies(request, writer) }
        }
    }

    private func sleep(
        _ request: ConformanceV1.SleepRequest, _ context: CallContext
    ) async throws -> ConformanceV1.SleepReply {
        let remaining = nanoseconds(context.remaining)
        book.began(request.tag)
        do {
            if request.inStatement {
                try await endlessStatement()
            } else {
                try await Task.sleep(for: .milliseconds(request.milliseconds))
            }
        } catch {
            book.ended(request.tag, cancelled: Task.isCancelled)
            throw error
        }
        book.ended(request.tag, cancelled: false)
        return .with { $0.remainingNs = remaining }
    }

    /// A statement that only an interrupt ends.
    private func endlessStatement() async throws {
        let queue = try DatabaseQueue()
        _ = try await queue.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                    SELECT max(i) FROM n
                    """)
        }
    }

    private func nest(
        _ request: ConformanceV1.NestRequest, _ context: CallContext
    ) async throws -> ConformanceV1.NestReply {
        guard let coordinator else {
            throw Failure(.failedPrecondition, "there is no coordinator to call")
        }
        let method = Method<ConformanceV1.SleepRequest, ConformanceV1.SleepReply>(
            path: request.path, kind: .unary, idempotency: .unknown)
        let own: Duration? =
            request.timeoutNs == 0 ? nil : .nanoseconds(Int64(clamping: request.timeoutNs))
        let timeout = [own, context.remaining].compactMap { $0 }.min()
        do throws(Failure) {
            let reply = try await coordinator.unary(
                method, request.sleep ?? ConformanceV1.SleepRequest(), timeout: timeout)
            return .with { $0.remainingNs = reply.remainingNs }
        } catch {
            return .with {
                $0.code = error.code.rawValue
                $0.message = error.message
            }
        }
    }
}

/// What a call asked to have back.
enum Echo {
    static let initialKey = "x-grpc-test-echo-initial"
    static let trailingKey = "x-grpc-test-echo-trailing-bin"

    static func metadata(_ context: CallContext) throws(Failure) {
        let initial = context.metadata.filter { $0.key == initialKey }
        if !initial.isEmpty { try context.setInitialMetadata(initial) }
        let trailing = context.metadata.filter { $0.key == trailingKey }
        if !trailing.isEmpty { context.setTrailingMetadata(trailing) }
    }

    /// Ends the call as it was asked to, unless that was with OK.
    static func status(_ wanted: ConformanceV1.EchoStatus?) throws(Failure) {
        guard let wanted, wanted.code != 0 else { return }
        throw Failure(
            StatusCode(wire: wanted.code), wanted.message, field: wanted.field,
            hint: wanted.hint, reason: wanted.reason)
    }

    static func reply(
        _ request: ConformanceV1.SimpleRequest, _ context: CallContext
    ) -> ConformanceV1.SimpleReply {
        .with {
            if request.replySize > 0 { $0.payload = payload(request.replySize) }
            $0.payloadSize = UInt32(request.payload?.body.count ?? 0)
            guard request.showCall else { return }
            $0.remainingNs = nanoseconds(context.remaining)
            $0.metadata = context.metadata.map { entry in
                .with {
                    $0.key = entry.key
                    $0.value = entry.value
                }
            }
        }
    }

    static func replies(
        _ request: ConformanceV1.StreamingOutputRequest,
        _ writer: ReplyWriter<ConformanceV1.StreamingOutputReply>
    ) async throws {
        for wanted in request.replies {
            if wanted.intervalMicroseconds > 0 {
                try await Task.sleep(for: .microseconds(wanted.intervalMicroseconds))
            }
            try await writer.write(.with { $0.payload = payload(wanted.size) })
        }
        try status(request.replyStatus)
    }

    static func payload(_ size: UInt32) -> ConformanceV1.Payload {
        .with { $0.body = [UInt8](repeating: 0, count: Int(size)) }
    }
}
