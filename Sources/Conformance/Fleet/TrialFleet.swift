internal import CLinux
import Glibc
import Wire

/// One plugin of a fleet on trial.
struct TrialPlugin {
    var id: String
    /// nil: the fault plugin.
    var executable: String?
    var arguments: [String] = []
    /// Further lines of its manifest.
    var lines: [String] = []
    /// The whole manifest, in place of all that.
    var manifest: String?
}

/// A coordinator that a case starts, on a folder of its own, with plugins and limits as the case
/// wants them. Whatever process is left when the case ends has outlived its coordinator.
final class TrialFleet {
    let folder: String
    private let coordinator: String
    private let faultPlugin: String
    private(set) var processID: Int32 = 0
    private var hasEnded = true
    private let caseEnd: ContinuousClock.Instant

    private static let clock = ContinuousClock()

    /// The data folder; a case may choose another before it starts the fleet.
    lazy var data = folder + "/data"
    var socket: String { data + "/run/caodiem.sock" }
    var logFile: String { folder + "/log" }

    init(_ bench: Bench, _ programs: Programs) throws(Verdict) {
        var name = Array("/tmp/caodiem-trial-XXXXXX".utf8CString)
        let made = name.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let made else { throw .failed("no folder for the trial: errno \(errno)") }
        folder = made
        coordinator = programs.coordinator
        faultPlugin = programs.faultPlugin
        caseEnd = bench.end
        ProcessTable.adoptOrphans()
        for part in ["plugins", "law"] { mkdir(folder + "/" + part, 0o755) }
    }

    deinit {
        if !hasEnded { kill(processID, SIGKILL) }
        var status: Int32 = 0
        if !hasEnded { waitpid(processID, &status, 0) }
        for pid in ProcessTable.descendants() { kill(pid, SIGKILL) }
        ProcessTable.reap()
        removeTree(folder)
    }

    // MARK: Life

    func write(_ plugin: TrialPlugin) throws(Verdict) {
        let place = "\(folder)/plugins/\(plugin.id)"
        mkdir(place, 0o755)
        let arguments = plugin.arguments.map { "'\($0)'" }.joined(separator: ", ")
        let text =
            plugin.manifest
            ?? ([
                "schema_version: 1", "executable: \(plugin.executable ?? faultPlugin)",
                "arguments: [\(arguments)]",
            ] + plugin.lines).joined(separator: "\n") + "\n"
        try writeFile(place + "/plugin.yaml", text)
    }

    /// Starts the coordinator; `limits` as in its configuration file, periods in milliseconds.
    ///
    /// - Parameter openFiles: its limit of descriptors, where that is on trial.
    func start(
        limits: [String: Int] = [:], lines: [String] = [], openFiles: Int? = nil,
        listens: Bool = true
    ) throws(Verdict) {
        let chosen = limits.map { "\($0.key): \($0.value)" }.sorted().joined(separator: ", ")
        let config = ["schema_version: 1", "limits: {\(chosen)}"] + lines
        let file = folder + "/coordinator.yaml"
        try writeFile(file, config.joined(separator: "\n") + "\n")
        let command = [
            coordinator, "--data", data, "--plugins", folder + "/plugins", "--law",
            folder + "/law", "--config", file,
        ]
        let quoted = command.map { "'\($0)'" }.joined(separator: " ")
        let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
        processID = try ProcessTable.start("\(limit)exec \(quoted) >>'\(logFile)' 2>&1")
        hasEnded = false
        if listens { try waitFor("the coordinator to listen") { (try? connect()) != nil } }
    }

    /// SIGTERM; gives the exit code.
    func stop(within limit: Duration = .seconds(30)) throws(Verdict) -> Int32 {
        kill(processID, SIGTERM)
        return try ended(within: limit)
    }

    /// Waits for the coordinator's end; its exit code, or 128 + signal.
    func ended(within limit: Duration) throws(Verdict) -> Int32 {
        let end = TrialFleet.clock.now + limit
        var status: Int32 = 0
        while TrialFleet.clock.now < end {
            if waitpid(processID, &status, WNOHANG) == processID {
                hasEnded = true
                return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
            }
            pause(.milliseconds(5))
        }
        throw .failed("the coordinator did not end within \(limit.shown)\(logTail)")
    }

    func killCoordinator() throws(Verdict) {
        kill(processID, SIGKILL)
        _ = try ended(within: .seconds(10))
    }

    /// Waits until no process of this trial is left.
    func expectNobody(within limit: Duration) throws(Verdict) {
        let end = TrialFleet.clock.now + limit
        while TrialFleet.clock.now < end {
            ProcessTable.reap()
            if ProcessTable.descendants().isEmpty { return }
            pause(.milliseconds(10))
        }
        let left = ProcessTable.descendants().map { "\($0) \(ProcessTable.command(of: $0))" }
        throw .failed("\(limit.shown) later there are still \(left)")
    }

    // MARK: Questions

    private func connect() throws(Verdict) -> Session {
        let peer = try PeerAddress.unix(socket).connect(log: "/dev/null", until: caseEnd)
        var hello = WireV1.Hello()
        hello.protocolMin = 1 << 16
        hello.protocolMax = 1 << 16
        hello.role = .client
        hello.software = "caodiem-conformance/1"
        return try Session(peer, hello)
    }

    func session() throws(Verdict) -> Session { try connect() }

    func ask<Request: WireMessage, Reply: WireMessage>(
        _ method: Method<Request, Reply>, _ request: Request, within limit: Duration = .seconds(30)
    ) throws(Verdict) -> Reply {
        let session = try connect()
        let call = try session.start(method.path, request)
        try expect(.ok, try session.finished(call, within: limit), method.path)
        return try decoded(call.messages.first ?? [])
    }

    func show(_ id: String) throws(Verdict) -> AdminV1.ShowPluginReply {
        try ask(AdminV1.Admin.showPlugin, .with { $0.id = id })
    }

    func state(_ id: String) throws(Verdict) -> String { try show(id).summary?.state ?? "" }

    /// Waits until the plugin is in one of the states; gives what is then known of it.
    @discardableResult
    func wait(
        _ id: String, _ states: Set<String>, within limit: Duration = .seconds(15)
    ) throws(Verdict) -> AdminV1.ShowPluginReply {
        let session = try connect()
        let end = TrialFleet.clock.now + limit
        var last = ""
        while TrialFleet.clock.now < end {
            let call = try session.start(
                AdminV1.Admin.showPlugin.path, AdminV1.ShowPluginRequest.with { $0.id = id })
            try expect(.ok, try session.finished(call), "ShowPlugin")
            let reply = try decoded(
                call.messages.first ?? [], as: AdminV1.ShowPluginReply.self)
            session.forget(call)
            last = reply.summary?.state ?? ""
            if states.contains(last) { return reply }
            pause(.milliseconds(5))
        }
        throw .failed(
            "plugin \(id) is \(last) and not \(states.sorted().joined(separator: " or ")) after "
                + "\(limit.shown)\(logTail)")
    }

    /// What the coordinator has written so far.
    var log: String { readFile(logFile) }

    private var logTail: String {
        "; its log ends: " + log.split(separator: "\n").suffix(3).joined(separator: " | ")
    }

    func waitFor(
        _ what: String, within limit: Duration = .seconds(15),
        _ holds: () throws(Verdict) -> Bool
    ) throws(Verdict) {
        let end = TrialFleet.clock.now + limit
        while TrialFleet.clock.now < end {
            if try holds() { return }
            pause(.milliseconds(10))
        }
        throw .failed("waited \(limit.shown) for \(what)\(logTail)")
    }
}

/// The programs that fleets on trial are made of.
struct Programs {
    var coordinator: String
    var faultPlugin: String
    /// Writes to a store, for the cases that kill it.
    var writer: String
}
