internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import Synchronization
public import Transport
public import Wire
public import WorkerKit

/// Serves every service of the fleet to gRPC clients under its own name.
///
/// It knows no service: each call is opened at the coordinator by its path, as bytes.
public final class Gateway: Sendable {
    private let transport: HTTP2ServerTransport.Posix
    let asked: ListenAddress
    private let file: SocketFile?
    private let forwarding: CallForwarding
    private let leaving = Leaving()
    private let serving = Mutex<Task<Void, any Error>?>(nil)

    /// - Parameters:
    ///   - coordinator: where calls are opened.
    ///   - allowsAnonymous: whether calls without a token are made, as the gateway's own.
    /// - Throws: FAILED_PRECONDITION when another process has the unix socket or its folder refuses.
    public init(
        listen address: ListenAddress, coordinator: Transport.Channel,
        limits: GatewayLimits = GatewayLimits(), allowsAnonymous: Bool = true
    ) throws(Failure) {
        asked = address
        forwarding = CallForwarding(
            coordinator: coordinator, limits: limits, leaving: leaving,
            sessions: CallerSessions(coordinator: coordinator, allowsAnonymous: allowsAnonymous))
        let config = Gateway.config(limits)
        switch address {
        case .unix(let path):
            let file = try SocketFile(path: path)
            self.file = file
            transport = HTTP2ServerTransport.Posix(
                listeningSocketDescriptor: Int(file.descriptor), transportSecurity: .plaintext,
                config: config)
        case .tcp(let host, let port):
            file = nil
            transport = HTTP2ServerTransport.Posix(
                address: host.contains(":")
                    ? .ipv6(host: host, port: port) : .ipv4(host: host, port: port),
                transportSecurity: .plaintext, config: config)
        }
    }

    /// Begins to serve; gives the address that clients can use.
    ///
    /// - Throws: FAILED_PRECONDITION when the port is taken.
    public func start() async throws(Failure) -> ListenAddress {
        let (transport, forwarding) = (transport, forwarding)
        let task = Task {
            try await transport.listen { stream, _ in await forwarding.serve(stream) }
        }
        serving.withLock { $0 = task }
        guard file == nil else { return asked }
        do {
            let bound = try await transport.listeningAddress
            if let address = bound.ipv4 { return .tcp(host: address.host, port: address.port) }
            if let address = bound.ipv6 { return .tcp(host: address.host, port: address.port) }
            return asked
        } catch {
            throw await refusal(task)
        }
    }

    /// Waits until it serves no more.
    ///
    /// - Throws: INTERNAL when that was nobody's wish.
    public func ended() async throws(Failure) {
        let task = serving.withLock { $0 }
        do {
            try await task?.value
        } catch {
            if leaving.hasBegun { return }
            throw Failure(.internal, "the gateway's listener failed: \(error)")
        }
    }

    /// Tells clients to go elsewhere, lets running calls end, and cancels what is left after the limit.
    public func leave() async {
        guard leaving.begin() else { return }
        file?.remove()
        transport.beginGracefulShutdown()
        let task = serving.withLock { $0 }
        let limit = forwarding.limits.drain
        let timer = Task {
            try await Task.sleep(for: limit)
            task?.cancel()
        }
        _ = await task?.result
        timer.cancel()
    }

    private func refusal(_ task: Task<Void, any Error>) async -> Failure {
        var why = "the listener ended"
        if case .failure(let error) = await task.result { why = "\(error)" }
        return Failure(
            .failedPrecondition, "cannot listen on \(asked): \(why)", field: "listen",
            hint: "choose a free port, or unix:PATH")
    }

    private static func config(_ limits: GatewayLimits) -> HTTP2ServerTransport.Posix.Config {
        .defaults { config in
            config.http2.maxConcurrentStreams = limits.streams
            config.http2.targetWindowSize = limits.window
            config.rpc.maxRequestPayloadSize = limits.message
            config.connection.maxIdleTime = limits.idle
            config.connection.keepalive = .init(
                time: limits.keepalive, timeout: limits.keepaliveAnswer,
                clientBehavior: .init(
                    minPingIntervalWithoutCalls: limits.clientPings, allowWithoutCalls: true))
            let places = ConnectionPlaces(limits.connections)
            config.channelDebuggingCallbacks.onAcceptTCPConnection = { places.admit($0) }
        }
    }
}

/// How many connections there may be at once.
private final class ConnectionPlaces: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(count) }

    /// Takes a place until the connection is over, or closes it when there is none.
    func admit(_ connection: any NIOCore.Channel) -> EventLoopFuture<Void> {
        let isAdmitted = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        if isAdmitted {
            connection.closeFuture.whenComplete { _ in self.free.withLock { $0 += 1 } }
        } else {
            connection.close(promise: nil)
        }
        return connection.eventLoop.makeSucceededVoidFuture()
    }
}
