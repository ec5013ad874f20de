import Glibc
import Wire

/// What a case works with: the peer, fresh connections to it, and how much time it may take.
final class Bench {
    let address: PeerAddress
    /// Full counts (`--long`) or a bounded share of them.
    let isLong: Bool
    private let log: String
    /// When every wait of the case gives up.
    let end: ContinuousClock.Instant
    private let programs: Programs?
    private var sessions: [Session] = []
    /// Kept to the end of the case, for a fleet ends with the last mention of it.
    private var fleets: [TrialFleet] = []
    private(set) var note = ""

    /// - Parameter limitSeconds: when every wait of the case gives up.
    init(
        _ address: PeerAddress, _ options: Options, limitSeconds: Int
    ) {
        end = ContinuousClock().now + .seconds(limitSeconds)
        self.address = address
        isLong = options.isLong
        log = options.log
        programs = options.programs
    }

    /// Adds a figure to the case's line.
    func report(_ text: String) { note = note.isEmpty ? text : note + ", " + text }

    /// So many of the whole number when time is short.
    func count(_ whole: Int, short: Int) -> Int { isLong ? whole : short }

    func connect() throws(Verdict) -> PeerSocket {
        try address.connect(log: log, until: end)
    }

    /// A coordinator of the case's own, with these plugins.
    ///
    /// - Parameter starts: false when more has to be prepared first.
    func fleet(
        _ plugins: [TrialPlugin], limits: [String: Int] = [:], starts: Bool = true
    ) throws(Verdict) -> TrialFleet {
        guard let programs else {
            throw .skipped("only with --coordinator, which starts a fleet of its own")
        }
        let fleet = try TrialFleet(self, programs)
        for plugin in plugins { try fleet.write(plugin) }
        fleets.append(fleet)
        if starts { try fleet.start(limits: limits) }
        return fleet
    }

    /// The program that writes to a store.
    func writer() throws(Verdict) -> String {
        guard let program = programs?.writer, access(program, X_OK) == 0 else {
            throw .skipped("caodiem-test-writer is not beside the coordinator")
        }
        return program
    }

    /// HELLO as a client says it to a coordinator, or a coordinator to a worker.
    func hello() -> WireV1.Hello {
        var hello = WireV1.Hello()
        hello.protocolMin = 1 << 16
        hello.protocolMax = 1 << 16
        hello.role = address.isWorker ? .coordinator : .client
        hello.software = "caodiem-conformance/1"
        return hello
    }

    /// A connection with its handshake done.
    func session(_ change: (inout WireV1.Hello) -> Void = { _ in }) throws(Verdict) -> Session {
        var hello = hello()
        change(&hello)
        let session = try Session(try connect(), hello)
        sessions.append(session)
        return session
    }

    /// The same, and a worker has its configuration, so that it serves calls.
    func ready(_ change: (inout WireV1.Hello) -> Void = { _ in }) throws(Verdict) -> Session {
        let session = try session(change)
        if address.isWorker { try configure(session) }
        return session
    }

    private func configure(_ session: Session) throws(Verdict) {
        let described = try session.start(Path.describe, PluginV1.DescribeRequest())
        try expect(.ok, try session.finished(described), "Describe")
        let configured = try session.start(
            Path.configure, PluginV1.ConfigureRequest.with { $0.generation = 1 })
        try expect(.ok, try session.finished(configured), "Configure")
        session.forget(described)
        session.forget(configured)
    }

    /// Waits until the conformance service answers: the case before may have cost its worker.
    func waitForService() throws(Verdict) {
        if address.isWorker { return }
        let session = try session()
        let end = Session.clock.now + .seconds(20)
        while Session.clock.now < end {
            let call = try session.start(Path.empty, ConformanceV1.Empty())
            if try session.finished(call).status == .ok { return }
            session.forget(call)
            try session.idle(.milliseconds(50))
        }
        throw .failed("the conformance service did not answer within 20 s")
    }

    /// What the peer broke on any connection of this case.
    func checkViolations() throws(Verdict) {
        for session in sessions {
            // A second end, or bytes too many, come right behind the first.
            try session.idle(.milliseconds(10))
            if let first = session.violations.first {
                throw .failed("the peer broke a rule on the way: \(first)")
            }
        }
    }

    /// The peer, or the fleet behind it, still answers on a fresh connection.
    func checkAlive() throws(Verdict) {
        let session = try session()
        let call = try session.start(Path.nowhere, ConformanceV1.Empty())
        try requireEqual(
            try session.finished(call).status, .unimplemented, "a call after the case")
    }
}

/// Paths that the cases call.
enum Path {
    static let empty = ConformanceV1.Conformance.emptyCall.path
    static let unary = ConformanceV1.Conformance.unaryCall.path
    static let output = ConformanceV1.Conformance.streamingOutputCall.path
    static let input = ConformanceV1.Conformance.streamingInputCall.path
    static let duplex = ConformanceV1.Conformance.fullDuplexCall.path
    static let halfDuplex = ConformanceV1.Conformance.halfDuplexCall.path
    static let sleep = ConformanceV1.Conformance.sleep.path
    static let observe = ConformanceV1.Conformance.observe.path
    static let nest = ConformanceV1.Conformance.nest.path
    static let unimplemented = ConformanceV1.Conformance.unimplementedCall.path
    static let misbehave = ConformanceV1.Fault.misbehave.path
    static let describe = PluginV1.Plugin.describe.path
    static let configure = PluginV1.Plugin.configure.path
    /// A service that nobody has.
    static let nowhere = "/caodiem.conformance.v1.Nowhere/Call"
}
