internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Synchronization
internal import Transport
internal import Wire

/// Carries one call of a gRPC client to the coordinator and its answer back, message by message.
///
/// Nothing is decoded and nothing is kept: a request is taken from HTTP/2 when the fleet has room for it, a
/// reply from the fleet when the client has room, so whoever is slow slows the other end.
struct CallForwarding: Sendable {
    typealias Bytes = HTTP2ServerTransport.Posix.Bytes
    typealias Inbound = RPCAsyncSequence<RPCRequestPart<Bytes>, any Error>
    typealias Outbound = RPCWriter<RPCResponsePart<Bytes>>.Closable

    let coordinator: Transport.Channel
    let limits: GatewayLimits
    let leaving: Leaving
    let sessions: CallerSessions

    /// Serves one stream; returns when the call has ended, one way or the other.
    func serve(_ stream: RPCStream<Inbound, Outbound>) async {
        await withTaskGroup { group in
            var call: RawCall?
            do {
                for try await part in stream.inbound {
                    switch part {
                    case .metadata(let metadata):
                        let caller = try await sessions.entries(for: metadata)
                        let opened = try open(stream.descriptor, metadata, caller.entries)
                        call = opened
                        group.addTask { await answer(opened, caller.token, stream.outbound) }
                    case .message(let bytes):
                        try await call?.send(bytes.withUnsafeBytes(Array.init))
                    }
                }
                call?.finishSending()
            } catch let failure as Failure {
                if let call {
                    await settle(call, failure, stream.outbound)
                } else {
                    await finish(stream.outbound, failure)
                }
            } catch {
                // The stream was reset, its connection is lost, or a message broke gRPC's rules.
                call?.cancel()
            }
            await group.waitForAll()
        }
    }

    private func open(
        _ method: MethodDescriptor, _ metadata: Metadata, _ caller: [WireV1.MetadataEntry]
    ) throws(Failure) -> RawCall {
        var timeout: Duration?
        if let header = metadata[stringValues: "grpc-timeout"].first(where: { _ in true }) {
            let left = try TimeoutHeader.duration(header, atMost: limits.timeout)
            guard left > .zero else {
                throw Failure(.deadlineExceeded, "the deadline passed before the call came")
            }
            timeout = left
        }
        return coordinator.raw(
            path: ServiceNames.path(method), timeout: timeout,
            metadata: try MetadataMapping.entries(of: metadata) + caller)
    }

    /// The fleet takes no more requests. When it has ended the call, the answer says so; a request that is
    /// too large ends it here.
    private func settle(_ call: RawCall, _ failure: Failure, _ outbound: Outbound) async {
        if failure.code != .resourceExhausted { return }
        await finish(outbound, failure)
        call.cancel()
    }

    // MARK: The answer

    private func answer(_ call: RawCall, _ token: String?, _ outbound: Outbound) async {
        let leaving = leaving
        await withTaskCancellationHandler {
            await withRPCCancellationHandler {
                await answerWhole(call, token, outbound)
            } onCancelRPC: {
                // The transport calls this also when the gateway leaves; running calls go on then.
                if !leaving.hasBegun { call.cancel() }
            }
        } onCancel: {
            call.cancel()
        }
        await outbound.finish()
    }

    private func answerWhole(_ call: RawCall, _ token: String?, _ outbound: Outbound) async {
        do {
            let failure = try await relay(call, outbound)
            if let token, failure?.reason == "SESSION_UNKNOWN" { sessions.forget(token) }
            let end = StatusMapping(limits: limits).end(
                failure, trailing: await call.trailingMetadata())
            try await outbound.write(.status(end.status, end.trailing))
        } catch {
            // The client is gone.
            call.cancel()
        }
    }

    /// Passes replies on until the call ends; gives what it failed with, nil when it ended OK.
    ///
    /// - Throws: when the client takes no more.
    private func relay(_ call: RawCall, _ outbound: Outbound) async throws -> Failure? {
        let initial = MetadataMapping.headers(of: await call.initialMetadata())
        var isOpen = false
        if !initial.isEmpty {
            try await outbound.write(.metadata(initial))
            isOpen = true
        }
        while true {
            let batch: [[UInt8]]
            do throws(Failure) {
                batch = try await call.nextBatch()
            } catch {
                return error
            }
            if batch.isEmpty { return nil }
            if !isOpen { try await outbound.write(.metadata([:])) }
            isOpen = true
            for message in batch { try await outbound.write(.message(Bytes(message))) }
        }
    }

    private func finish(_ outbound: Outbound, _ failure: Failure) async {
        let end = StatusMapping(limits: limits).end(failure, trailing: [])
        try? await outbound.write(.status(end.status, end.trailing))
        await outbound.finish()
    }
}

/// Whether the gateway has begun to leave.
final class Leaving: Sendable {
    private let state = Mutex(false)

    var hasBegun: Bool { state.withLock { $0 } }

    /// False when it had begun before.
    func begin() -> Bool {
        state.withLock { state in
            defer { state = true }
            return !state
        }
    }
}
