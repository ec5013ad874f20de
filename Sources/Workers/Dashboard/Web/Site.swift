internal import Rules
internal import Wire

/// The board without a server: a request in, an answer out.
final class Site: Sendable {
    let fleet: Fleet
    let trends: Trends
    let security: Security
    /// Asks for a token before anything is shown; nil where the board is open to all who reach it.
    let gate: SignInGate?

    init(fleet: Fleet, security: Security, gate: SignInGate?) {
        self.fleet = fleet
        self.security = security
        self.gate = gate
        trends = Trends(fleet: fleet)
    }

    typealias PageMaker = @Sendable (Visit, Site) async throws(Failure) -> PageContent

    /// The pages by the first part of their path.
    private static let pages: [String: PageMaker] = [
        "": BoardPage.make, "unit": UnitPage.make, "target": TargetPage.make,
        "cases": CasesPage.make, "case": CasePage.make, "auction": AuctionPage.make,
        "worklist": WorklistPage.make, "ranking": RankingPage.make, "fleet": FleetPage.make,
    ]

    func reply(to request: WebRequest) async -> WebReply {
        var reply = await unguarded(request)
        reply.headers += security.headers
        if !reply.headers.contains(where: { $0.name == "cache-control" }) {
            reply.headers.append(("cache-control", "no-store"))
        }
        return reply
    }

    private func unguarded(_ request: WebRequest) async -> WebReply {
        guard security.isOwn(host: request.headers["host"]) else {
            return Site.refusal(421, "this board does not go by that name")
        }
        if let asset = Assets.reply(request) { return asset }
        if let choice = Preferences.reply(request, security) { return choice }
        switch request.method {
        case "GET", "HEAD": return await page(request)
        case "POST": return await form(request)
        default: return Site.refusal(405, "GET, HEAD and POST")
        }
    }

    // MARK: Pages

    private func page(_ request: WebRequest) async -> WebReply {
        let name = request.path.first ?? ""
        guard let gate else { return await page(request, as: .open, formSecret: "") }
        if name == "sign-in" { return gate.page(request, security) }
        guard let session = gate.session(request) else {
            if name == "events" { return Site.refusal(401, "sign in first") }
            return .see(Link("sign-in", query: [("to", request.link.text)]))
        }
        return await page(request, as: session.visitor, formSecret: session.formSecret)
    }

    private func page(
        _ request: WebRequest, as visitor: Visitor, formSecret: String
    ) async -> WebReply {
        let name = request.path.first ?? ""
        if name == "events" { return events() }
        guard let make = Site.pages[name], request.path.count <= 1 else {
            let failure = Failure(.notFound, "không có trang này / there is no such page")
            return failed(failure, await visit(request, visitor, formSecret, plan: nil))
        }
        do throws(Failure) {
            try visitor.require(unit: request.asked("unit"))
            let visit = await visit(
                request, visitor, formSecret, plan: try await plan(as: visitor, for: name))
            let content = try await make(visit, self)
            return WebReply(page: Shell(visit: visit, signsIn: gate != nil).page(content))
        } catch {
            if error.code == .unauthenticated, let gate { return gate.expired(request, security) }
            return failed(error, await visit(request, visitor, formSecret, plan: nil))
        }
    }

    private func failed(_ failure: Failure, _ visit: Visit) -> WebReply {
        let content = FailurePage.content(failure, visit)
        return WebReply(
            page: Shell(visit: visit, signsIn: gate != nil).page(content),
            status: FailurePage.status(failure.code))
    }

    /// Nil where none was applied, and where a page of the fleet itself is shown to who may not see the campaign.
    private func plan(
        as visitor: Visitor, for page: String
    ) async throws(Failure) -> CampaignV1.ShowReply? {
        do throws(Failure) {
            return try await fleet.ask(
                CampaignV1.Campaign.show, CampaignV1.ShowRequest(), as: visitor
            ).value
        } catch {
            if error.reason == "NO_CAMPAIGN" { return nil }
            if error.code == .permissionDenied, page == "fleet" { return nil }
            throw error
        }
    }

    private func visit(
        _ request: WebRequest, _ visitor: Visitor, _ formSecret: String,
        plan: CampaignV1.ShowReply?
    ) async -> Visit {
        let chosen = Day(iso: request.asked("day"))
        return Visit(
            request: request, visitor: visitor, language: Preferences.language(request),
            theme: Preferences.theme(request), plan: plan,
            day: chosen ?? Visit.usualDay(plan, today: Clock.today), isDayChosen: chosen != nil,
            change: fleet.changes.change, formSecret: formSecret)
    }

    // MARK: Forms

    private func form(_ request: WebRequest) async -> WebReply {
        guard let gate else { return Site.refusal(405, "GET and HEAD") }
        guard security.isOwn(formFrom: request) else {
            return Site.refusal(403, "the form was not sent from a page of this board")
        }
        switch request.path {
        case ["sign-in"]: return await gate.signIn(request, security)
        case ["sign-out"]: return await gate.signOut(request, security)
        default: return Site.refusal(404, "there is no such form")
        }
    }

    // MARK: Events

    /// Browsers that may follow the board at once.
    private static let followers = 256

    private func events() -> WebReply {
        guard let changes = fleet.changes.changes(atMost: Site.followers) else {
            return Site.refusal(503, "as many readers follow the board as it takes")
        }
        var reply = WebReply(type: "text/event-stream", bytes: [])
        reply.body = .events(EventStream.bytes(changes))
        return reply
    }

    static func refusal(_ status: Int, _ why: String) -> WebReply {
        var reply = WebReply(
            status: status, type: "text/plain; charset=utf-8", bytes: Array((why + "\n").utf8))
        if status == 405 { reply.headers.append(("allow", why)) }
        return reply
    }
}
