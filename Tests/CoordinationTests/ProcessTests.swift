import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

/// The coordinator's program as a child of the test.
final class CoordinatorProcess {
    let pid: pid_t
    let errors: String
    private var end: ProcessEnd?

    init(_ arguments: [String], errors: String) throws {
        self.errors = errors
        let program = TestFleet.binaries.appending(part: "caodiem-coordinator")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, program, &actions, nil, &words, environ) == 0)
        self.pid = pid
    }

    var log: String { SmallFile.read(errors) ?? "" }

    /// How it ended, or nil when it still runs after `seconds`.
    func waitForEnd(_ seconds: Int = 20) async throws -> ProcessEnd? {
        let limit = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < limit {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                let signal = status & 0x7F
                end = signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
                return end
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    deinit {
        guard end == nil else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}

@Suite(.serialized) struct ProcessTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        _ = scratch.folder("Plugins")
        _ = scratch.folder("Plugins/echo")
        manifest("schema_version: 1\nexecutable: caodiem-test-worker\n")
    }

    private func manifest(_ text: String) {
        scratch.file("Plugins/echo/plugin.yaml", text)
    }

    private var data: String { "\(scratch.path)/data" }

    private func start(_ more: [String] = [], errors: String = "errors") throws
        -> CoordinatorProcess
    {
        try CoordinatorProcess(
            ["--data", data, "--plugins", "\(scratch.path)/Plugins", "--law", scratch.path] + more,
            errors: "\(scratch.path)/\(errors)")
    }

    /// The pid of the worker, once the fleet is ready.
    private func ready() async throws -> (channel: Channel, worker: pid_t) {
        let limit = ContinuousClock.now + .seconds(15)
        while ContinuousClock.now < limit {
            try await Task.sleep(for: .milliseconds(20))
            do throws(Failure) {
                let channel = try await Channel.connect(
                    unixPath: "\(data)/run/caodiem.sock",
                    hello: HelloInfo(role: .client, software: "test"))
                let status = try await channel.unary(AdminV1.Admin.status, AdminV1.StatusRequest())
                if status.ready, let plugin = status.plugins.first { return (channel, plugin.pid) }
                channel.close()
            } catch { continue }
        }
        throw TestFleet.NeverReached(description: "the coordinator never became ready")
    }

    private func isGone(_ pid: pid_t, within seconds: Int) async throws -> Bool {
        let limit = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < limit {
            if ProcessIdentity.current(of: pid) == nil { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    @Test func sigtermStopsEverythingAndASecondCoordinatorIsTurnedAway() async throws {
        let first = try start()
        let (channel, worker) = try await ready()
        let second = try start(errors: "second")
        #expect(try await second.waitForEnd() == .code(1))
        #expect(second.log.contains("is in use by the coordinator with pid \(first.pid)"))
        kill(first.pid, SIGTERM)
        #expect(try await first.waitForEnd() == .code(0), "\(first.log)")
        #expect(try await isGone(worker, within: 1))
        #expect(FolderListing.names(in: "\(data)/run") == ["coordinator.pid"])
        channel.close()
    }

    @Test func aKilledCoordinatorLeavesNobodyBehind() async throws {
        let first = try start()
        let (_, worker) = try await ready()
        kill(first.pid, SIGKILL)
        #expect(try await first.waitForEnd() == .signal(9))
        #expect(try await isGone(worker, within: 6))
        let second = try start(errors: "second")
        let (channel, next) = try await ready()
        #expect(next != worker)
        kill(second.pid, SIGINT)
        #expect(try await second.waitForEnd() == .code(0), "\(second.log)")
        channel.close()
    }

    @Test func aStubbornLeftoverIsSweptAndASecondSignalHurries() async throws {
        _ = scratch.folder("Plugins/stubborn")
        scratch.file("Plugins/stubborn/plugin.yaml", "schema_version: 1\nexecutable: run.sh\n")
        scratch.file(
            "Plugins/stubborn/run.sh",
            "#!/bin/sh\ntrap '' TERM HUP\nwhile true; do sleep 1; done\n", mode: 0o755)
        let lock = "\(data)/run/stubborn.lock"
        let first = try start()
        let leftover = try await noted(in: lock, by: first)
        kill(first.pid, SIGKILL)
        _ = try await first.waitForEnd()
        #expect(ProcessIdentity.current(of: leftover) != nil)
        let second = try start(errors: "second")
        #expect(try await isGone(leftover, within: 10))
        let next = try await noted(in: lock, by: second)
        #expect(
            second.log.contains("ended a leftover worker of stubborn, pid \(leftover)"))
        kill(second.pid, SIGTERM)
        try await Task.sleep(for: .milliseconds(100))
        let asked = ContinuousClock.now
        kill(second.pid, SIGTERM)
        #expect(try await second.waitForEnd() == .code(0), "\(second.log)")
        #expect(ContinuousClock.now - asked < .seconds(4))
        #expect(try await isGone(next, within: 1))
    }

    /// The living worker that a lock file names.
    private func noted(in lock: String, by coordinator: CoordinatorProcess) async throws -> pid_t {
        let limit = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < limit {
            if let identity = SmallFile.read(lock).flatMap(ProcessIdentity.init(line:)),
                ProcessIdentity.current(of: identity.pid) == identity
            {
                return identity.pid
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw TestFleet.NeverReached(description: "no worker in \(lock): \(coordinator.log)")
    }

    @Test func anUnusableConfigurationEndsWith78() async throws {
        scratch.file("own.yaml", "schema_version: 1\nplugin: x\n")
        let own = try start(["--config", "\(scratch.path)/own.yaml"], errors: "own")
        #expect(try await own.waitForEnd() == .code(78))
        #expect(
            own.log == "\(scratch.path)/own.yaml:2: unknown key 'plugin' in the file; "
                + "did you mean 'plugins'?\n")
        let tcp = try start(["--listen", "tcp:127.0.0.1:7000"], errors: "tcp")
        #expect(try await tcp.waitForEnd() == .code(78))
        #expect(
            tcp.log.contains("--listen tcp:127.0.0.1:7000: needs 'tls: {certificate, key, ca}'"))
        manifest("schema_version: 1\nexecutable: caodiem-test-worker\nuser: nobody-of-this-name\n")
        let only = try start(errors: "only")
        #expect(try await only.waitForEnd() == .code(78))
        #expect(only.log.contains("echo/plugin.yaml:3: 'user' names 'nobody-of-this-name'"))
    }

    @Test func wrongUsageEndsWith2() async throws {
        let process = try CoordinatorProcess(["--dta", "x"], errors: "\(scratch.path)/errors")
        #expect(try await process.waitForEnd() == .code(2))
        #expect(process.log.contains("--data"))
    }
}
