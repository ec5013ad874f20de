import Testing
import Wire

@testable import Coordination

/// Which calls wait for a plugin, for how long, and in which order they get their turn.
struct CallQueueTests {
    private func moment(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    private func offer(
        _ queue: inout CallQueue, _ ticket: UInt64, _ caller: String = "a",
        deadline: Int64? = nil, slots: Int = 1, at now: Int64 = 0
    ) -> CallQueue.Verdict {
        queue.offer(
            ticket, from: caller, deadline: deadline.map(moment), within: .seconds(5),
            slots: slots, at: moment(now))
    }

    @Test func callersTakeTurns() {
        var queue = CallQueue(limit: 10)
        for (ticket, caller) in [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "c"), (6, "b")] {
            #expect(offer(&queue, UInt64(ticket), caller) == .waits(evicted: nil))
        }
        var order: [UInt64] = []
        while let next = queue.next() { order.append(next) }
        #expect(order == [1, 4, 5, 2, 6, 3])
        #expect(queue.isEmpty)
    }

    struct Judged: Sendable, CustomTestStringConvertible {
        var name: String
        var waiting: Int
        var slots: Int
        var deadline: Int64?
        var verdict: CallQueue.Verdict
        var testDescription: String { name }
    }

    /// Each call takes 100 ms.
    @Test(arguments: [
        Judged(
            name: "no deadline waits", waiting: 5, slots: 1, deadline: nil,
            verdict: .waits(evicted: nil)),
        Judged(
            name: "in time", waiting: 1, slots: 1, deadline: 201, verdict: .waits(evicted: nil)),
        Judged(
            name: "two before it", waiting: 2, slots: 1, deadline: 300,
            verdict: .refused(.tooLate(expectedWait: .milliseconds(300)))),
        Judged(
            name: "two before it, three slots", waiting: 2, slots: 3, deadline: 101,
            verdict: .waits(evicted: nil)),
        Judged(
            name: "already over", waiting: 0, slots: 1, deadline: 0,
            verdict: .refused(.tooLate(expectedWait: .milliseconds(100)))),
        Judged(
            name: "the plugin is coming back: nobody knows", waiting: 2, slots: 0, deadline: 50,
            verdict: .waits(evicted: nil)),
    ])
    func whetherWaitingHelps(_ judged: Judged) {
        var queue = CallQueue(limit: 10)
        queue.worked(.milliseconds(100))
        for ticket in 0..<judged.waiting { _ = offer(&queue, UInt64(ticket)) }
        #expect(
            offer(&queue, 99, deadline: judged.deadline, slots: judged.slots) == judged.verdict)
    }

    @Test func aCallThatWillBeLateMakesRoom() {
        var queue = CallQueue(limit: 2)
        #expect(offer(&queue, 1) == .waits(evicted: nil))
        #expect(offer(&queue, 2, deadline: 150) == .waits(evicted: nil))
        queue.worked(.milliseconds(100))
        // The second begins after 200 ms now, and has until 150.
        #expect(offer(&queue, 3) == .waits(evicted: 2))
        #expect(queue.evicted == 1)
        #expect(queue.next() == 1)
        #expect(queue.next() == 3)
    }

    @Test func whoHasMostMakesRoomForWhoHasLess() {
        var queue = CallQueue(limit: 3)
        for ticket: UInt64 in 1...3 { _ = offer(&queue, ticket, "many") }
        #expect(offer(&queue, 4, "one") == .waits(evicted: 3))
        #expect(offer(&queue, 5, "many") == .refused(.full(expectedWait: .zero)))
        // Two and one: another of "one" would only turn it round.
        #expect(offer(&queue, 6, "one") == .refused(.full(expectedWait: .zero)))
        #expect(queue.count == 3)
        #expect(queue.refused == 2)
    }

    @Test func nobodyWaitsForEver() {
        var queue = CallQueue(limit: 3)
        _ = offer(&queue, 1, at: 0)
        _ = offer(&queue, 2, "b", at: 10)
        #expect(queue.due == moment(5000))
        #expect(queue.expire(at: moment(4999)).isEmpty)
        #expect(queue.expire(at: moment(5000)) == [1])
        #expect(queue.due == moment(5010))
        queue.remove(2)
        #expect(queue.isEmpty)
        #expect(queue.due == nil)
        #expect(queue.next() == nil)
    }

    /// Any course of things: bounds hold, no call is lost or answered twice, and every caller that
    /// waits gets its turn before another gets two.
    @Test(arguments: 1...40) func aSeededCourseKeepsTheRules(seed: UInt64) {
        var dice = Dice(state: seed)
        var queue = CallQueue(limit: 8)
        var waiting: [UInt64: String] = [:]
        var now: Int64 = 0
        for ticket in 1...600 as ClosedRange<UInt64> {
            now += Int64(dice.roll(40))
            switch dice.roll(10) {
            case 0..<5:
                let caller = ["a", "b", "c", "d"][Int(dice.roll(4))]
                let deadline = dice.roll(3) == 0 ? now + Int64(dice.roll(900)) : nil
                let slots = Int(dice.roll(4))
                switch offer(
                    &queue, ticket, caller, deadline: deadline, slots: slots, at: now)
                {
                case .waits(let evicted):
                    if let evicted {
                        let former = waiting.removeValue(forKey: evicted)
                        #expect(former != nil)
                    }
                    waiting[ticket] = caller
                case .refused: break
                }
            case 5..<8:
                let callers = Set(waiting.values)
                var served: [String] = []
                for _ in callers.indices where dice.roll(4) > 0 {
                    guard let next = queue.next() else { break }
                    let caller = waiting.removeValue(forKey: next)
                    #expect(caller != nil)
                    served.append(caller ?? "")
                }
                #expect(Set(served).count == served.count, "one had two turns: \(served)")
            case 8:
                if let gone = waiting.keys.min() {
                    queue.remove(gone)
                    waiting[gone] = nil
                }
            default:
                queue.worked(.milliseconds(Int64(dice.roll(200))))
                for late in queue.expire(at: moment(now)) {
                    let former = waiting.removeValue(forKey: late)
                    #expect(former != nil)
                }
            }
            #expect(queue.count == waiting.count)
            #expect(queue.count <= 8)
        }
        #expect(Set(queue.removeAll()) == Set(waiting.keys))
    }

    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
    }
}
