@testable import Wire

/// Any bytes as what a peer sends, met by a small application.
///
/// Whatever comes: no stream ends twice or speaks after its end, what we send are well-formed frames
/// within the peer's limit, and after the end nothing is held in the inbound budget.
struct ConnectionSubject {
    /// The first byte of an input: how the rest is read.
    private struct Options {
        let side: Side
        /// The rest is frames as records, and not the bytes of the wire.
        let isScript: Bool
        let hasTinyLimits: Bool
        /// The peer's preface and HELLO come before the rest.
        let startsOpen: Bool
        let drains: Bool
        let opensCalls: Bool
        let comparesSplits: Bool

        init(_ bits: UInt8) {
            side = bits & 1 == 0 ? .acceptor : .dialler
            isScript = bits & 2 != 0
            hasTinyLimits = bits & 4 != 0
            startsOpen = bits & 8 == 0
            drains = bits & 16 != 0
            opensCalls = bits & 32 != 0
            comparesSplits = bits & 64 != 0
        }
    }

    private let budget = InboundBudget(capacity: 1 << 20)
    private var connection: Connection
    private var outgoing = FrameParser(maximumFrame: 64 << 10, maximumHello: 64 << 10)
    private var numbers: SeededNumbers
    private var now = Instant(nanoseconds: 1)
    private var open: Set<StreamID> = []
    private var ended: Set<StreamID> = []
    /// Streams that the application ended itself; what was already said of them may still come.
    private var left: Set<StreamID> = []
    private var assemblers: [StreamID: MessageAssembler] = [:]
    private var closed = false

    static func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let options = Options(input.byte())
        let seed = UInt64(input.byte())
        var bytes = options.startsOpen ? opening : []
        bytes += options.isScript ? frames(&input) : Array(input.rest)
        var subject = ConnectionSubject(options, seed)
        try subject.play(bytes, options)
        if options.comparesSplits, !options.hasTinyLimits, bytes.count < 400 {
            try compareSplits(bytes, options, seed)
        }
    }

    /// What a peer sends first.
    static let opening: [UInt8] = {
        let hello = (try? HelloInfo(role: .client, software: "fuzz").message().encoded()) ?? []
        return Frame.preface + Frame(.hello, payload: hello[...]).encoded()
    }()

    /// Frames from records of type, flags, stream and length, so that a change of one keeps the others.
    private static func frames(_ input: inout FuzzInput) -> [UInt8] {
        var bytes: [UInt8] = []
        while !input.rest.isEmpty {
            let (type, flags, stream) = (input.byte(), input.byte(), input.byte())
            let payload = input.take(Int(input.byte()))
            bytes.appendBigEndian(UInt32(payload.count))
            bytes.appendBigEndian(UInt32(stream))
            bytes += [type, flags, 0, 0]
            bytes += payload
        }
        return bytes
    }

    private init(_ options: Options, _ seed: UInt64) {
        var hello = HelloInfo(role: .worker, software: "subject")
        if options.hasTinyLimits {
            hello.limits.frame = 16 << 10
            hello.limits.window = 64
            hello.limits.streams = 2
            hello.limits.message = 100
            hello.limits.unsentControl = 4 << 10
            hello.limits.queuedCalls = 2
            hello.limits.rememberedStreams = 3
        }
        numbers = SeededNumbers(seed: seed)
        connection = Connection(side: options.side, hello: hello, budget: budget, now: now)
    }

    private mutating func play(_ bytes: [UInt8], _ options: Options) throws {
        if options.opensCalls { try openCalls() }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = numbers.next() & 3 == 0 ? Int(numbers.next() & 15) + 1 : rest.count
            connection.receive(Array(rest.prefix(count)), now: now)
            rest = rest.dropFirst(count)
            try settle()
            if numbers.next() & 7 == 0 { try pass() }
            if options.drains, numbers.next() & 7 == 0 { connection.drain() }
        }
        try pass()
        connection.receiveEnd(now: now)
        try settle()
        guard closed, connection.streamCount == 0 else {
            throw FuzzFinding("the connection is not over after its end")
        }
        guard budget.reserved == 0 else {
            throw FuzzFinding("\(budget.reserved) bytes stay reserved")
        }
    }

    private mutating func openCalls() throws {
        for number in 0..<3 {
            var headers = WireV1.CallHeaders()
            headers.path = "/t.T/M"
            let deadline = number == 0 ? nil : now.advanced(by: .seconds(number * 8))
            guard let id = try? connection.open(headers, deadline: deadline, now: now) else {
                continue
            }
            open.insert(id)
            let body = [UInt8](repeating: 1, count: 300 * number)
            connection.send(id, MessageAssembler.framed(body)[...], endStream: number != 2)
        }
    }

    private mutating func pass() throws {
        now = now.advanced(by: .seconds(3))
        if let due = connection.nextTick, due <= now { connection.tick(now: now) }
        try settle()
    }

    /// Meets the events and takes what there is to write.
    private mutating func settle() throws {
        repeat {
            for event in connection.takeEvents() { try meet(event) }
            connection.closeWhenDrained()
            let bytes = connection.takeOutgoing(limit: Int(numbers.next() & 0xFFF) + 1)
            outgoing.feed(bytes)
            do {
                while try outgoing.next() != nil {}
            } catch {
                throw FuzzFinding("we break the protocol: \(error)")
            }
        } while connection.hasEvents
    }

    private mutating func meet(_ event: ConnectionEvent) throws {
        guard !closed else { throw FuzzFinding("\(event) after the end of the connection") }
        switch event {
        case .opened(let id, _, let endStream):
            guard !open.contains(id), !ended.contains(id), !left.contains(id) else {
                throw FuzzFinding("\(id) is opened twice")
            }
            open.insert(id)
            assemblers[id] = MessageAssembler(limit: connection.limits.message)
            if numbers.next() & 1 == 0 { connection.hold(id) }
            if endStream { answer(id) }
        case .headers(let id, _), .windowOpened(let id, _), .drained(let id):
            try expectOpen(id)
        case .data(let id, let bytes, let endStream):
            try expectOpen(id)
            if open.contains(id) { take(id, bytes, endStream) }
        case .ended(let id, _):
            try expectOpen(id)
            open.remove(id)
            left.remove(id)
            ended.insert(id)
            connection.release(id)
        case .closed:
            guard open.isEmpty else { throw FuzzFinding("\(open) end without a word") }
            closed = true
        case .ready, .draining, .noted: break
        }
    }

    private func expectOpen(_ id: StreamID) throws {
        guard open.contains(id) || left.contains(id) else {
            throw FuzzFinding("an event for \(id), which is over")
        }
    }

    private mutating func leave(_ id: StreamID) {
        open.remove(id)
        left.insert(id)
        connection.release(id)
    }

    private mutating func take(_ id: StreamID, _ bytes: ArraySlice<UInt8>, _ endStream: Bool) {
        do {
            try assemblers[id]?.feed(bytes)
            while assemblers[id]?.next() != nil {}
            if let missing = assemblers[id]?.missing, missing > 0, numbers.next() & 1 == 0 {
                try connection.expect(id, bytes: missing)
            }
        } catch {
            connection.reset(id, .cancel, "refused")
            return leave(id)
        }
        if numbers.next() & 1 == 0 { connection.consumed(id, bytes.count) }
        if endStream { answer(id) }
    }

    private mutating func answer(_ id: StreamID) {
        switch numbers.next() & 3 {
        case 0:
            connection.reset(id, .internalError, "fuzz")
            leave(id)
        case 1: break
        default:
            if numbers.next() & 1 == 0 { connection.sendHeaders(id, []) }
            connection.send(id, [UInt8](repeating: 0, count: Int(numbers.next() & 0x3FF))[...])
            connection.finish(id, trailers: [])
            // It may still wait for credit; the owner hears nothing more of it.
            leave(id)
        }
    }

    /// The events, without the words of the last one: they quote as many bytes as had come.
    private mutating func untold() -> [ConnectionEvent] {
        connection.takeEvents().map { event in
            guard case .closed(var failure) = event else { return event }
            failure.message = ""
            return .closed(failure)
        }
    }

    /// The same bytes whole and byte by byte mean the same.
    private static func compareSplits(
        _ bytes: [UInt8], _ options: Options, _ seed: UInt64
    ) throws {
        var whole = ConnectionSubject(options, seed)
        var split = ConnectionSubject(options, seed)
        whole.connection.receive(bytes, now: whole.now)
        for byte in bytes { split.connection.receive([byte], now: split.now) }
        guard whole.untold() == split.untold() else {
            throw FuzzFinding("what bytes mean depends on how they are split")
        }
        for subject in [whole, split] {
            var connection = subject.connection
            connection.receiveEnd(now: subject.now)
        }
    }
}
