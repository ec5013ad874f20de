internal import Glibc
internal import Synchronization
public import Transport
public import Wire
public import WorkerKit

/// The board as a plugin: serves pages when it is told where, and calls the fleet like any other client.
public final class DashboardBody: WorkerBody {
    private struct Running {
        let server: WebServer
        let changes: ChangeFeed
    }

    private let running = Mutex<Running?>(nil)

    public init() {}

    /// Where what a reader opens is written, from the data folder.
    static let addressFile = "run/board.url"
    /// Cells and rows of answers that are kept.
    private static let capacity = 1_500_000
    /// How long a reader waits for new figures where older ones are at hand.
    private static let patience = Duration.milliseconds(120)

    public let settings = [
        WorkerSetting.listen(
            "127.0.0.1:PORT, [::1]:PORT or unix:PATH; without it no page is served"),
        WorkerSetting(
            "public_url", type: "text",
            summary: "https://HOST as readers write it, where a proxy stands before the board"
        ) { values in
            guard let text = values["public_url"], PublicURL(text) == nil else { return [] }
            return ["setting 'public_url': '\(text)' is no address; write https://HOST"]
        },
        WorkerSetting(
            "sign_in", type: "text",
            summary:
                "token (the default): readers show an access token; none: whoever reaches it reads all"
        ) { values in
            guard let text = values["sign_in"], !["token", "none"].contains(text) else { return [] }
            return ["setting 'sign_in': '\(text)' is neither 'token' nor 'none'"]
        },
    ]

    public func configure(
        _ values: [String: String], coordinator: Transport.Channel
    ) async throws(Failure) -> [String: String] {
        guard let listen = values["listen"] else {
            say("serves no page: the manifest names no address under config: listen")
            return [:]
        }
        let address = try ListenAddress(listen, folder: ".")
        if let running = running.withLock({ $0 }) {
            guard running.server.asked == address else {
                throw Failure(
                    .failedPrecondition, "the board listens on \(running.server.asked) already",
                    field: "listen", hint: "restart the plugin to change its address")
            }
            return [:]
        }
        let changes = ChangeFeed(coordinator: coordinator)
        let fleet = Fleet(
            coordinator: coordinator, changes: changes,
            cache: AnswerCache(
                capacity: DashboardBody.capacity, patience: DashboardBody.patience))
        let security = Security(publicURL: values["public_url"].flatMap { PublicURL($0) })
        let gate = values["sign_in"] == "none" ? nil : SignInGate(coordinator: coordinator)
        let site = Site(fleet: fleet, security: security, gate: gate)
        let server = WebServer(listen: address, site: site)
        let url = try await server.start()
        changes.begin()
        running.withLock { $0 = Running(server: server, changes: changes) }
        DashboardBody.note(url)
        say("serves the board on \(url)")
        live { () async throws(Failure) in try await server.ended() }
        return [:]
    }

    public func leave() async {
        let left = running.withLock { $0 }
        left?.changes.end()
        await left?.server.leave()
        if left != nil { unlink(DashboardBody.addressFile) }
    }

    /// Who may read the data folder finds the board's address there.
    private static func note(_ url: String) {
        let file = open(addressFile, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let line = Array((url + "\n").utf8)
        _ = write(file, line, line.count)
        close(file)
    }
}
