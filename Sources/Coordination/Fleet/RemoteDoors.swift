import Logging
import Transport
import TransportTLS
import Wire

/// Everything that the coordinator listens on: its unix socket, and TCP where it was asked to.
struct Doors: Sendable {
    private let socket: UnixListener
    private let tcp: [TCPListener]

    /// - Throws: `Failure` when one of them cannot be had; the others are closed again then.
    static func open(
        socket: String, options: ResolvedOptions, own: TLSCredentials?, hello: HelloInfo,
        fleet: Fleet, log: Logger
    ) async throws(Failure) -> Doors {
        let router = fleet.router
        let unix = try await UnixListener.listen(
            path: socket, hello: hello
        ) { _ in ClientLink(router) }
        log.info("listens on unix:\(socket)")
        var tcp: [TCPListener] = []
        do throws(Failure) {
            for endpoint in options.tcp {
                tcp.append(
                    try await listen(
                        endpoint, own, allow: options.tls?.allow, hello: hello,
                        fleet: fleet, log: log))
            }
        } catch {
            await Doors(socket: unix, tcp: tcp).close()
            throw error
        }
        return Doors(socket: unix, tcp: tcp)
    }

    private static func listen(
        _ endpoint: TCPEndpoint, _ own: TLSCredentials?, allow: Set<String>?, hello: HelloInfo,
        fleet: Fleet, log: Logger
    ) async throws(Failure) -> TCPListener {
        let security = own.map { LinkSecurity.tls($0) } ?? .plaintext
        let refusals = RefusalLog(log)
        var remoteHello = hello
        remoteHello.limits = .remote
        remoteHello.limits.metadata = hello.limits.metadata
        remoteHello.limits.metadataEntries = hello.limits.metadataEntries
        let listener = try await TCPListener.listen(
            on: endpoint, security: security,
            hello: remoteHello,
            loop: fleet.loop, refused: { refusals.note($0, $1) },
            accept: { (peer) throws(Failure) in
                if !security.isPlaintext {
                    try TLSSettings.admit(peer.certificate, allow: allow)
                }
                return ArrivingLink(fleet, allow: allow)
            })
        log.info("listens on tcp:\(listener.endpoint)\(own == nil ? ", plaintext" : "")")
        return listener
    }

    /// The ports that the kernel gave, in the order asked for.
    var tcpPorts: [Int] { tcp.map(\.endpoint.port) }

    /// Takes no more connections.
    func close() async {
        await socket.close()
        for listener in tcp { await listener.close() }
    }
}

/// Says who was not let in, at most so many a second: a port may be knocked at without end. Lives on the
/// loop.
private final class RefusalLog: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    static let linesPerSecond = 10
    private let log: Logger
    private var second = Instant(nanoseconds: 0)
    private var lines = 0
    private var omitted = 0

    init(_ log: Logger) { self.log = log }

    func note(_ address: String, _ failure: Failure) {
        if second.advanced(by: .seconds(1)) <= Loop.now {
            if omitted > 0 { log.warning("\(omitted) more connections were refused") }
            (second, lines, omitted) = (Loop.now, 0, 0)
        }
        lines += 1
        guard lines <= RefusalLog.linesPerSecond else { return omitted += 1 }
        log.warning(
            "refused \(address): \(failure.message)", metadata: ["reason": "\(failure.reason)"])
    }
}
