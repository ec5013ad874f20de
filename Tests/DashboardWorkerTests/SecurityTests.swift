import Foundation
import Synchronization
import Testing
import Wire

@testable import DashboardWorker

@Suite struct SecurityTests {
    private static func gate(_ tries: TryLimit = TryLimit()) -> SignInGate {
        SignInGate(tries: tries, release: { _ in }) { token in
            guard token == "dung" else { return .failure(Failure(.unauthenticated, "sai")) }
            let visitor = Visitor(
                principal: "token:mx<b>", roles: ["clerk"], units: ["MX"],
                session: "phien-cua-mx")
            return .success(SignInGate.Grant(visitor: visitor, endsAt: Clock.seconds + 600))
        }
    }

    @Test(arguments: ["/", "/nowhere", "/static/x", "/events"])
    func everyAnswerHasTheHeaders(path: String) async throws {
        let board = try await BoardUnderTest()
        let (reply, _) = try await board.get(path)
        #expect(
            reply.header("content-security-policy")
                == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        #expect(reply.header("x-content-type-options") == "nosniff")
        #expect(reply.header("referrer-policy") == "same-origin")
        #expect(reply.header("cache-control") != nil)
        #expect(reply.header("strict-transport-security") == nil)
    }

    @Test(arguments: [
        ("127.0.0.1:8710", true), ("localhost", true), ("[::1]:80", true), ("LOCALHOST:1", true),
        ("thads.example", true), ("evil.example", false), ("127.0.0.1.evil.example", false),
        ("localhost.evil.example:8710", false), ("", false),
    ])
    func foreignNamesAreTurnedAway(host: String, isOwn: Bool) async throws {
        let board = try await BoardUnderTest(publicURL: PublicURL("https://thads.example"))
        let (reply, _) = try await board.get("/fleet", ["host": host])
        #expect(reply.status == (isOwn ? 200 : 421))
        #expect(reply.header("strict-transport-security") == "max-age=31536000")
    }

    @Test(arguments: [
        ("https://a.example", true), ("http://a.example:8080/", true), ("ftp://a", false),
        ("https://", false), ("https://a/b", false), ("https://a\" x", false),
    ])
    func publicAddressesAreHostsAlone(text: String, reads: Bool) {
        #expect((PublicURL(text) != nil) == reads)
    }

    @Test func otherMethodsAreRefused() async throws {
        let board = try await BoardUnderTest()
        let (reply, _) = try await board.post("/", "")
        #expect(reply.status == 405)
    }

    // MARK: Signing in

    @Test func nothingIsShownBeforeSignIn() async throws {
        let board = try await BoardUnderTest(gate: SecurityTests.gate())
        for path in ["/", "/case?unit=MX&no=1", "/fleet", "/worklist"] {
            let (reply, text) = try await board.get(path)
            #expect(reply.status == 303)
            #expect(reply.header("location")?.hasPrefix("/sign-in?to=") == true)
            #expect(text.isEmpty)
        }
        let (events, _) = try await board.get("/events")
        #expect(events.status == 401)
        #expect(board.asked.calls.withLock { $0.isEmpty })
        let (_, page) = try await board.get("/sign-in")
        #expect(try PageRules.faults(page) == [])
    }

    /// Gets the page's secret, sends the form with it, and gives the cookie of the session.
    private func signIn(
        _ board: BoardUnderTest, token: String = "dung", to: String = ""
    ) async throws -> WebReply {
        let (page, _) = try await board.get("/sign-in")
        let secret = try #require(page.cookie("caodiem_form"))
        let form = "form=\(secret)&token=\(token)&to=\(PercentCoding.encoded(to))"
        return try await board.post("/sign-in", form, ["cookie": "caodiem_form=\(secret)"]).reply
    }

    @Test func whoSignsInAsksTheFleetInTheirOwnName() async throws {
        let board = try await BoardUnderTest(gate: SecurityTests.gate())
        let reply = try await signIn(board, to: "/unit?unit=MX")
        #expect(reply.status == 303)
        #expect(reply.header("location") == "/unit?unit=MX")
        let cookie = try #require(
            reply.headers.first { $0.name == "set-cookie" && $0.value.contains("session") })
        for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            #expect(cookie.value.contains(part))
        }
        let session = try #require(reply.cookie("caodiem_session"))
        let (shown, page) = try await board.get("/", ["cookie": "a=b; caodiem_session=\(session)"])
        #expect(shown.status == 200)
        #expect(page.contains("<bdi>token:mx&lt;b&gt;</bdi>"))
        #expect(try PageRules.faults(page) == [])
        let sessions = board.asked.calls.withLock { Set($0.map(\.session)) }
        #expect(sessions == ["phien-cua-mx"])
        // Who sees one unit asks for that unit alone.
        #expect(page.contains("unit=MX") && !page.contains("unit=LP"))
        let before = board.asked.calls.withLock { $0.count }
        for path in [
            "/cases?target=old_resolved_money&unit=LP", "/case?unit=LP&no=1", "/worklist?unit=LP",
        ] {
            let (refused, text) = try await board.get(
                path, ["cookie": "caodiem_session=\(session)"])
            #expect(refused.status == 403, "\(path)")
            #expect(text.contains("không thuộc phạm vi được xem"), "\(path)")
        }
        #expect(board.asked.calls.withLock { $0.count } == before)
    }

    @Test(arguments: ["//evil.example/x", "https://evil.example", "\\\\evil", "javascript:1"])
    func signInLeadsNowhereElse(to: String) async throws {
        let board = try await BoardUnderTest(gate: SecurityTests.gate())
        let reply = try await signIn(board, to: to)
        let location = try #require(reply.header("location"))
        #expect(location.hasPrefix("/") && !location.hasPrefix("//"))
    }

    @Test func aFormOfAnotherPageIsRefused() async throws {
        let board = try await BoardUnderTest(gate: SecurityTests.gate())
        let good = ["cookie": "caodiem_form=abc"]
        #expect(try await board.post("/sign-in", "form=abd&token=dung", good).reply.status == 403)
        #expect(try await board.post("/sign-in", "token=dung").reply.status == 403)
        let foreign = good.merging(["origin": "http://evil.example"]) { $1 }
        #expect(
            try await board.post("/sign-in", "form=abc&token=dung", foreign).reply.status == 403)
        let crossed = good.merging(["sec-fetch-site": "cross-site"]) { $1 }
        #expect(
            try await board.post("/sign-in", "form=abc&token=dung", crossed).reply.status == 403)
    }

    @Test func signingOutTakesTheFormsSecretAndEndsTheSession() async throws {
        let board = try await BoardUnderTest(gate: SecurityTests.gate())
        let session = try #require(try await signIn(board).cookie("caodiem_session"))
        let cookie = ["cookie": "caodiem_session=\(session)"]
        #expect(try await board.post("/sign-out", "form=x", cookie).reply.status == 403)
        #expect(try await board.get("/fleet", cookie).reply.status == 200)
        let (_, page) = try await board.get("/fleet", cookie)
        let mark = try #require(page.range(of: "name=\"form\" value=\""))
        let secret = page[mark.upperBound...].prefix { $0 != "\"" }
        #expect(try await board.post("/sign-out", "form=\(secret)", cookie).reply.status == 303)
        #expect(try await board.get("/fleet", cookie).reply.status == 303)
    }

    @Test func wrongTokensAreSlowedDown() async throws {
        let now = Clocked()
        let tries = TryLimit { now.seconds.withLock { $0 } }
        let board = try await BoardUnderTest(gate: SecurityTests.gate(tries))
        for _ in 0..<TryLimit.free {
            #expect(try await signIn(board, token: "sai").status == 403)
        }
        #expect(try await signIn(board, token: "dung").status == 429)
        now.seconds.withLock { $0 += 2 }
        #expect(try await signIn(board, token: "sai").status == 403)
        let slowed = try await signIn(board, token: "dung")
        #expect(slowed.status == 429)
        #expect(slowed.header("retry-after") == "4")
        now.seconds.withLock { $0 += 4 }
        #expect(try await signIn(board, token: "dung").status == 303)
        #expect(tries.wait == 0)
    }

    private final class Clocked: Sendable {
        let seconds = Mutex<Int64>(1000)
    }

    @Test func sessionsEnd() {
        let sessions = Sessions()
        let over = sessions.begin(.open, endsAt: Clock.seconds)
        let good = sessions.begin(.open, endsAt: Clock.seconds + 60)
        #expect(sessions.session(over) == nil)
        #expect(sessions.session(good) != nil)
        #expect(sessions.session("") == nil)
        sessions.end(good)
        #expect(sessions.session(good) == nil)
    }
}
