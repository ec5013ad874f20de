internal import NIOCore
internal import Wire

extension Link {
    /// How long the last bytes may take to leave before the socket is closed over them.
    static let farewell = TimeAmount.seconds(1)

    /// Closes the socket of a connection that is over, once what was written has left: no answer is cut off by
    /// a drain, no GOAWAY lost. Then the delegate is told.
    func closeSocket() {
        loop.assertCurrent()
        guard !isClosing else { return }
        guard let channel else {
            tellClosed()
            return
        }
        isClosing = true
        self.channel = nil
        let flushed = channel.eventLoop.makePromise(of: Void.self)
        let patience = loop.eventLoop.scheduleTask(in: Link.farewell) {
            channel.close(promise: nil)
        }
        flushed.futureResult.whenComplete { _ in
            patience.cancel()
            channel.close(promise: nil)
            self.tellClosed()
        }
        let rest = connection.takeOutgoing(limit: .max)
        channel.writeAndFlush(ByteBuffer(bytes: rest), promise: flushed)
    }

    private func tellClosed() {
        guard let reason = closedReason, let owner = delegate else { return }
        delegate = nil
        owner.linkClosed(self, reason)
    }
}
