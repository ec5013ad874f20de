import Testing

@testable import Coordination

/// A lease has one holder at a time, by the monotonic clock.
struct LeaseTests {
    private func moment(_ milliseconds: Int) -> Moment {
        Moment(sinceStart: .milliseconds(milliseconds))
    }

    @Test func aLeaseIsFreeWhenItsHolderEndsOrFallsSilent() {
        var leases = LeaseTable()
        func take(_ holder: String, _ at: Int) -> LeaseTable.Answer {
            leases.take("x", by: holder, for: .milliseconds(100), at: moment(at))
        }
        func note(_ fence: Int64, _ holder: String) -> Bool {
            leases.note(fence, of: "x", by: holder)
        }
        func renew(_ holder: String, _ fence: Int64, _ at: Int) -> Bool {
            leases.renew("x", by: holder, fence: fence, for: .milliseconds(100), at: moment(at))
        }
        #expect(take("a", 0) == .free)
        #expect(note(1, "a"))
        #expect(take("b", 50) == .held(by: "a", stillFor: .milliseconds(50)))
        #expect(renew("a", 1, 90))
        #expect(take("b", 150) == .held(by: "a", stillFor: .milliseconds(40)))
        #expect(take("b", 190) == .free)
        #expect(!renew("a", 1, 191))
        #expect(note(2, "b"))
        leases.release("x", by: "a", fence: 1)
        #expect(leases.holder(of: "x", at: moment(191)) == "b")
        leases.releaseAll(of: "b")
        #expect(leases.holder(of: "x", at: moment(191)) == nil)
    }

    /// Any course of takings, renewals, releases and deaths: whoever the table lets write under the
    /// newest fence is alone.
    @Test(arguments: 1...40) func neverTwoHolders(seed: UInt64) {
        var dice = seed
        func roll(_ sides: UInt64) -> Int {
            dice = dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((dice >> 33) % sides)
        }
        var leases = LeaseTable()
        var fence: Int64 = 0
        // What each process believes: its fence and until when.
        var beliefs: [String: (fence: Int64, until: Int)] = [:]
        var now = 0
        for _ in 0..<800 {
            now += roll(30)
            let process = ["p1", "p2", "p3"][roll(3)]
            switch roll(6) {
            case 0, 1:
                if leases.take("x", by: process, for: .milliseconds(100), at: moment(now)) == .free
                {
                    fence += 1
                    if leases.note(fence, of: "x", by: process) {
                        beliefs[process] = (fence, now + 100)
                    }
                }
            case 2, 3:
                guard let belief = beliefs[process] else { break }
                if leases.renew(
                    "x", by: process, fence: belief.fence, for: .milliseconds(100),
                    at: moment(now))
                {
                    beliefs[process]?.until = now + 100
                } else {
                    beliefs[process] = nil
                }
            case 4:
                guard let belief = beliefs.removeValue(forKey: process) else { break }
                leases.release("x", by: process, fence: belief.fence)
            default:
                leases.releaseAll(of: process)
                beliefs[process] = nil
            }
            let living = beliefs.filter { $0.value.until > now }
            #expect(living.count <= 1, "two hold it at \(now): \(living.keys)")
            if let one = living.first {
                #expect(leases.holder(of: "x", at: moment(now)) == one.key)
                #expect(one.value.fence == fence)
            }
        }
    }
}
