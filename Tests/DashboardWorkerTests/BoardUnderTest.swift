import Glibc
import Synchronization
import Testing
import Transport
import Wire

@testable import DashboardWorker

/// What hostile files may bring into a name.
enum Hostile {
    static let name = #"<script>alert(1)</script>"&'\#u{202E}\#u{1}Sóc Trăng"#
    static let officer = #"" onmouseover="x"#
    static let number = "1/2021/QĐ\"><img src=x onerror=alert(1)>"
    static let debtor = "Nguyễn Văn Kín"
    static let address = "12 đường Giấu Tên"
}

/// The site before a fleet of the test's own, whose units, cases and reasons are as hostile as they can be.
final class BoardUnderTest: Sendable {
    let site: Site
    let coordinator: Channel
    let asked: Asked

    /// What the fleet was asked.
    final class Asked: Sendable {
        struct Call: Sendable {
            let path: String
            let session: String
        }
        let calls = Mutex<[Call]>([])
        let change = Mutex<UInt64>(7)

        func note(_ path: String, _ context: CallContext) {
            let session = context.text("caodiem-on-behalf-of") ?? ""
            calls.withLock { $0.append(Call(path: path, session: session)) }
        }

        func count(_ path: String) -> Int {
            calls.withLock { calls in calls.count { $0.path.hasSuffix(path) } }
        }
    }

    init(gate: SignInGate? = nil, publicURL: PublicURL? = nil) async throws {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        let (near, far) = (ends[0], ends[1])
        let asked = Asked()
        self.asked = asked
        async let serving = Channel.connect(
            fd: far, side: .dialler,
            hello: HelloInfo(role: .coordinator, software: "coordinator"),
            services: FleetOfTest.table(asked))
        let link = try await Channel.connect(
            fd: near, side: .acceptor, hello: HelloInfo(role: .worker, software: "dashboard"))
        coordinator = try await serving
        let changes = ChangeFeed(coordinator: link)
        let fleet = Fleet(
            coordinator: link, changes: changes,
            cache: AnswerCache(capacity: 10_000, patience: .milliseconds(50)))
        site = Site(fleet: fleet, security: Security(publicURL: publicURL), gate: gate)
        changes.begin()
        for _ in 0..<500 where changes.change == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }

    deinit {
        site.fleet.changes.end()
        coordinator.close()
    }

    func get(
        _ target: String, _ headers: [String: String] = [:]
    ) async throws -> (reply: WebReply, text: String) {
        let headers = ["host": "127.0.0.1:8710"].merging(headers) { _, own in own }
        let request = try #require(
            WebRequest(method: "GET", target: target, headers: headers))
        let reply = await site.reply(to: request)
        return (reply, BoardUnderTest.text(reply))
    }

    func post(
        _ target: String, _ form: String, _ headers: [String: String] = [:]
    ) async throws -> (reply: WebReply, text: String) {
        let own = [
            "host": "127.0.0.1:8710", "origin": "http://127.0.0.1:8710",
            "content-type": "application/x-www-form-urlencoded",
        ]
        let request = try #require(
            WebRequest(
                method: "POST", target: target, headers: own.merging(headers) { _, given in given },
                body: Array(form.utf8)))
        let reply = await site.reply(to: request)
        return (reply, BoardUnderTest.text(reply))
    }

    static func text(_ reply: WebReply) -> String {
        guard case .bytes(let bytes) = reply.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension WebReply {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The value that a cookie is set to.
    func cookie(_ name: String) -> String? {
        for header in headers where header.name == "set-cookie" {
            if header.value.hasPrefix(name + "=") {
                return String(header.value.dropFirst(name.count + 1).prefix { $0 != ";" })
            }
        }
        return nil
    }
}
