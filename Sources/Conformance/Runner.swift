import Glibc
import Wire

/// Runs cases one after the other and prints a line each.
public struct Runner {
    private let options: Options
    private let print: (String) -> Void

    public init(_ options: Options, print: @escaping (String) -> Void) {
        self.options = options
        self.print = print
    }

    /// The whole run.
    ///
    /// - Returns: the exit code: 0 when no case failed.
    public func run() -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        let chosen = Case.all.filter { options.names($0) }
        if options.lists {
            for item in chosen { print("\(item.id) \(item.rule)\(suffix(item))") }
            return 0
        }
        do throws(Verdict) {
            guard let address = options.peer else { return try runAgainstOwnFleet(chosen) }
            return run(chosen, address)
        } catch {
            print("the run did not begin: \(error)")
            return 1
        }
    }

    /// Starts a coordinator with the fault plugin as the peer of the C cases, and ends it before
    /// the cases that look for processes left over.
    private func runAgainstOwnFleet(_ chosen: [Case]) throws(Verdict) -> Int32 {
        let bench = Bench(.unix(""), options, limitSeconds: 3600)
        let fleet = try bench.fleet([TrialPlugin(id: "fault")])
        try fleet.wait("fault", ["READY"])
        let address = PeerAddress.unix(fleet.socket)
        let (own, others) = (chosen.filter(\.need.isFleet), chosen.filter { !$0.need.isFleet })
        let services = Services.of(address, options)
        var score = Score()
        for item in others { score.count(judge(item, address, services), item, print) }
        try requireEqual(try fleet.stop(), 0, "the coordinator's exit after the cases")
        for item in own { score.count(judge(item, address, services), item, print) }
        return score.conclude(print)
    }

    private func run(_ chosen: [Case], _ address: PeerAddress) -> Int32 {
        let services = Services.of(address, options)
        var score = Score()
        for item in chosen { score.count(judge(item, address, services), item, print) }
        return score.conclude(print)
    }

    private func suffix(_ item: Case) -> String {
        if case .elsewhere(let reason) = item.need { " (\(reason))" } else { "" }
    }

    private func judge(
        _ item: Case, _ address: PeerAddress, _ services: Services
    ) -> Result<String, Verdict> {
        let bench = Bench(
            address, options,
            limitSeconds: item.limitSeconds * (options.isLong ? 10 : 1))
        do throws(Verdict) {
            try services.satisfy(item.need, address)
            if item.need.isOfService { try bench.waitForService() }
            try item.body(bench)
            try bench.checkViolations()
            return .success(bench.note)
        } catch {
            return .failure(error)
        }
    }
}

/// How many cases ended how.
private struct Score {
    var passed = 0
    var failed = 0
    var skipped = 0

    mutating func count(_ result: Result<String, Verdict>, _ item: Case, _ print: (String) -> Void)
    {
        switch result {
        case .success(let note):
            passed += 1
            print("\(item.id) ok\(note.isEmpty ? "" : ": \(note)")")
        case .failure(.failed(let text)):
            failed += 1
            print("\(item.id) FAIL: \(text) [\(item.rule)]")
        case .failure(.skipped(let reason)):
            skipped += 1
            print("\(item.id) skip: \(reason)")
        }
    }

    /// The last line; gives the exit code.
    func conclude(_ print: (String) -> Void) -> Int32 {
        print("\(passed) passed, \(failed) failed, \(skipped) skipped")
        return failed == 0 ? 0 : 1
    }
}

/// What the peer serves, found once before the cases.
struct Services {
    var conformance = false
    var faults = false
    /// Why nothing could be found out.
    var problem: String?

    static func of(_ address: PeerAddress, _ options: Options) -> Services {
        var services = Services()
        let bench = Bench(address, options, limitSeconds: 30)
        do throws(Verdict) {
            let session = try bench.ready()
            services.conformance = try serves(session, Path.empty, ConformanceV1.Empty())
            services.faults = try serves(
                session, Path.misbehave, ConformanceV1.MisbehaveRequest())
        } catch {
            services.problem = "\(error)"
        }
        return services
    }

    private static func serves(
        _ session: Session, _ path: String, _ message: some WireMessage
    ) throws(Verdict) -> Bool {
        let call = try session.start(path, message)
        return try session.finished(call).status == .ok
    }

    func satisfy(_ need: Need, _ address: PeerAddress) throws(Verdict) {
        switch need {
        case .connection: break
        case .service:
            if !conformance {
                throw .skipped("the peer does not serve \(ConformanceV1.Conformance.serviceName)")
            }
        case .faults:
            if !faults {
                throw .skipped("the peer does not serve \(ConformanceV1.Fault.serviceName)")
            }
        case .worker:
            if !address.isWorker { throw .skipped("only for a worker (exec:)") }
        case .listener:
            if address.isWorker { throw .skipped("only for a peer that listens") }
        case .servingListener:
            try satisfy(.listener, address)
            try satisfy(.service, address)
        case .fleet: break
        case .elsewhere(let reason): throw .skipped(reason)
        }
    }
}
