/// One task that waits for the loop's answer; lives on the loop.
///
/// Whoever keeps a waiter gives its answer only while it `isWaiting`: a task that was cancelled has
/// left with the answer for that case.
final class Waiter<Answer: Sendable>: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private var continuation: CheckedContinuation<Answer, Never>?
    private var early: Answer?

    /// Whether the task still waits.
    var isWaiting: Bool { continuation != nil }

    /// Ends the waiting; only the first answer counts.
    func give(_ answer: Answer) {
        if let continuation {
            self.continuation = nil
            continuation.resume(returning: answer)
        } else if early == nil {
            early = answer
        }
    }

    private func begin(
        _ continuation: CheckedContinuation<Answer, Never>, _ body: (Waiter) -> Void
    ) {
        if let early { return continuation.resume(returning: early) }
        self.continuation = continuation
        body(self)
    }

    /// Waits for the answer that `body`, run on the loop, or whoever it hands the waiter to gives.
    static func answer(
        on loop: Loop, ifCancelled cancelled: Answer, _ body: @escaping @Sendable (Waiter) -> Void
    ) async -> Answer {
        let waiter = Waiter()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.execute { waiter.begin(continuation, body) }
            }
        } onCancel: {
            loop.execute { waiter.give(cancelled) }
        }
    }
}
