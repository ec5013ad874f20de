import GRDB
import Glibc
import Synchronization
import Transport
import Wire

/// Misbehaves on command; registered as a stream of replies, so that it can give none or two.
extension FaultWorker {
    func registerFaults(_ table: inout ServiceTable) {
        let misbehave = Method<ConformanceV1.MisbehaveRequest, ConformanceV1.MisbehaveReply>(
            path: ConformanceV1.Fault.misbehave.path, kind: .serverStreaming,
            idempotency: .unknown)
        table.registerStreaming(misbehave) { request, _, writer in
            let numbers = try await self.perform(request.act, request.amount)
            let reply = ConformanceV1.MisbehaveReply.with { $0.numbers = numbers }
            try await writer.write(reply)
            if request.act == .replyTwice { try await writer.write(reply) }
        }
    }

    /// Does it; gives what the reply says.
    private func perform(
        _ act: ConformanceV1.Act, _ amount: UInt64
    ) async throws -> [UInt32] {
        switch act {
        case .neverReply: await Never.reply()
        case .throw: throw NoStatus()
        case .exit: exit(Int32(truncatingIfNeeded: amount))
        case .signal: raise(Int32(truncatingIfNeeded: amount))
        case .floodLog: floodLog(lines: amount)
        case .grandchild: return [try Offspring.grandchild()]
        case .daemon: return [try Offspring.daemon()]
        case .blockPool: blockPool(milliseconds: amount)
        case .health: isServing = amount != 0
        case .leakMemory: leak(mebibytes: amount)
        case .ignoreShutdown: signal(SIGTERM, SIG_IGN)
        case .malformedFrame: RawProtocol.send([UInt8](repeating: 0xEE, count: 64))
        case .openStreams: openStreams(amount)
        case .holdWriteLock: try await holdWriteLock(milliseconds: amount)
        case .listDescriptors: return descriptors
        case .halfClose: RawProtocol.halfClose()
        default: break
        }
        return []
    }

    private func floodLog(lines: UInt64) {
        for number in 0..<lines { say("flood \(number) " + String(repeating: "y", count: 100)) }
    }

    /// More sleepers than the pool can have threads.
    private func blockPool(milliseconds: UInt64) {
        let span = UInt32(clamping: milliseconds)
        for _ in 0..<64 { Task { sleepBlocking(milliseconds: span) } }
    }

    private func leak(mebibytes: UInt64) {
        for _ in 0..<mebibytes { memset(malloc(1 << 20), 1, 1 << 20) }
    }

    private func openStreams(_ count: UInt64) {
        guard let coordinator else { return }
        for _ in 0..<count {
            Task {
                _ = try? await coordinator.unary(
                    ConformanceV1.Conformance.sleep,
                    ConformanceV1.SleepRequest.with { $0.milliseconds = 60_000 })
            }.cancel()
        }
    }

    private func holdWriteLock(milliseconds: UInt64) async throws {
        guard let store else {
            throw Failure(.failedPrecondition, "no store was configured")
        }
        let queue = try DatabaseQueue(path: store)
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            sleepBlocking(milliseconds: UInt32(clamping: milliseconds))
            try db.execute(sql: "ROLLBACK")
        }
    }
}

/// An error that is no status.
struct NoStatus: Error {}

func sleepBlocking(milliseconds: UInt32) { usleep(milliseconds * 1000) }

extension Never {
    private static let waiting = Mutex<[UnsafeContinuation<Void, Never>]>([])

    /// Comes never back, not even when its task is cancelled.
    fileprivate static func reply() async {
        await withUnsafeContinuation { continuation in
            waiting.withLock { $0.append(continuation) }
        }
    }
}

/// Bytes past the connection, straight to the protocol's descriptor.
enum RawProtocol {
    private static let descriptor: Int32 = 3

    static func send(_ bytes: [UInt8]) { _ = write(descriptor, bytes, bytes.count) }

    static func halfClose() { shutdown(descriptor, Int32(SHUT_WR)) }
}
