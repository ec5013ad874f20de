import Testing

@testable import Wire

/// What must hold whatever the order of events and wherever the connection breaks.
@Suite struct ConnectionPropertyTests {
    /// The deadline and the answer arrive in any order: one outcome on each side.
    @Test func aDeadlineAndAnAnswerGiveOneOutcome() throws {
        var numbers = SeededNumbers(seed: 22)
        var outcomes: [Bool: Int] = [:]
        var pair = ConnectionPair.connected()
        for _ in 0..<10_000 {
            let id = try pair.open(deadline: pair.now.advanced(by: .milliseconds(10)))
            pair.exchange()
            pair.clear()
            pair.pass(.milliseconds(Int.random(in: 8...11, using: &numbers)))
            var acts = [0, 1, 2, 3]
            acts.shuffle(using: &numbers)
            for act in acts {
                switch act {
                case 0: pair.near.tick(now: pair.now)
                case 1: pair.far.tick(now: pair.now)
                case 2: pair.far.finish(id, trailers: [])
                default: pair.exchange()
                }
            }
            pair.exchange()
            let ends = pair.nearEvents.filter { if case .ended(id, _) = $0 { true } else { false } }
            #expect(ends.count == 1)
            let isAnswer = ConnectionPair.end(pair.nearEvents, id) == .trailers([])
            outcomes[isAnswer, default: 0] += 1
            if !isAnswer {
                #expect(
                    ConnectionPair.end(pair.nearEvents, id)?.failure?.code == .deadlineExceeded)
            }
        }
        #expect(pair.budget.reserved == 0)
        #expect(outcomes.values.allSatisfy { $0 > 1000 }, "\(outcomes)")
    }

    /// 16 MiB each way, and nobody reads for a while: control frames pass, and reading goes on later.
    @Test func twoWritersThatDoNotReadDoNotBlock() throws {
        var pair = ConnectionPair.connected(budget: InboundBudget(capacity: 64 << 20))
        let there = try pair.open()
        var headers = WireV1.CallHeaders()
        headers.path = "/t.T/Back"
        let back = try pair.far.open(headers, deadline: nil, now: pair.now)
        let bytes = [UInt8](repeating: 7, count: 16 << 20)
        pair.near.send(there, bytes[...], endStream: true)
        pair.far.send(back, bytes[...], endStream: true)
        pair.exchange()
        let window = Limits().window
        #expect(ConnectionPair.data(pair.farEvents, there).count == window)
        #expect(ConnectionPair.data(pair.nearEvents, back).count == window)
        pair.inject(Frame(.ping, payload: [1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(pair.far.takeOutgoing(limit: 1 << 20).count == 20)
        var (near, far) = (window, window)
        var (readNear, readFar) = (0, 0)
        while readNear < bytes.count || readFar < bytes.count {
            pair.clear()
            pair.near.consumed(back, near - readNear)
            pair.far.consumed(there, far - readFar)
            (readNear, readFar) = (near, far)
            pair.exchange()
            near += ConnectionPair.data(pair.nearEvents, back).count
            far += ConnectionPair.data(pair.farEvents, there).count
            try #require(near > readNear || far > readFar || near == bytes.count)
        }
        #expect(near == bytes.count && far == bytes.count)
    }

    /// Cut anywhere: each call ends once, a call told as refused was never seen by the peer, one told as
    /// answered was answered, and nothing stays reserved.
    @Test(arguments: 0..<300) func aCutConnectionTellsTheTruth(seed: Int) throws {
        var run = try BrokenRun(seed: UInt64(seed))
        try run.play()
        #expect(run.pair.budget.reserved == 0)
        #expect(run.pair.near.isClosed && run.pair.far.isClosed)
        for (id, ends) in run.ends {
            #expect(ends.count == 1, "\(id) ended \(ends)")
            switch ends.first {
            case .refused: #expect(!run.seen.contains(id), "\(id) was seen and told as refused")
            case .trailers: #expect(run.answered.contains(id))
            case .failed(let failure): Issue.record("\(id): \(failure)")
            default: break
            }
        }
        #expect(Set(run.ends.keys) == run.opened.subtracting(run.left))
    }
}

/// Random calls over a connection that drains or breaks at a random moment.
struct BrokenRun {
    var pair: ConnectionPair
    var opened: Set<StreamID> = []
    var left: Set<StreamID> = []
    var seen: Set<StreamID> = []
    var answered: Set<StreamID> = []
    var ends: [StreamID: [StreamEnd]] = [:]
    private var numbers: SeededNumbers
    private var toNear: [UInt8] = []
    private var toFar: [UInt8] = []

    init(seed: UInt64) throws {
        numbers = SeededNumbers(seed: seed)
        var far = Limits()
        far.streams = Int.random(in: 1...6, using: &numbers)
        far.window = [16, 1000, 256 << 10].randomElement(using: &numbers) ?? 1
        far.resetsPerSecond = 1000
        pair = ConnectionPair(far: far)
    }

    mutating func play() throws {
        for _ in 0..<Int.random(in: 10...200, using: &numbers) { try step() }
        pair.near.receiveEnd(now: pair.now)
        pair.far.receiveFailure("cut", now: pair.now)
        handle()
    }

    private mutating func step() throws {
        switch Int.random(in: 0..<9, using: &numbers) {
        case 0, 1:
            guard pair.near.acceptsCalls else { return }
            let id = try pair.open()
            opened.insert(id)
            let size = Int.random(in: 0...2000, using: &numbers)
            pair.near.send(
                id, [UInt8](repeating: 1, count: size)[...], endStream: Bool.random(using: &numbers)
            )
        case 2: toFar += pair.near.takeOutgoing(limit: Int.random(in: 1...5000, using: &numbers))
        case 3: toNear += pair.far.takeOutgoing(limit: Int.random(in: 1...5000, using: &numbers))
        case 4, 5: deliver()
        case 6:
            guard let id = seen.subtracting(answered).randomElement(using: &numbers) else { return }
            answered.insert(id)
            pair.far.send(id, [UInt8](repeating: 2, count: 100)[...])
            pair.far.finish(id, trailers: [])
        case 7:
            let running = opened.subtracting(left).subtracting(ends.keys)
            guard let id = running.randomElement(using: &numbers), numbers.next() & 3 == 0 else {
                return
            }
            pair.near.reset(id, .cancel)
            left.insert(id)
        default:
            pair.pass(.milliseconds(100))
            if numbers.next() & 15 == 0 { pair.far.drain() }
            pair.far.closeWhenDrained()
            handle()
        }
    }

    private mutating func deliver() {
        let far = toFar.prefix(Int.random(in: 0...toFar.count, using: &numbers))
        toFar.removeFirst(far.count)
        pair.far.receive(Array(far), now: pair.now)
        let near = toNear.prefix(Int.random(in: 0...toNear.count, using: &numbers))
        toNear.removeFirst(near.count)
        pair.near.receive(Array(near), now: pair.now)
        handle()
    }

    private mutating func handle() {
        pair.collect()
        for case .opened(let id, _, _) in pair.farEvents { seen.insert(id) }
        for case .ended(let id, let end) in pair.nearEvents { ends[id, default: []].append(end) }
        pair.clear()
    }
}
