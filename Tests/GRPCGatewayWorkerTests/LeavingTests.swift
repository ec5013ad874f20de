import Foundation
import GRPCCore
import Testing
import Transport
import Wire
import WorkerKit

@testable import GRPCGatewayWorker

@Suite(.timeLimit(.minutes(3))) struct LeavingTests {
    private typealias Service = ConformanceV1.Conformance

    @Test func runningCallsEndWellWhenTheGatewayLeaves() async throws {
        try await GatewayUnderTest.run { under, client in
            let running = Task { try await client.call(Service.sleep, [sleep(700)]) }
            #expect(await under.witness.sees("started"))
            await under.gateway.leave()
            #expect(try await running.value.replies.count == 1)
            #expect(under.witness.events == ["started", "finished"])
            try await under.gateway.ended()
        }
    }

    @Test func callsThatDoNotEndAreCancelledAfterTheLimit() async throws {
        var limits = GatewayLimits()
        limits.drain = .milliseconds(300)
        try await GatewayUnderTest.run(limits: limits) { under, client in
            let running = Task { try await client.call(Service.sleep, [sleep(120_000)]) }
            #expect(await under.witness.sees("started"))
            await under.gateway.leave()
            await #expect(throws: RPCError.self) { _ = try await running.value }
            #expect(await under.witness.sees("cancelled"))
        }
    }

    @Test func aLostCoordinatorIsUnavailable() async throws {
        try await GatewayUnderTest.run { under, client in
            let running = Task { try await client.call(Service.sleep, [sleep(120_000)]) }
            #expect(await under.witness.sees("started"))
            under.coordinator.close()
            for call in [running, Task { try await client.call(Service.sleep, [sleep(1)]) }] {
                let error = await #expect(throws: RPCError.self) { _ = try await call.value }
                #expect(error?.code == .unavailable)
            }
        }
    }

    @Test func aTakenPortIsNamed() async throws {
        try await GatewayUnderTest.run { under, _ in
            let second = try Gateway(listen: under.address, coordinator: under.coordinator)
            let error = await #expect(throws: Failure.self) { _ = try await second.start() }
            #expect(error?.code == .failedPrecondition)
            #expect(error?.field == "listen")
        }
    }

    @Test func aSuccessorTakesTheSocketAndKeepsIt() async throws {
        let folder = NSTemporaryDirectory() + "gateway-\(UUID().uuidString.prefix(8))"
        let deep = folder + "/" + String(repeating: "long-name/", count: 14)
        try FileManager.default.createDirectory(
            atPath: deep, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = deep + "grpc.sock"
        let old = try await GatewayUnderTest(listen: .unix(path: path))
        let new = try await GatewayUnderTest(listen: .unix(path: path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: deep) == ["grpc.sock"])
        await old.gateway.leave()
        #expect(FileManager.default.fileExists(atPath: path))
        await new.gateway.leave()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFileThatIsNoSocketIsLeftAlone() async throws {
        let folder = NSTemporaryDirectory() + "gateway-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/notes"))
        await #expect(throws: Failure.self) {
            _ = try await GatewayUnderTest(listen: .unix(path: folder + "/notes"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes"])
    }
}
