import Testing

@testable import Wire

/// Two connections and a seed: calls of many sizes, tiny windows, bytes split anywhere, readers that
/// dawdle. Every message arrives whole and in order, nothing waits for ever, nothing leaks.
@Suite struct ConnectionScheduleTests {
    @Test(arguments: 0..<60)
    func everyCallCompletes(seed: Int) throws {
        var run = try ScheduledRun(seed: UInt64(seed))
        try run.play()
        #expect(run.completed == run.total)
        #expect(run.pair.budget.reserved == 0)
        #expect(run.pair.near.streamCount == 0 && run.pair.far.streamCount == 0)
    }
}

/// One schedule: the near side calls, the far side answers each request message with its bytes
/// reversed, in pieces.
struct ScheduledRun {
    var pair: ConnectionPair
    var completed = 0
    let total: Int

    private var numbers: SeededNumbers
    private var toNear: [UInt8] = []
    private var toFar: [UInt8] = []
    private var requests: [StreamID: [UInt8]] = [:]
    private var serving: [StreamID: MessageAssembler] = [:]
    private var replies: [StreamID: MessageAssembler] = [:]
    private var unconsumed: [StreamID: Int] = [:]
    private var started = 0
    private let sizes: [Int]

    init(seed: UInt64) throws {
        numbers = SeededNumbers(seed: seed)
        var near = Limits()
        var far = Limits()
        near.window = [1, 100, 4096, 256 << 10].randomElement(using: &numbers) ?? 1
        far.window = [1, 100, 4096, 256 << 10].randomElement(using: &numbers) ?? 1
        near.frame = [16 << 10, 1 << 20].randomElement(using: &numbers) ?? 1
        far.frame = [16 << 10, 1 << 20].randomElement(using: &numbers) ?? 1
        let isTiny = min(near.window, far.window) < 4096
        sizes = [0, 1, 4, 5, 1000] + (isTiny ? [3000] : [70_000, 300 << 10])
        far.streams = Int.random(in: 1...8, using: &numbers)
        pair = ConnectionPair(near: near, far: far)
        total = Int.random(in: 1...40, using: &numbers)
    }

    mutating func play() throws {
        var idle = 0
        while completed < total {
            let progress = try step()
            idle = progress ? 0 : idle + 1
            try #require(idle < 2000, "nothing moves: \(completed) of \(total) done")
        }
        pair.exchange()
    }

    private mutating func step() throws -> Bool {
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: return try startCall()
        case 1:
            let bytes = pair.near.takeOutgoing(limit: Int.random(in: 1...100_000, using: &numbers))
            toFar += bytes
            return !bytes.isEmpty
        case 2:
            let bytes = pair.far.takeOutgoing(limit: Int.random(in: 1...100_000, using: &numbers))
            toNear += bytes
            return !bytes.isEmpty
        case 3: return try deliver(toFarSide: true)
        case 4: return try deliver(toFarSide: false)
        default: return readSome()
        }
    }

    private mutating func startCall() throws -> Bool {
        guard started < total else { return false }
        started += 1
        let size = sizes.randomElement(using: &numbers) ?? 0
        let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ started) }
        let id = try pair.open()
        requests[id] = message
        replies[id] = MessageAssembler(limit: 1 << 20)
        pair.near.send(id, MessageAssembler.framed(message)[...], endStream: true)
        return true
    }

    private mutating func deliver(toFarSide: Bool) throws -> Bool {
        let waiting = toFarSide ? toFar.count : toNear.count
        guard waiting > 0 else { return false }
        let count = Int.random(in: 1...waiting, using: &numbers)
        if toFarSide {
            pair.far.receive(Array(toFar.prefix(count)), now: pair.now)
            toFar.removeFirst(count)
        } else {
            pair.near.receive(Array(toNear.prefix(count)), now: pair.now)
            toNear.removeFirst(count)
        }
        try handle()
        return true
    }

    private mutating func handle() throws {
        pair.collect()
        let (near, far) = (pair.nearEvents, pair.farEvents)
        pair.clear()
        for event in far { try handleFar(event) }
        for event in near { try handleNear(event) }
    }

    private mutating func handleFar(_ event: ConnectionEvent) throws {
        switch event {
        case .opened(let id, _, _): serving[id] = MessageAssembler(limit: 1 << 20)
        case .data(let id, let bytes, let endStream):
            try serving[id]?.feed(bytes)
            if let missing = serving[id]?.missing, missing > 0, !endStream {
                try pair.far.expect(id, bytes: missing)
            }
            if endStream, let request = serving[id]?.next() {
                answer(id, MessageAssembler.framed(request.reversed()))
            }
        case .closed(let reason): throw reason
        default: break
        }
    }

    private mutating func answer(_ id: StreamID, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...rest.count, using: &numbers))
            pair.far.send(id, part)
            rest = rest.dropFirst(part.count)
        }
        pair.far.finish(id, trailers: [])
    }

    private mutating func handleNear(_ event: ConnectionEvent) throws {
        switch event {
        case .data(let id, let bytes, _):
            try replies[id]?.feed(bytes)
            unconsumed[id, default: 0] += bytes.count
            if Bool.random(using: &numbers), let missing = replies[id]?.missing, missing > 0 {
                try pair.near.expect(id, bytes: missing)
            }
        case .ended(let id, let end):
            #expect(end == .trailers([]))
            let reply = replies[id]?.next()
            #expect(reply.map { Array($0.reversed()) } == requests[id])
            replies[id] = nil
            requests[id] = nil
            unconsumed[id] = nil
            completed += 1
        case .closed(let reason): throw reason
        default: break
        }
    }

    /// A reader that dawdles takes something at last.
    private mutating func readSome() -> Bool {
        let waiting = unconsumed.filter { $0.value > 0 }.keys.sorted()
        guard let id = waiting.randomElement(using: &numbers) else { return false }
        pair.near.consumed(id, unconsumed[id] ?? 0)
        unconsumed[id] = 0
        return true
    }
}
