import Glibc
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct TCPTests {
    private let hello = HelloInfo(role: .coordinator, software: "listener", limits: .remote)
    private let caller = HelloInfo(role: .client, software: "caller", limits: .remote)

    private func listen(_ host: String) async throws -> TCPListener {
        try await TCPListener.listen(
            on: TCPEndpoint(host: host, port: 0), security: .plaintext, hello: hello
        ) { (peer) throws(Failure) in ServingDelegate(.probe(), peer) }
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
    func callsGoOverLoopback(host: String) async throws {
        let listener = try await listen(host)
        let channel = try await Channel.connect(
            tcp: listener.endpoint, security: .plaintext, hello: caller)
        #expect(try await channel.unary(Probe.quick, Probe.note("near")).key == "near")
        var bytes = 0
        try await channel.serverStream(Probe.pour, Probe.note("40", bytes: 1 << 20)) {
            bytes += $0.value.count
        }
        #expect(bytes == 40 << 20)
        channel.close()
        await listener.close()
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "example.invalid"])
    func plaintextStaysOnThisMachine(host: String) async throws {
        let endpoint = TCPEndpoint(host: host, port: 0)
        let dialled = await failure {
            try await Channel.connect(tcp: endpoint, security: .plaintext, hello: caller)
        }
        #expect(dialled?.reason == "PLAINTEXT_REFUSED")
        let listened = await failure { try await listen(host) }
        #expect(listened?.reason == "PLAINTEXT_REFUSED")
    }

    @Test func whereNobodyListensIsSaid() async throws {
        let listener = try await listen("127.0.0.1")
        await listener.close()
        let lost = await failure {
            try await Channel.connect(
                tcp: listener.endpoint, security: .plaintext, hello: caller)
        }
        #expect(lost?.reason == "NOT_LISTENING")
        #expect(lost?.message.contains("\(listener.endpoint)") == true)
    }

    @Test func aPortInUseIsSaid() async throws {
        let listener = try await listen("127.0.0.1")
        let second = await failure {
            try await TCPListener.listen(
                on: listener.endpoint, security: .plaintext, hello: hello
            ) { (peer) throws(Failure) in ServingDelegate(.probe(), peer) }
        }
        #expect(second?.reason == "LISTEN_FAILED")
        await listener.close()
    }

    @Test func aCancelledDialEnds() async throws {
        let listener = try await listen("127.0.0.1")
        let dial = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure {
                try await Channel.connect(
                    tcp: listener.endpoint, security: .plaintext, hello: caller)
            }
        }
        #expect(await dial.value?.code == .cancelled)
        await listener.close()
    }

    @Test func aHalfClosedConnectionIsOver() async throws {
        let owner = EndWitness()
        let listener = try await TCPListener.listen(
            on: TCPEndpoint(host: "127.0.0.1", port: 0), security: .plaintext, hello: hello
        ) { (_) throws(Failure) in owner }
        let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(fd) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(listener.endpoint.port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(connected == 0)
        let preface: [UInt8] = [0x89, 0x43, 0x44, 0x50, 0x0d, 0x0a, 0x1a, 0x0a]
        #expect(write(fd, preface, 8) == 8)
        shutdown(fd, Int32(SHUT_WR))
        #expect(await owner.witness.sees("CONNECTION_LOST", within: .seconds(20)))
        await listener.close()
    }

    @Test(arguments: [
        ("127.0.0.1:7443", "127.0.0.1", 7443), ("[::1]:1", "::1", 1),
        ("máy.example:65535", "máy.example", 65_535), ("localhost:0", "localhost", 0),
    ])
    func endpointsAreRead(text: String, host: String, port: Int) {
        let endpoint = TCPEndpoint(text)
        #expect(endpoint == TCPEndpoint(host: host, port: port))
        #expect(endpoint?.description == text)
    }

    @Test(arguments: [
        "", ":", "host", "host:", ":80", "host:65536", "host:-1", "host:8o", "::1:80", "[::1]",
        "[host]:80", "host: 80", "host:+80",
    ])
    func othersAreNot(text: String) {
        #expect(TCPEndpoint(text) == nil)
    }
}

/// Hears how a link ends.
private final class EndWitness: LinkDelegate {
    let witness = Witness()

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? { nil }

    func linkClosed(_ link: Link, _ reason: Failure) { witness.note(reason.reason) }
}
