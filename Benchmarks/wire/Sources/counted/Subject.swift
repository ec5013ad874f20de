import Wire

/// What is counted, by name.
enum Subject {
    static let all: [String: @Sendable (Int) throws -> Void] = [
        "case.decode": { times in
            let bytes = try SampleCase.message.encoded()
            for _ in 0..<times { sink &+= try CaseworkV1.Case(decoding: bytes).note.utf8.count }
        },
        "case.encode": { times in
            let message = SampleCase.message
            for _ in 0..<times { sink &+= try message.encoded().count }
        },
        "unary.1": { times in
            var calls = Calls(inFlight: 1)
            try calls.run(times)
        },
        "unary.64": { times in
            var calls = Calls(inFlight: 64)
            try calls.run(times)
        },
        "relay.64": { times in
            var calls = RelayedCalls(inFlight: 64)
            try calls.run(times)
        },
        "stream.4k": { times in
            var calls = Streamed()
            try calls.run(times)
        },
    ]

    nonisolated(unsafe) static var sink = 0
}

/// Two connections of one process, joined by nothing but arrays.
struct Pair {
    var opener: Connection
    var acceptor: Connection

    init() {
        let start = Instant(nanoseconds: 1_000_000_000)
        opener = Connection(
            side: .dialler, hello: HelloInfo(role: .client, software: "counted/1"),
            budget: InboundBudget(capacity: 256 << 20), now: start)
        acceptor = Connection(
            side: .acceptor, hello: HelloInfo(role: .coordinator, software: "counted/1"),
            budget: InboundBudget(capacity: 256 << 20), now: start)
        shake(start)
    }

    private mutating func shake(_ now: Instant) {
        acceptor.receive(opener.takeOutgoing(limit: .max), now: now)
        opener.receive(acceptor.takeOutgoing(limit: .max), now: now)
        _ = (opener.takeEvents(), acceptor.takeEvents())
    }
}

extension Connection {
    /// Hands over what there is to write and gives the events of the other side, in room that serves again, as `Link` does.
    mutating func pass(
        to other: inout Connection, _ batch: inout [ConnectionEvent], now: Instant
    ) {
        var read: [UInt8] = []
        _ = withOutgoing(limit: 256 << 10) { read = Array($0) }
        other.receive(read, now: now)
        batch.removeAll(keepingCapacity: true)
        other.takeEvents(into: &batch)
    }
}

/// What a call of the benchmark carries.
enum Carried {
    static let headers = WireV1.CallHeaders.with {
        $0.path = "/caodiem.conformance.v1.Conformance/UnaryCall"
        $0.metadata = [
            .with {
                $0.key = "campaign"
                $0.value = Array("2026-peak".utf8)
            }
        ]
    }
    static let message = MessageAssembler.framed([UInt8](repeating: 7, count: 203))
}

/// Unary calls, so many at a time.
struct Calls {
    private let inFlight: Int
    private var pair = Pair()
    private var now = Instant(nanoseconds: 2_000_000_000)
    private var batch: [ConnectionEvent] = []

    init(inFlight: Int) { self.inFlight = inFlight }

    mutating func run(_ times: Int) throws {
        for _ in 0..<times / inFlight {
            now = now.advanced(by: .microseconds(10))
            for _ in 0..<inFlight {
                let id = try pair.opener.open(
                    Carried.headers, deadline: now.advanced(by: .seconds(30)), now: now)
                pair.opener.send(id, Carried.message[...], endStream: true)
            }
            pair.opener.pass(to: &pair.acceptor, &batch, now: now)
            for event in batch { answer(event) }
            pair.acceptor.pass(to: &pair.opener, &batch, now: now)
            for event in batch { Read.reply(event) }
            Subject.sink &+= pair.opener.nextTick == nil ? 1 : 0
        }
    }

    private mutating func answer(_ event: ConnectionEvent) {
        guard case .data(let id, let bytes, true) = event, let message = Read.message(bytes) else {
            return
        }
        pair.acceptor.send(id, MessageAssembler.framed(message)[...])
        pair.acceptor.finish(id, trailers: Failure.okTrailers[...])
    }
}

/// The same calls through a process between, which passes frames on.
struct RelayedCalls {
    private let inFlight: Int
    private var front = Pair()
    private var rear = Pair()
    private var passed: [StreamID: StreamID] = [:]
    private var now = Instant(nanoseconds: 2_000_000_000)
    private var batch: [ConnectionEvent] = []

    init(inFlight: Int) { self.inFlight = inFlight }

    mutating func run(_ times: Int) throws {
        for _ in 0..<times / inFlight {
            now = now.advanced(by: .microseconds(10))
            for _ in 0..<inFlight {
                let id = try front.opener.open(
                    Carried.headers, deadline: now.advanced(by: .seconds(30)), now: now)
                front.opener.send(id, Carried.message[...], endStream: true)
            }
            front.opener.pass(to: &front.acceptor, &batch, now: now)
            for event in batch { try forth(event) }
            rear.opener.pass(to: &rear.acceptor, &batch, now: now)
            for event in batch { answer(event) }
            rear.acceptor.pass(to: &rear.opener, &batch, now: now)
            for event in batch { back(event) }
            front.acceptor.pass(to: &front.opener, &batch, now: now)
            for event in batch { Read.reply(event) }
        }
    }

    private mutating func forth(_ event: ConnectionEvent) throws {
        switch event {
        case .opened(let id, let headers, _):
            let other = try rear.opener.open(
                headers, deadline: front.acceptor.deadline(of: id), now: now)
            passed[id] = other
            passed[other] = id
        case .data(let id, let bytes, let ends):
            guard let other = passed[id] else { return }
            rear.opener.send(other, bytes, endStream: ends)
        default: break
        }
    }

    private mutating func answer(_ event: ConnectionEvent) {
        guard case .data(let id, let bytes, true) = event, let message = Read.message(bytes) else {
            return
        }
        rear.acceptor.send(id, MessageAssembler.framed(message)[...])
        rear.acceptor.finish(id, trailers: Failure.okTrailers[...])
    }

    private mutating func back(_ event: ConnectionEvent) {
        switch event {
        case .data(let other, let bytes, _):
            if let id = passed[other] { front.acceptor.send(id, bytes) }
        case .ended(let other, .trailers(let encoded)):
            guard let id = passed.removeValue(forKey: other) else { return }
            front.acceptor.finish(id, trailers: encoded)
        default: break
        }
    }
}

/// Messages of 4 KiB in one stream, with its credit.
struct Streamed {
    private var pair = Pair()
    private let now = Instant(nanoseconds: 2_000_000_000)
    private var batch: [ConnectionEvent] = []
    private let message = MessageAssembler.framed([UInt8](repeating: 7, count: 4 << 10))

    mutating func run(_ times: Int) throws {
        var assembler = MessageAssembler(limit: 4 << 20)
        let id = try pair.opener.open(Carried.headers, deadline: nil, now: now)
        for _ in 0..<times {
            pair.opener.send(id, message[...])
            pair.opener.pass(to: &pair.acceptor, &batch, now: now)
            for case .data(let id, let bytes, _) in batch {
                try assembler.feed(bytes)
                while let whole = assembler.next() { Subject.sink &+= whole.count }
                pair.acceptor.consumed(id, bytes.count)
            }
            pair.acceptor.pass(to: &pair.opener, &batch, now: now)
            Subject.sink &+= batch.count
        }
    }
}

/// What an application does with DATA.
enum Read {
    static func message(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var assembler = MessageAssembler(limit: 4 << 20)
        try? assembler.feed(bytes)
        return assembler.next()
    }

    static func reply(_ event: ConnectionEvent) {
        if case .data(_, let bytes, _) = event { Subject.sink &+= message(bytes)?.count ?? 0 }
    }
}
