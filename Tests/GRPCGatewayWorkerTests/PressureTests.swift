import GRPCCore
import Glibc
import Testing
import Transport
import Wire

@testable import GRPCGatewayWorker

@Suite(.timeLimit(.minutes(3))) struct PressureTests {
    private typealias Service = ConformanceV1.Conformance

    @Test func aClientThatDoesNotReadStopsTheHandler() async throws {
        try await GatewayUnderTest.run { under, client in
            let count = 2_000
            let size: UInt32 = 64 << 10
            var request = streaming([UInt32](repeating: size, count: count))
            // A decoder takes as many replies to make only in a message of some size.
            request.payload = .with { $0.body = [UInt8](repeating: 0, count: 100_000) }
            let whole = request
            let pause = Pause()
            let reading = Task {
                try await client.call(Service.streamingOutputCall, [whole]) { number in
                    if number == 1 { await pause.wait() }
                }
            }
            #expect(await eventually { under.witness.written > 1 })
            let stood = await standsStill { under.witness.written }
            // Windows of both protocols, socket buffers and batches: some MiB of 125.
            #expect(stood < count / 4, "\(stood) of \(count) replies were written unread")
            let other = try await client.call(Service.emptyCall, [ConformanceV1.Empty()])
            #expect(other.replies.count == 1)
            await pause.end()
            #expect(try await reading.value.replies.count == count)
        }
    }

    @Test func manyCallsAtOnceAllEnd() async throws {
        try await GatewayUnderTest.run { _, client in
            let total = try await withThrowingTaskGroup { group in
                for _ in 0..<400 {
                    group.addTask {
                        try await client.call(Service.unaryCall, [simple(3_000, 5_000)])
                            .replies.first?.payload?.body.count ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 400 * 5_000)
        }
    }

    @Test func connectionsOverTheLimitAreClosedAndPlacesComeBack() async throws {
        var limits = GatewayLimits()
        limits.connections = 2
        let under = try await GatewayUnderTest(limits: limits)
        let first = try RawClient(under.address)
        let second = try RawClient(under.address)
        #expect(await eventually { first.hasGreeting && second.hasGreeting })
        let third = try RawClient(under.address)
        #expect(await eventually { third.isEnded })
        first.close()
        let next = try await untilGreeted(under.address)
        #expect(next.hasGreeting)
        for client in [second, third, next] { client.close() }
        await under.gateway.leave()
    }

    private func untilGreeted(_ address: ListenAddress) async throws -> RawClient {
        for _ in 0..<400 {
            let client = try RawClient(address)
            if await eventually(within: 2, { client.hasGreeting || client.isEnded }),
                client.hasGreeting
            {
                return client
            }
            client.close()
        }
        throw Failure(.internal, "no place came back")
    }

    private func standsStill(_ value: () -> Int) async -> Int {
        var last = -1
        while last != value() {
            last = value()
            try? await Task.sleep(for: .milliseconds(300))
        }
        return last
    }
}

/// A door that opens once.
actor Pause {
    private var isOver = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        if isOver { return }
        await withCheckedContinuation { waiters.append($0) }
    }

    func end() {
        isOver = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}

/// A client that speaks the first words of HTTP/2 and nothing more.
final class RawClient: Sendable {
    private let fd: Int32

    init(_ address: ListenAddress) throws {
        guard case .tcp(_, let port) = address else {
            throw Failure(.internal, "\(address) is no port")
        }
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(port).bigEndian
        target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(.unavailable, "connect: \(errno)") }
        let hello = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
        send(hello)
    }

    deinit { Glibc.close(fd) }

    func send(_ bytes: [UInt8]) {
        _ = Glibc.send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
    func close() { shutdown(fd, Int32(SHUT_RDWR)) }

    /// Whether the server's SETTINGS are there.
    var hasGreeting: Bool { peek() > 0 }
    /// Whether the server has hung up.
    var isEnded: Bool { peek() == 0 || (peek() < 0 && errno == ECONNRESET) }

    private func peek() -> Int {
        var byte: UInt8 = 0
        return recv(fd, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    }
}
