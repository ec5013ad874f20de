internal import NIOCore
internal import Wire

/// Feeds a link from its channel.
final class LinkHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let link: Link

    init(_ link: Link) {
        self.link = link
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { link.activated(context.channel) }
    }

    func channelActive(context: ChannelHandlerContext) {
        link.activated(context.channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        link.received(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        link.pump()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { link.pump() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        link.ended()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        link.failed((error as? Failure)?.message ?? "the connection failed: \(error)")
    }
}
