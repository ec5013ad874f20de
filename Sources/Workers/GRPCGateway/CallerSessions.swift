internal import GRPCCore
internal import Synchronization
internal import Transport
internal import Wire

/// For whom calls are made: who shows an access token as `authorization: Bearer` is signed in at the coordinator
/// once, and its calls are then made on its behalf. Whoever shows none calls as the gateway itself, where only the
/// data folder's owner can reach it, and is refused everywhere else.
final class CallerSessions: Sendable {
    /// Sessions kept; one more drops them all, to be begun again as they are needed.
    static let limit = 1000
    private static let scheme = "bearer "
    private static let signInSeconds = 5

    private let coordinator: Transport.Channel
    private let allowsAnonymous: Bool
    private let sessions = Mutex<[String: String]>([:])

    init(coordinator: Transport.Channel, allowsAnonymous: Bool) {
        self.coordinator = coordinator
        self.allowsAnonymous = allowsAnonymous
    }

    /// The metadata by which the coordinator knows for whom the call is, and the token that it rests on.
    ///
    /// - Throws: UNAUTHENTICATED.
    func entries(
        for metadata: Metadata
    ) async throws(Failure) -> (entries: [WireV1.MetadataEntry], token: String?) {
        guard let header = metadata[stringValues: "authorization"].first(where: { _ in true })
        else {
            guard allowsAnonymous else {
                throw CallerSessions.unauthenticated("no token was shown")
            }
            return ([], nil)
        }
        guard header.lowercased().hasPrefix(CallerSessions.scheme) else {
            throw CallerSessions.unauthenticated("'authorization' holds no Bearer token")
        }
        let token = String(header.dropFirst(CallerSessions.scheme.count))
        let session = try await session(of: token)
        return (
            [
                .with {
                    $0.key = "caodiem-on-behalf-of"
                    $0.value = Array(session.utf8)
                }
            ], token
        )
    }

    /// The coordinator no longer knows the session: the next call begins another.
    func forget(_ token: String) { sessions.withLock { _ = $0.removeValue(forKey: token) } }

    private func session(of token: String) async throws(Failure) -> String {
        if let known = sessions.withLock({ $0[token] }) { return known }
        let reply = try await coordinator.unary(
            HostV1.Host.signIn, .with { $0.token = Array(token.utf8) },
            timeout: .seconds(CallerSessions.signInSeconds))
        sessions.withLock { sessions in
            if sessions.count >= CallerSessions.limit { sessions = [:] }
            sessions[token] = reply.session
        }
        return reply.session
    }

    private static func unauthenticated(_ what: String) -> Failure {
        Failure(
            .unauthenticated, what,
            hint: "send 'authorization: Bearer TOKEN'; caodiem access token create makes one",
            reason: "NO_TOKEN")
    }
}
