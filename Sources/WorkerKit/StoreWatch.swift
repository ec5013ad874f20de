internal import Store
public import Wire

extension WorkerCall {
    /// How long a watch leaves the store alone between two looks at its change number.
    private static let pause = Duration.milliseconds(500)

    /// Answers at once, and again each time the store's change number has moved, until the caller hangs up.
    ///
    /// - Parameter answer: gets whether it is the first time; gives the change number that its answer rests on.
    /// - Throws: what `answer` throws; CANCELLED when the caller hangs up.
    public func answeringEachChange(
        _ answer: (_ isFirst: Bool) async throws(Failure) -> UInt64
    ) async throws(Failure) {
        var answered: UInt64?
        while true {
            let last = UInt64(clamping: try await load { try $0.lastChange() })
            if answered != last { answered = try await answer(answered == nil) }
            do {
                try await Task.sleep(for: WorkerCall.pause)
            } catch {
                throw Failure(.cancelled, "the watch was cancelled")
            }
        }
    }
}
