import Foundation
import Logging
import Synchronization
import TestCertificates
import Testing
import Transport
import TransportTLS
import Wire

@testable import Coordination

/// Workers in processes of their own that the coordinator does not start, over TCP with certificates.
@Suite(.timeLimit(.minutes(3))) struct RemoteWorkerTests {
    private let authority: Authority
    private let echo: TLSFiles
    private let coordinator: TLSFiles

    init() throws {
        authority = try Authority()
        echo = try authority.issue(["URI:caodiem:plugin:echo", "IP:127.0.0.1"])
        coordinator = try authority.issue(
            ["URI:caodiem:principal:coordinator", "DNS:localhost", "IP:127.0.0.1"])
    }

    @Test func aDialledWorkerServesDrainsAndComesBack() async throws {
        var worker = try RemoteProcess(["--listen", "tcp:127.0.0.1:0"] + options(echo))
        let port = try await worker.port()
        let fleet = try await start(
            "remote:\n  address: tcp:127.0.0.1:\(port)\n", listen: [], tls: coordinator)
        try await fleet.reach(.ready, "echo")
        let channel = try await fleet.connect()
        #expect(try await TestFleet.say(channel, "Say", "xa").value == "xa")
        // Killed under a call: the call ends, and the worker is dialled until it is there again.
        async let open = failed { try await TestFleet.say(channel, "Sleep", "1") }
        #expect(await worker.says("sleeps"))
        worker.signal(SIGKILL)
        #expect(await open?.code == .unavailable)
        try await fleet.reach(.backoff, "echo")
        worker = try RemoteProcess(["--listen", "tcp:127.0.0.1:\(port)"] + options(echo))
        try await fleet.reach(.ready, "echo")
        #expect(try await TestFleet.say(channel, "Say", "lại").value == "lại")
        // Restarted: let go by Shutdown and GOAWAY, dialled again; the process stays.
        await fleet.running.fleet.loop.run { [fleet = fleet.running.fleet] in
            fleet.feed("echo", .order(.restart, by: "test", why: ""))
        }
        #expect(await worker.says("asked to shut down"))
        try await fleet.reach(.ready, "echo")
        #expect(try await TestFleet.say(channel, "Say", "nữa").value == "nữa")
        channel.close()
        await fleet.stop()
        // It ends when it is told to on its own machine.
        worker.signal(SIGTERM)
        #expect(await worker.end() == 0)
    }

    @Test func aWorkerThatDialsInServesAndReturns() async throws {
        let fleet = try await start(
            "remote:\n  address: incoming\n", listen: ["tcp:127.0.0.1:0"], tls: coordinator)
        try await fleet.reach(.backoff, "echo")
        let port = try #require(fleet.running.tcpPorts.first)
        var worker = try RemoteProcess(["--connect", "tcp:localhost:\(port)"] + options(echo))
        try await fleet.reach(.ready, "echo")
        let client = try authority.issue(["URI:caodiem:principal:an"])
        let channel = try await Channel.connect(
            tcp: TCPEndpoint(host: "127.0.0.1", port: port),
            security: .tls(try TLSCredentials(client)),
            hello: HelloInfo(role: .client, software: "test", limits: .remote))
        let stamped = try await TestFleet.say(channel, "Say", "xa")
        #expect(stamped.key.contains("caodiem-principal=cert:an\n"), "\(stamped.key)")
        worker.signal(SIGKILL)
        try await fleet.reach(.backoff, "echo")
        worker = try RemoteProcess(["--connect", "tcp:localhost:\(port)"] + options(echo))
        try await fleet.reach(.ready, "echo")
        #expect(try await TestFleet.say(channel, "Say", "lại").value == "lại")
        // SIGTERM on its machine drains it: nothing is lost, and it is gone.
        worker.signal(SIGTERM)
        #expect(await worker.end() == 0)
        try await fleet.reach(.backoff, "echo")
        channel.close()
        await fleet.stop()
    }

    @Test func theWrongCertificateIsNoWorker() async throws {
        let stranger = try authority.issue(["URI:caodiem:plugin:other", "IP:127.0.0.1"])
        let worker = try RemoteProcess(["--listen", "tcp:127.0.0.1:0"] + options(stranger))
        let port = try await worker.port()
        let fleet = try await start(
            "remote:\n  address: tcp:127.0.0.1:\(port)\n", listen: ["tcp:127.0.0.1:0"],
            tls: coordinator)
        try await fleet.reach(.backoff, "echo")
        #expect(try await fleet.summary("echo").reason.contains("says plugin:other"))
        // Nor does it get in where no manifest expects it.
        let home = try #require(fleet.running.tcpPorts.first)
        let caller = try RemoteProcess(["--connect", "tcp:localhost:\(home)"] + options(stranger))
        #expect(await caller.says("no manifest of this coordinator has a plugin other"))
        await fleet.stop()
        worker.signal(SIGKILL)
        caller.signal(SIGKILL)
    }

    @Test func aWorkerServesItsCoordinatorOnly() async throws {
        let worker = try RemoteProcess(["--listen", "tcp:127.0.0.1:0"] + options(echo))
        let port = try await worker.port()
        let other = try authority.issue(["URI:caodiem:principal:an"])
        let fleet = try await start(
            "remote:\n  address: tcp:127.0.0.1:\(port)\n", listen: [], tls: other)
        #expect(await worker.says("serves the certificate of coordinator, not of an"))
        try await fleet.reach(.backoff, "echo")
        await fleet.stop()
        worker.signal(SIGKILL)
    }

    @Test func onlyNamesThatAreAllowedCall() async throws {
        let fleet = try await start(
            "remote:\n  address: incoming\n", listen: ["tcp:127.0.0.1:0"], tls: coordinator,
            allow: ["an"])
        let port = try #require(fleet.running.tcpPorts.first)
        func dial(_ name: String) async -> Failure? {
            await failed {
                let files = try authority.issue([name])
                let channel = try await Channel.connect(
                    tcp: TCPEndpoint(host: "127.0.0.1", port: port),
                    security: .tls(try TLSCredentials(files)),
                    hello: HelloInfo(role: .client, software: "test", limits: .remote))
                _ = try await channel.unary(AdminV1.Admin.status, AdminV1.StatusRequest())
                channel.close()
            }
        }
        #expect(await dial("URI:caodiem:principal:an") == nil)
        #expect(await dial("URI:caodiem:principal:binh")?.message.contains("binh is not") == true)
        #expect(await dial("DNS:an")?.message.contains("alternative name") == true)
        #expect(await dial("URI:caodiem:plugin:echo")?.code == .permissionDenied)
        await fleet.stop()
    }

    // MARK: Parts

    private func options(_ files: TLSFiles) -> [String] {
        ["--tls-cert", files.certificate, "--tls-key", files.key, "--tls-ca", files.authority]
    }

    private func start(
        _ manifest: String, listen: [String], tls: TLSFiles, allow: Set<String>? = nil
    ) async throws -> TestFleet {
        var limits = TestFleet.limits
        limits.remoteStartTimeout = .seconds(10)
        limits.remoteBackoffBase = .milliseconds(100)
        limits.remoteBackoffCap = .milliseconds(400)
        limits.shutdownGrace = .seconds(2)
        return try await TestFleet(
            ["echo": manifest], limits: limits,
            policy: """
                methods: {test.v1.Echo: {Say: [division]}, caodiem.admin.v1.Admin: {Status: [division]}}
                grants: [{principal: "cert:an", role: division}]
                """
        ) {
            $0.tls = TLSSettings(files: tls, allow: allow)
            $0.tcp = listen.compactMap { TCPEndpoint(String($0.dropFirst(4))) }
        }
    }
}

private func failed<Value>(_ body: () async throws -> Value) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}

/// A test worker that this test starts by hand.
private final class RemoteProcess: Sendable {
    private let process: Process
    private let lines = Mutex("")

    init(_ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(
            fileURLWithPath: TestFleet.binaries + "/caodiem-test-worker")
        process.arguments = ["--service", "test.v1.Echo"] + arguments
        let errors = Pipe()
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        errors.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let text = String(decoding: handle.availableData, as: UTF8.self)
            guard !text.isEmpty else { return handle.readabilityHandler = nil }
            self?.lines.withLock { $0 += text }
        }
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func says(_ text: String) async -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if lines.withLock({ $0.contains(text) }) { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// The port that it says it listens on.
    func port() async throws -> Int {
        _ = await says("listens on tcp:")
        let text = lines.withLock { $0 }
        let line = text.split(separator: "\n").first { $0.contains("listens on tcp:") }
        return try #require(Int(line?.split(separator: ":").last ?? ""), "\(text)")
    }

    func end() async -> Int32 {
        let end = ContinuousClock.now + .seconds(20)
        while process.isRunning, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(10))
        }
        return process.isRunning ? -1 : process.terminationStatus
    }
}
