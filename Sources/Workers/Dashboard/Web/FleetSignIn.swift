internal import Transport
internal import Wire

extension SignInGate {
    /// Asks the coordinator about tokens, as a plugin that may act for others (`grants: [impersonate]`).
    convenience init(coordinator: Channel) {
        self.init(
            release: { visitor in
                let request = HostV1.SignOutRequest.with { $0.session = visitor.session }
                // A session that cannot be ended now ends with its token.
                _ = try? await coordinator.unary(HostV1.Host.signOut, request)
            },
            ask: { token in
                let request = HostV1.SignInRequest.with { $0.token = Array(token.utf8) }
                do throws(Failure) {
                    let reply = try await coordinator.unary(HostV1.Host.signIn, request)
                    return .success(Grant(reply))
                } catch {
                    return .failure(error)
                }
            })
    }
}

extension SignInGate.Grant {
    fileprivate init(_ reply: HostV1.SignInReply) {
        visitor = Visitor(
            principal: reply.principal, roles: reply.roles,
            units: reply.province ? [] : reply.units, session: reply.session)
        endsAt = reply.expiresAtMs / 1000
    }
}
