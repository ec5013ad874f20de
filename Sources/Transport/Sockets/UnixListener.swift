internal import CLinux
import Glibc
internal import NIOCore
internal import NIOPosix
public import Wire

/// A unix socket, mode 0660, on which each connection becomes a link of the loop.
public final class UnixListener: Sendable {
    /// Where it listens, as it was asked to.
    public let path: String
    private let channel: any NIOCore.Channel

    private init(path: String, channel: any NIOCore.Channel) {
        self.path = path
        self.channel = channel
    }

    /// Listens; a socket file left behind by a dead process is replaced.
    ///
    /// - Parameters:
    ///   - path: may be longer than the 108 bytes of a socket address.
    ///   - hello: what we say to each peer.
    ///   - accept: gives the delegate of a new connection, whose `peer` has uid, gid and pid; called
    ///     on the loop.
    /// - Throws: FAILED_PRECONDITION when another process listens there or the folder refuses.
    public static func listen(
        path: String, hello: HelloInfo, loop: Loop = .shared,
        accept: @escaping @Sendable (Peer) -> any LinkDelegate
    ) async throws(Failure) -> UnixListener {
        let fd = try UnixSocket.listen(path: path)
        do {
            let channel = try await ServerBootstrap(group: loop.eventLoop)
                .childChannelOption(.writeBufferWaterMark, value: Link.waterMark)
                .childChannelInitializer { child in
                    child.peerCredentials().flatMap { peer in
                        let link = Link(
                            side: .acceptor, hello: hello, expectedToken: nil, peer: peer,
                            loop: loop, delegate: accept(peer))
                        return link.install(in: child)
                    }
                }
                .withBoundSocket(fd).get()
            return UnixListener(path: path, channel: channel)
        } catch {
            Glibc.close(fd)
            throw Failure(.internal, "cannot serve \(path): \(error)")
        }
    }

    /// Takes no more connections and removes the socket file; links that exist go on.
    public func close() async {
        unlink(path)
        try? await channel.close().get()
    }
}

extension NIOCore.Channel {
    /// The process at the other end of a unix socket; nothing known when the kernel will not say.
    fileprivate func peerCredentials() -> EventLoopFuture<Peer> {
        guard let provider = self as? any SocketOptionProvider else {
            return eventLoop.makeSucceededFuture(Peer())
        }
        let name = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        let reading: EventLoopFuture<Credentials> = provider.unsafeGetSocketOption(
            level: .socket, name: name)
        return reading.map { found in
            var peer = Peer()
            peer.processID = found.pid
            peer.userID = found.uid
            peer.groupID = found.gid
            return peer
        }.recover { _ in Peer() }
    }
}

/// Linux's `struct ucred`.
private struct Credentials: Sendable {
    var pid: Int32 = 0
    var uid: UInt32 = 0
    var gid: UInt32 = 0
}
