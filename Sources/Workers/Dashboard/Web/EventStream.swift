/// The board's server-sent events: `change` with the store's change number and the day in Vietnam.
enum EventStream {
    /// Between two signs of life, by which a lost browser is noticed and a proxy keeps the line.
    private static let silence = Duration.seconds(15)

    static func bytes(_ changes: AsyncStream<UInt64>) -> AsyncStream<[UInt8]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [UInt8].self, bufferingPolicy: .bufferingNewest(4))
        let telling = Task {
            for await change in changes {
                continuation.yield(event(change))
            }
            continuation.finish()
        }
        let living = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: silence)
                continuation.yield(Array(": \n\n".utf8))
            }
        }
        continuation.onTermination = { _ in
            telling.cancel()
            living.cancel()
        }
        return stream
    }

    static func event(_ change: UInt64) -> [UInt8] {
        let data = #"{"change":\#(change),"day":"\#(Clock.today)"}"#
        return Array("retry: 2000\nevent: change\ndata: \(data)\n\n".utf8)
    }
}
