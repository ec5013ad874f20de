import Glibc
import Logging
import Testing
import Transport
import Wire

@testable import Coordination

/// A coordinator in this process, with real workers and a real socket in a scratch folder.
final class TestFleet {
    let scratch: ScratchFolder
    let running: RunningCoordinator
    let socket: String
    let journal = RecordingJournal()

    /// Where the build puts executables.
    static let binaries = ("/proc/self/exe".realPath ?? "").parentFolder

    /// Periods short enough for a test.
    static var limits: SupervisionLimits {
        var limits = SupervisionLimits()
        limits.startTimeout = .seconds(2)
        limits.backoffBase = .milliseconds(20)
        limits.backoffCap = .milliseconds(200)
        limits.shutdownGrace = .milliseconds(300)
        limits.terminateGrace = .milliseconds(300)
        limits.drainTimeout = .milliseconds(300)
        limits.shutdownDrainTimeout = .milliseconds(300)
        limits.lostLinkGrace = .milliseconds(300)
        limits.killRepeat = .milliseconds(300)
        limits.restartInterval = .milliseconds(1)
        return limits
    }

    /// - Parameters:
    ///   - plugins: text of each manifest after `schema_version: 1`, by id.
    ///   - policy: text of the access policy after that; nil: only the owner may do anything.
    init(
        _ plugins: [String: String], scripts: [String: String] = [:], disabled: [String] = [],
        limits: SupervisionLimits = TestFleet.limits, policy: String? = nil,
        audit: (any AuditTrail)? = nil, tokens: (any TokenKeeping)? = nil,
        change: (inout ResolvedOptions) -> Void = { _ in }
    ) async throws {
        scratch = try ScratchFolder()
        let folder = scratch.folder("Plugins")
        for (id, manifest) in plugins {
            _ = scratch.folder("Plugins/\(id)")
            scratch.file("Plugins/\(id)/plugin.yaml", "schema_version: 1\n" + manifest)
        }
        for (name, text) in scripts {
            let whole = text.hasPrefix("#!") ? text : "#!/bin/sh\n" + text
            scratch.file("Plugins/\(name)", whole, mode: 0o755)
        }
        if let policy { scratch.file("Plugins/access.yaml", "schema_version: 1\n" + policy) }
        let data = try DataFolder("\(scratch.path)/data")
        var options = CoordinatorOptions(data: data.path)
        options.plugins = folder
        options.law = scratch.path
        var resolved = try ResolvedOptions(options, executable: "/proc/self/exe")
        resolved.disabled = disabled
        change(&resolved)
        var parts = RunningCoordinator.Parts(
            options: resolved, folder: data, journal: journal, storeSchema: 7,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, limits: limits)
        (parts.audit, parts.tokens) = (audit, tokens)
        running = try await RunningCoordinator(parts)
        socket = data.socket
    }

    func connect(window: Int = Limits().window) async throws -> Channel {
        var hello = HelloInfo(role: .client, software: "test")
        hello.limits.window = window
        return try await Channel.connect(unixPath: socket, hello: hello)
    }

    func summary(_ id: String) async throws -> AdminV1.PluginSummary {
        let found = await running.fleet.loop.run { [fleet = running.fleet] in fleet.summary(id) }
        return try #require(found)
    }

    /// Waits until a plugin is in a state; fails the test after ten seconds.
    func reach(_ state: PluginState, _ id: String) async throws {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            if try await summary(id).state == state.rawValue { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        let found = try await summary(id)
        throw NeverReached(description: "\(id) is \(found.state) (\(found.reason)), not \(state)")
    }

    struct NeverReached: Error, CustomStringConvertible { let description: String }

    /// Stops everything; the pids that lived before must be gone.
    func stop() async {
        let pids = await running.fleet.loop.run { [fleet = running.fleet] in
            fleet.members.values.flatMap { $0.processes.values.compactMap { $0.child?.processID } }
        }
        running.stop()
        #expect(await running.finished() == [])
        for pid in pids { #expect(kill(pid, 0) != 0, "process \(pid) is left") }
    }

    static func say(
        _ channel: Channel, _ method: String = "Say", _ value: String = "",
        service: String = "test.v1.Echo", timeout: Duration? = nil,
        metadata: [WireV1.MetadataEntry] = []
    ) async throws(Failure) -> PluginV1.Setting {
        var request = PluginV1.Setting()
        request.value = value
        return try await channel.unary(
            Method(path: "/\(service)/\(method)", kind: .unary, idempotency: .unknown), request,
            timeout: timeout, metadata: metadata)
    }
}

/// Keeps events in memory.
actor RecordingJournal: FleetJournal {
    private(set) var events: [PluginEvent] = []

    func append(_ event: PluginEvent) -> Int64 {
        events.append(event)
        events[events.count - 1].number = Int64(events.count)
        return Int64(events.count)
    }

    func events(of plugin: String?, latest: Int) -> [PluginEvent] {
        Array(events.filter { plugin == nil || $0.plugin == plugin }.suffix(latest))
    }
}
