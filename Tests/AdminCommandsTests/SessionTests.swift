import ArgumentParser
import Testing
import Wire

@testable import AdminCommands

/// A fleet that answers each call from a script, and says how it was dialled.
private actor FakeFleet: Dialler, Line {
    enum Reply {
        case fails(Failure)
        case answers(any WireMessage)
        case streams([any WireMessage])
    }

    private var script: [Reply]
    private(set) var dials = 0
    private(set) var requests: [any WireMessage] = []
    /// The idempotency key of each call; empty where it had none.
    private(set) var keys: [String] = []

    init(_ script: [Reply]) { self.script = script }

    func dial(seconds: Int) async throws(Failure) -> any Line {
        dials += 1
        return self
    }

    private func next(_ request: any WireMessage) throws(Failure) -> Reply {
        requests.append(request)
        guard !script.isEmpty else { throw Failure(.internal, "the script is over") }
        let reply = script.removeFirst()
        if case .fails(let failure) = reply { throw failure }
        return reply
    }

    func call<Request, Answer>(
        _ method: Method<Request, Answer>, _ request: Request, seconds: Int,
        metadata: [WireV1.MetadataEntry]
    ) async throws(Failure) -> Answer {
        let key = metadata.first { $0.key == "caodiem-idempotency-key" }
        keys.append(String(decoding: key?.value ?? [], as: UTF8.self))
        guard case .answers(let message) = try next(request), let answer = message as? Answer
        else { throw Failure(.internal, "the script has another reply for \(method.path)") }
        return answer
    }

    func stream<Request, Answer>(
        _ method: Method<Request, Answer>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Answer) async -> Void
    ) async throws(Failure) {
        guard case .streams(let messages) = try next(request) else {
            throw Failure(.internal, "the script has another reply for \(method.path)")
        }
        for message in messages {
            if let answer = message as? Answer { await receive(answer) }
        }
    }

    func exchange(
        _ call: EncodedCall, _ receive: @Sendable ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        throw Failure(.internal, "the script has no reply for \(call.path)")
    }

    func hangUp() async {}
}

@Suite("Talking with the fleet")
struct SessionTests {
    private static let starting = Failure(
        .unavailable, "still starting", retryable: true, reason: "PLUGIN_STARTING")
    private static let quick = Pace(now: { .now }, pause: { _ in })

    private func answer(
        _ line: String, _ fleet: FakeFleet
    ) async throws -> Answer {
        let command = try RootCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        let asked = try #require(command as? any FleetCommand)
        return try await asked.answer(Session(fleet, pace: Self.quick))
    }

    @Test("score sends its scope and shows the reply")
    func score() async throws {
        let fleet = FakeFleet([.answers(Samples.score)])
        let answer = try await answer(
            "score --campaign c --unit ST05 --as-of 31/5/2021", fleet)
        let request = try #require(await fleet.requests.first as? ScoringV1.ScoreRequest)
        #expect(request.campaign == "c")
        #expect(request.unit == "ST05")
        #expect(request.asOf == "2021-05-31")
        #expect(answer.status == .ok)
        #expect(answer.text(.plain).contains("Trên tổng"))
    }

    @Test("a stream is collected, and the day is the one that its head states")
    func gaps() async throws {
        let fleet = FakeFleet([.streams(Samples.gaps)])
        let answer = try await answer("auction gaps --past --as-of 2021-05-31", fleet)
        let request = try #require(await fleet.requests.first as? AuctionV1.GapsRequest)
        #expect(request.past)
        #expect(request.asOf == "2021-05-31")
        #expect(answer.json.written().contains(#""as_of":"2021-05-31""#))
        let head = AuctionV1.NextStep.with { $0.head = Samples.auctionHead }
        let today = FakeFleet([.streams([head])])
        let next = try await self.answer("auction next", today)
        let sent = try #require(await today.requests.first as? AuctionV1.TracksRequest)
        #expect(sent.asOf.isEmpty, "the fleet knows which day it is")
        #expect(next.json.written().contains(#""as_of":"2021-05-31""#))
    }

    @Test("a read waits for its worker and connects again")
    func patience() async throws {
        let fleet = FakeFleet([
            .fails(Self.starting), .fails(Self.starting), .answers(Samples.rank),
        ])
        _ = try await answer("emulation rank", fleet)
        #expect(await fleet.dials == 3)
    }

    @Test("a change is made once, a plugin in quarantine is not waited for")
    func onceOnly() async {
        let restart = FakeFleet([.fails(Self.starting)])
        await #expect(throws: Failure.self) {
            _ = try await answer("plugin restart scoring", restart)
        }
        #expect(await restart.requests.count == 1)
        let quarantined = FakeFleet([
            .fails(Failure(.unavailable, "quarantine", reason: "PLUGIN_QUARANTINED"))
        ])
        await #expect(throws: Failure.self) { _ = try await answer("score", quarantined) }
        #expect(await quarantined.requests.count == 1)
    }

    @Test(
        "a change whose answer was lost is asked for again under the same key; the next has another",
        arguments: [
            "nominate replace --list l --unit MX --reason r 1/QĐ 2/QĐ",
            "nominate submit --list l --unit MX", "nominate lock --list l",
        ])
    func oneKeyAChange(_ line: String) async throws {
        let lost = Failure(.unavailable, "lost", reason: "CONNECTION_LOST")
        let change = CampaignV1.ListChange.with { $0.status = "replaced" }
        let fleet = FakeFleet([
            .fails(lost), .fails(lost), .answers(change), .answers(change),
        ])
        let answer = try await answer(line, fleet)
        #expect(answer.status == .ok)
        _ = try await self.answer(line, fleet)
        let keys = await fleet.keys
        #expect(keys.count == 4)
        #expect(Set(keys.prefix(3)).count == 1)
        #expect(Set(keys).count == 2)
        #expect(keys.allSatisfy { (16...128).contains($0.utf8.count) })
    }

    @Test("recording carries a key; a dry run and a question carry none")
    func keysAreOfChanges() async throws {
        let record = FakeFleet([.answers(CaseworkV1.RecordReply())])
        _ = try await answer("case record payment MX 1/QĐ", record)
        #expect(await record.keys.first?.isEmpty == false)
        let trial = FakeFleet([.answers(CaseworkV1.RecordReply())])
        _ = try await answer("case record payment MX 1/QĐ --dry-run", trial)
        #expect(await trial.keys == [""])
    }

    @Test("status --wait looks until the fleet is ready")
    func wait() async throws {
        var starting = AdminV1.StatusReply()
        var plugin = AdminV1.PluginSummary()
        plugin.id = "scoring"
        plugin.state = "STARTING"
        starting.plugins = [plugin]
        var ready = starting
        ready.ready = true
        let fleet = FakeFleet([
            .fails(Failure(.unavailable, "x", reason: Failure.unreached)), .answers(starting),
            .answers(ready),
        ])
        let session = Session(fleet, pace: Self.quick)
        let reply = try await Readiness(session, pace: Self.quick).awaited(seconds: 30)
        #expect(reply.ready)
        let late = Session(FakeFleet([.answers(starting)]), pace: Self.quick)
        let trouble = await #expect(throws: Trouble.self) {
            try await Readiness(late, pace: Self.quick).awaited(seconds: 0)
        }
        #expect(trouble?.status == .unreachable)
        #expect(trouble?.message.contains("scoring STARTING") == true)
    }

    @Test("the import's stream ends with its result")
    func commit() async throws {
        var progress = IngestionV1.CommitEvent()
        var step = IngestionV1.Progress()
        step.phase = "checking"
        progress.event = .progress(step)
        var last = IngestionV1.CommitEvent()
        var result = IngestionV1.Result()
        result.status = "unchanged"
        last.event = .result(result)
        let service = WireImportService(
            session: Session(FakeFleet([.streams([progress, last])]), pace: Self.quick))
        #expect(try await service.commit(.init()) { _ in }.status == "unchanged")
        let cut = WireImportService(
            session: Session(FakeFleet([.streams([progress])]), pace: Self.quick))
        await #expect(throws: Failure.self) { _ = try await cut.commit(.init()) { _ in } }
    }
}
