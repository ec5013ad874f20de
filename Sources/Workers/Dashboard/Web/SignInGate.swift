internal import Wire

/// Lets in who shows a token of the fleet's: the same principals, roles and scopes as in the protocol.
final class SignInGate: Sendable {
    /// What the fleet grants for a token.
    struct Grant: Sendable {
        let visitor: Visitor
        /// Seconds since 1970.
        let endsAt: Int64
    }

    static let sessionCookie = "caodiem_session"
    static let formCookie = "caodiem_form"
    private static let tokenLimit = 512

    private let ask: @Sendable (String) async -> Result<Grant, Failure>
    private let release: @Sendable (Visitor) async -> Void
    private let sessions = Sessions()
    private let tries: TryLimit

    /// - Parameters:
    ///   - release: tells the fleet that who was let in has gone.
    ///   - ask: asks the fleet about a token.
    init(
        tries: TryLimit = TryLimit(), release: @escaping @Sendable (Visitor) async -> Void,
        ask: @escaping @Sendable (String) async -> Result<Grant, Failure>
    ) {
        self.tries = tries
        self.release = release
        self.ask = ask
    }

    /// Nil for who has not signed in.
    func session(_ request: WebRequest) -> Sessions.Session? {
        sessions.session(request.cookie(SignInGate.sessionCookie))
    }

    func page(_ request: WebRequest, _ security: Security) -> WebReply {
        page(request, security, problem: nil, status: 200)
    }

    /// The fleet no longer knows the session: who it was signs in again.
    func expired(_ request: WebRequest, _ security: Security) -> WebReply {
        sessions.end(request.cookie(SignInGate.sessionCookie))
        return .see(Link("sign-in", query: [("to", request.link.text)]))
    }

    func signIn(_ request: WebRequest, _ security: Security) async -> WebReply {
        guard Secret.isEqual(request.sent("form"), request.cookie(SignInGate.formCookie)) else {
            let stale = Phrase(
                "Trang đăng nhập đã cũ; hãy thử lại.", "The sign-in page had grown old; try again.")
            return page(request, security, problem: stale, status: 403)
        }
        let wait = tries.wait
        guard wait == 0 else {
            let later = Phrase(
                "Đã thử sai nhiều lần; hãy đợi \(wait) giây rồi thử lại.",
                "Too many wrong tokens; wait \(wait) seconds and try again.")
            var reply = page(request, security, problem: later, status: 429)
            reply.headers.append(("retry-after", String(wait)))
            return reply
        }
        let token = String(request.sent("token").filter { !$0.isWhitespace })
        guard !token.isEmpty, token.utf8.count <= SignInGate.tokenLimit else {
            return wrong(request, security)
        }
        switch await ask(token) {
        case .success(let grant):
            tries.succeeded()
            return begin(grant, request, security)
        case .failure(let failure)
        where [.unauthenticated, .permissionDenied, .invalidArgument, .notFound]
            .contains(failure.code):
            return wrong(request, security)
        case .failure(let failure):
            return page(
                request, security, problem: Phrase(failure.message, failure.message), status: 503)
        }
    }

    func signOut(_ request: WebRequest, _ security: Security) async -> WebReply {
        let number = request.cookie(SignInGate.sessionCookie)
        if let session = sessions.session(number) {
            guard Secret.isEqual(request.sent("form"), session.formSecret) else {
                return Site.refusal(403, "the form is not of this session")
            }
            sessions.end(number)
            await release(session.visitor)
        }
        var reply = WebReply.see(Link("sign-in"))
        reply.headers.append(security.cookie(SignInGate.sessionCookie, "", maxAge: 0))
        return reply
    }

    private func begin(
        _ grant: Grant, _ request: WebRequest, _ security: Security
    ) -> WebReply {
        let number = sessions.begin(grant.visitor, endsAt: grant.endsAt)
        let target = WebRequest(method: "GET", target: request.sent("to"), headers: [:])
        var reply = WebReply.see(target?.link ?? Link(path: []))
        let age = Int(max(0, grant.endsAt - Clock.seconds))
        reply.headers.append(security.cookie(SignInGate.sessionCookie, number, maxAge: age))
        reply.headers.append(security.cookie(SignInGate.formCookie, "", maxAge: 0))
        return reply
    }

    private func wrong(_ request: WebRequest, _ security: Security) -> WebReply {
        tries.failed()
        let problem = Phrase(
            "Mã truy cập không đúng hoặc đã hết hạn.", "The token is wrong or has expired.")
        return page(request, security, problem: problem, status: 403)
    }

    private func page(
        _ request: WebRequest, _ security: Security, problem: Phrase?, status: Int
    ) -> WebReply {
        let secret = Secret.make()
        let asked = request.asked("to").isEmpty ? request.sent("to") : request.asked("to")
        let markup = SignInPage.page(
            language: Preferences.language(request), theme: Preferences.theme(request),
            formSecret: secret, to: asked, problem: problem)
        var reply = WebReply(page: markup, status: status)
        reply.headers.append(security.cookie(SignInGate.formCookie, secret, maxAge: 3600))
        return reply
    }
}
