import Glibc
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Transport
internal import Wire

/// Stands behind the TLS handler: tells when the connection is secured and by whom, and says in words
/// what goes wrong, then and later.
final class TLSGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let tls: NIOSSLHandler
    private let words: TLSWords
    private let limits: TCPLimits
    private var settled: LinkSecurity.Settled?
    private var timer: Scheduled<Void>?

    init(
        _ tls: NIOSSLHandler, _ words: TLSWords, _ limits: TCPLimits,
        _ settled: @escaping LinkSecurity.Settled
    ) {
        self.tls = tls
        self.words = words
        self.limits = limits
        self.settled = settled
    }

    func channelActive(context: ChannelHandlerContext) {
        let gate = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (words, patience) = (words, limits.handshake)
        timer = context.eventLoop.scheduleTask(in: .nanoseconds(patience.wholeNanoseconds)) {
            gate.value.settle(.failure(words.silence(patience)))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let agreed)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard agreed == TLSCredentials.Contexts.applicationProtocol else {
            return settle(.failure(words.otherProtocol(agreed)))
        }
        guard let certificate = tls.peerCertificate else {
            return settle(.failure(words.noCertificate()))
        }
        guard Int64(certificate.notValidAfter) > Int64(time(nil)) else {
            return settle(.failure(words.expired(Int64(certificate.notValidAfter))))
        }
        var peer = Peer()
        peer.address = context.remoteAddress.map(TCPEndpoint.text)
        peer.certificate = certificate.caodiemName
        peer.certificateEnd = Int64(certificate.notValidAfter)
        settle(.success(peer))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if settled != nil {
            return settle(.failure(words.handshake(error, certificate: tls.peerCertificate)))
        }
        // The end of the socket says the rest.
        if let known = error as? NIOSSLError, known == .uncleanShutdown { return }
        context.fireErrorCaught(words.later(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        if settled != nil { return settle(.failure(words.closed())) }
        context.fireChannelInactive()
    }

    private func settle(_ result: Result<Peer, Failure>) {
        timer?.cancel()
        timer = nil
        let waiting = settled
        settled = nil
        waiting?(result)
    }
}

extension NIOSSLCertificate {
    /// The one name of ours among its subject alternative names; nil when there is none, or more.
    var caodiemName: CertificateName? {
        let names = _subjectAlternativeNames().compactMap { name -> CertificateName? in
            guard name.nameType == .uri else { return nil }
            return CertificateName(uri: String(decoding: name.contents, as: UTF8.self))
        }
        return names.count == 1 ? names.first : nil
    }
}
