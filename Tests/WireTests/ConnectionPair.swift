@testable import Wire

/// Two connections that talk to each other in memory, with a clock that the test moves.
struct ConnectionPair {
    var near: Connection
    var far: Connection
    var now = Instant(nanoseconds: 1_000_000_000)
    var nearEvents: [ConnectionEvent] = []
    var farEvents: [ConnectionEvent] = []
    let budget: InboundBudget

    init(
        near nearLimits: Limits = Limits(), far farLimits: Limits = Limits(),
        budget: InboundBudget = InboundBudget(), firstStream: StreamID? = nil,
        token: [UInt8] = [], expectedToken: [UInt8]? = nil
    ) {
        self.budget = budget
        let coordinator = HelloInfo(role: .coordinator, software: "near/1", limits: nearLimits)
        var worker = HelloInfo(role: .worker, software: "far/1", limits: farLimits)
        worker.sessionToken = token
        near = Connection(
            side: .dialler, hello: coordinator, expectedToken: expectedToken, budget: budget,
            now: now, firstStream: firstStream)
        far = Connection(side: .acceptor, hello: worker, budget: budget, now: now)
    }

    /// A pair whose handshake is done.
    static func connected(
        near: Limits = Limits(), far: Limits = Limits(), budget: InboundBudget = InboundBudget()
    ) -> ConnectionPair {
        var pair = ConnectionPair(near: near, far: far, budget: budget)
        pair.exchange()
        pair.clear()
        return pair
    }

    /// Moves bytes until both sides are silent.
    mutating func exchange() {
        while true {
            let toFar = near.takeOutgoing(limit: 1 << 20)
            let toNear = far.takeOutgoing(limit: 1 << 20)
            if !toFar.isEmpty { far.receive(toFar, now: now) }
            if !toNear.isEmpty { near.receive(toNear, now: now) }
            collect()
            if toFar.isEmpty && toNear.isEmpty { return }
        }
    }

    mutating func collect() {
        nearEvents += near.takeEvents()
        farEvents += far.takeEvents()
    }

    mutating func clear() {
        nearEvents = []
        farEvents = []
    }

    mutating func pass(_ duration: Duration) {
        now = now.advanced(by: duration)
    }

    mutating func open(_ path: String = "/t.T/M", deadline: Instant? = nil) throws -> StreamID {
        var headers = WireV1.CallHeaders()
        headers.path = path
        return try near.open(headers, deadline: deadline, now: now)
    }

    /// Feeds the far side bytes that no connection of ours would send.
    mutating func inject(_ frames: Frame...) {
        far.receive(frames.flatMap { $0.encoded() }, now: now)
        collect()
    }

    /// DATA bytes that a side was told of for a stream.
    static func data(_ events: [ConnectionEvent], _ id: StreamID) -> [UInt8] {
        events.flatMap { event -> [UInt8] in
            if case .data(id, let bytes, _) = event { return Array(bytes) }
            return []
        }
    }

    static func end(_ events: [ConnectionEvent], _ id: StreamID) -> StreamEnd? {
        for case .ended(id, let end) in events { return end }
        return nil
    }

    static func closed(_ events: [ConnectionEvent]) -> Failure? {
        for case .closed(let reason) in events { return reason }
        return nil
    }

    static func opened(_ events: [ConnectionEvent]) -> [StreamID] {
        events.compactMap { event in
            if case .opened(let id, _, _) = event { return id }
            return nil
        }
    }
}
