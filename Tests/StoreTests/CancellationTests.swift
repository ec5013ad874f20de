import Dispatch
import GRDB
import Testing

@testable import Store

/// A task that is cancelled takes its statement, and its wait for a lock, with it.
@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    private static let endless = """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT count(*) FROM n
        """

    /// From the cancellation to the end of the task. The statement never ends by itself and a lock is waited for
    /// three times as long; the machine may be busy.
    private static let bound = Duration.seconds(10)

    private func cancelled(
        after wait: Duration, _ work: @escaping @Sendable () async throws -> Void
    ) async -> (Duration, StoreFailure?) {
        let clock = ContinuousClock()
        let task = Task { try await work() }
        try? await Task.sleep(for: wait)
        let start = clock.now
        task.cancel()
        let result = await task.result
        let failure = #expect(throws: StoreFailure.self) { try result.get() }
        return (clock.now - start, failure)
    }

    @Test func aRunningReadIsInterrupted() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let (took, failure) = await cancelled(after: .milliseconds(200)) {
            try await store.read { _ = try Int.fetchOne($0.db, sql: Self.endless) }
        }
        #expect(took < Self.bound)
        #expect(failure?.reason == .interrupted)
        #expect(try await store.read { try $0.lastChange() } == 0)
    }

    @Test func aRunningWriteIsInterruptedAndUndone() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let (took, failure) = await cancelled(after: .milliseconds(200)) {
            try await store.write {
                try $0.db.execute(sql: "CREATE TABLE scratch (a)")
                _ = try Int.fetchOne($0.db, sql: Self.endless)
            }
        }
        #expect(took < Self.bound)
        #expect(failure?.reason == .interrupted)
        #expect(try await store.read { try $0.db.tableExists("scratch") } == false)
        _ = try await store.take([unitRow("A")])
    }

    /// The other process holds the write lock; the caller that waits for it goes away.
    @Test func aWaitForTheLockEnds() async throws {
        let fixture = try StoreFixture()
        let (store, other) = (try fixture.open(), try fixture.open())
        let (held, release) = (AsyncStream.makeStream(of: Bool.self), DispatchSemaphore(value: 0))
        let holder = Task {
            try await other.write { _ in
                held.continuation.yield(true)
                release.wait()
            }
        }
        for await _ in held.stream { break }
        let (took, failure) = await cancelled(after: .milliseconds(200)) {
            _ = try await store.take([unitRow("A")])
        }
        #expect(took < Self.bound)
        #expect(failure?.reason == .interrupted)
        release.signal()
        try await holder.value
        _ = try await store.take([unitRow("A")])
    }
}
