internal import NIOCore
internal import NIOSSL
public import Transport
internal import Wire

extension LinkSecurity {
    /// By what a dialler knows that it has reached the right peer.
    public enum Recognition: Sendable {
        /// The certificate is for the host that was dialled.
        case host
        /// The certificate comes from our authority; its name is compared by whoever dials.
        case name
    }

    /// TLS 1.3 with certificates on both sides, and `cdp/1` agreed in it.
    public static func tls(
        _ credentials: TLSCredentials, recognition: Recognition = .host
    ) -> LinkSecurity {
        LinkSecurity(isPlaintext: false) {
            (channel, side, endpoint, limits, settled) throws(Failure) in
            let contexts = try credentials.current()
            do {
                let tls: NIOSSLHandler
                switch (side, recognition) {
                case (.acceptor, _): tls = NIOSSLServerHandler(context: contexts.server)
                case (.dialler, .host):
                    tls = try NIOSSLClientHandler(
                        context: contexts.client,
                        serverHostname: endpoint.isAddress ? nil : endpoint.host)
                case (.dialler, .name):
                    tls = try NIOSSLClientHandler(
                        context: contexts.clientOfPlugin, serverHostname: nil)
                }
                let words = TLSWords(
                    side: side, endpoint: endpoint, authority: credentials.files.authority)
                try channel.pipeline.syncOperations.addHandlers([
                    tls, TLSGate(tls, words, limits, settled),
                ])
            } catch {
                throw Failure(
                    .internal, "TLS cannot begin with tcp:\(endpoint): \(error)", reason: "TLS")
            }
        }
    }
}
