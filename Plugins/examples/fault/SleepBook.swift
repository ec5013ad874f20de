import Synchronization
import Wire

/// What became of the Sleep calls, by tag.
final class SleepBook: Sendable {
    private struct Tally {
        var reply = ConformanceV1.ObserveReply()
        var cancelledAt: ContinuousClock.Instant?
    }

    private let tallies = Mutex<[String: Tally]>([:])

    /// Tags that are remembered; a run of the runner needs a few.
    private static let most = 4096

    func began(_ tag: String) {
        tallies.withLock { tallies in
            if tallies.count >= SleepBook.most { tallies.removeAll() }
            var tally = tallies[tag] ?? Tally()
            tally.reply.started += 1
            tally.reply.running += 1
            tally.reply.mostRunning = max(tally.reply.mostRunning, tally.reply.running)
            tallies[tag] = tally
        }
    }

    func ended(_ tag: String, cancelled: Bool) {
        tallies.withLock { tallies in
            guard var tally = tallies[tag] else { return }
            tally.reply.finished += 1
            tally.reply.running -= 1
            if cancelled {
                tally.reply.cancelled += 1
                tally.cancelledAt = ContinuousClock().now
            }
            tallies[tag] = tally
        }
    }

    func observe(_ tag: String) -> ConformanceV1.ObserveReply {
        tallies.withLock { tallies in
            let chosen = tag.isEmpty ? Array(tallies.values) : [tallies[tag] ?? Tally()]
            var sum = ConformanceV1.ObserveReply()
            for tally in chosen {
                sum.started += tally.reply.started
                sum.finished += tally.reply.finished
                sum.cancelled += tally.reply.cancelled
                sum.running += tally.reply.running
                sum.mostRunning = max(sum.mostRunning, tally.reply.mostRunning)
            }
            if let last = chosen.compactMap(\.cancelledAt).max() {
                sum.sinceCancelledNs = nanoseconds(ContinuousClock().now - last)
            }
            return sum
        }
    }
}

/// A span as the wire has it; 0 for none and for what has passed.
func nanoseconds(_ span: Duration?) -> UInt64 {
    guard let span, span > .zero else { return 0 }
    let parts = span.components
    return UInt64(parts.seconds) * 1_000_000_000 + UInt64(parts.attoseconds / 1_000_000_000)
}
