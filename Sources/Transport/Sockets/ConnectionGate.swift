import Glibc
internal import NIOCore
internal import Wire

/// What a TCP connection passes before it is a link: its security, then its owner's consent.
struct ConnectionGate: Sendable {
    let side: Side
    let endpoint: TCPEndpoint
    let security: LinkSecurity
    let hello: HelloInfo
    let limits: TCPLimits
    let loop: Loop
    /// Gives the delegate for a peer, or refuses it.
    let owner: @Sendable (Peer) throws(Failure) -> any LinkDelegate

    /// Lets a new connection in; `settled` is called once, with the link or why there is none.
    func open(
        _ channel: any NIOCore.Channel,
        settled: @escaping @Sendable (Result<Link, Failure>) -> Void
    ) -> EventLoopFuture<Void> {
        do throws(Failure) {
            try security.prepare(channel, side, endpoint, limits) { result in
                switch result {
                case .success(let peer): settled(admit(peer, on: channel))
                case .failure(let failure):
                    settled(.failure(failure))
                    channel.close(promise: nil)
                }
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        } catch {
            settled(.failure(error))
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    private func admit(_ peer: Peer, on channel: any NIOCore.Channel) -> Result<Link, Failure> {
        do throws(Failure) {
            let link = link(peer, try owner(peer))
            _ = link.install(in: channel)
            if let end = peer.certificateEnd { watch(link, until: end, on: channel) }
            return .success(link)
        } catch {
            // It speaks CDP/1 for as long as it takes to say why.
            let link = link(peer, TurnedAway())
            _ = link.install(in: channel)
            link.close(.inadequateSecurity, error.message)
            return .failure(error)
        }
    }

    /// Ends the link when the peer's certificate does; looks at the clock on the wall each time, since
    /// that may be set.
    private func watch(_ link: Link, until end: Int64, on channel: any NIOCore.Channel) {
        let pause = TimeAmount.nanoseconds(limits.expiryCheck.wholeNanoseconds)
        let watching = channel.eventLoop.scheduleRepeatedTask(
            initialDelay: pause, delay: pause
        ) { task in
            guard time(nil) >= end else { return }
            task.cancel()
            link.close(.inadequateSecurity, "the certificate that you showed has expired")
        }
        channel.closeFuture.whenComplete { _ in watching.cancel() }
    }

    private func link(_ peer: Peer, _ delegate: any LinkDelegate) -> Link {
        Link(
            side: side, hello: hello, expectedToken: nil, peer: peer, loop: loop,
            delegate: delegate)
    }
}

/// The owner of a connection that is only told to go.
private final class TurnedAway: LinkDelegate {
    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        link.reset(stream, .refusedStream, "the connection is being refused")
        return nil
    }
}
