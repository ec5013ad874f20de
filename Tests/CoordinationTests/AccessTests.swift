import Reflection
import Testing
import Transport
import Wire

@testable import Coordination

/// Policies as they are read, and what follows from them; no process, no clock.
@Suite struct AccessTests {
    private let text = """
        schema_version: 1
        methods:
          a.A:
            Read: [clerk, officer, division]
            Write: [clerk]
        grants:
          - {principal: "uid:1001", role: clerk, units: [VC]}
          - {principal: "uid:1001", role: officer, units: [NN], officers: [CHV-1, CHV-2]}
          - {principal: "cert:pnv", role: division}
          - {principal: "cert:mis", role: system, units: [VC], methods: [a.A/Write]}
        limits:
          default: {calls_per_second: 10, burst: 20, concurrent: 3}
          system: {calls_per_second: 100, burst: 200, concurrent: 30}
        """

    private func policy(_ text: String) throws -> AccessPolicy {
        try PolicyReader.parse(Array(text.utf8), file: "access.yaml")
    }

    private func stamp(_ policy: AccessPolicy, _ principal: String, _ path: String) -> String? {
        let caller = Caller(
            principal: principal, grants: policy.grants(of: principal, isOwner: false),
            policy: policy)
        return caller.stamp(for: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        arguments: [
            (
                "uid:1001", "/a.A/Read",
                "clerk\tfull\tunits\tu:VC\nofficer\tfull\tofficers\tu:NN\to:CHV-1\to:CHV-2"
            ),
            ("uid:1001", "/a.A/Write", "clerk\tfull\tunits\tu:VC"),
            ("cert:pnv", "/a.A/Read", "division\tfull\tprovince"),
            ("cert:pnv", "/a.A/Write", nil),
            ("cert:mis", "/a.A/Read", nil),
            ("cert:mis", "/a.A/Write", "system\tmasked\tunits\tu:VC"),
            ("uid:1002", "/a.A/Read", nil),
            ("uid:1001", "/a.A/Erase", nil),
        ] as [(String, String, String?)])
    func onlyTheRightsThatAllowACallAreTold(
        principal: String, path: String, expected: String?
    ) throws {
        let policy = try policy(text)
        #expect(stamp(policy, principal, path) == expected)
        if let expected {
            let decoded = try #require(AccessStamp.decoded(expected))
            #expect(String(decoding: AccessStamp.encoded(decoded), as: UTF8.self) == expected)
        }
    }

    @Test func theOwnerMayDoEverythingUnlessThePolicySaysWhatItIs() throws {
        let policy = try policy(text)
        #expect(policy.grants(of: "uid:7", isOwner: true) == [.owner])
        #expect(policy.grants(of: "uid:1001", isOwner: true).map(\.role) == [.clerk, .officer])
    }

    @Test(arguments: [
        ("grant: []", "access.yaml:2: unknown key 'grant' in the file; did you mean 'grants'?"),
        (
            "grants: [{principal: \"uid:1\", role: clark, units: [A]}]",
            "access.yaml:2: 'grants[1].role' must be one of ops, clerk, officer, head_of_unit, division, "
                + "leader, system, administrator, found 'clark'; did you mean 'clerk'?"
        ),
        (
            "grants: [{principal: \"uid:1\", role: clerk}]",
            "access.yaml:2: 'grants[1]' must say which, for the role clerk; add units: [CODE]"
        ),
        (
            "grants: [{principal: \"uid:1\", role: division, units: [A]}]",
            "do not go with the role division, which sees the province"
        ),
        (
            "grants: [{principal: \"uid:1\", role: officer, units: [A]}]",
            "must say which, for the role officer; add officers: [CODE]"
        ),
        (
            "grants: [{principal: \"uid:1\", role: clerk, units: [A], methods: [a.A/B]}]",
            "are for the role system; clerk has those of the table"
        ),
        (
            "grants: [{principal: \"token:x\", role: ops}]",
            "must be a principal such as uid:1001, cert:NAME or plugin:ID"
        ),
        ("methods: {a.A: {Read: [clerk, clerck]}}", "did you mean 'clerk'?"),
        ("limits: {clerks: {calls_per_second: 1, burst: 1, concurrent: 1}}", "which is no role"),
        ("limits: {clerk: {calls_per_second: 0, burst: 1, concurrent: 1}}", "must lie between 1"),
    ])
    func whatIsWrongIsNamedWithItsLine(line: String, expected: String) throws {
        let refusal = try #require(throws: ManifestRefusal.self) {
            try policy("schema_version: 1\n" + line)
        }
        #expect(refusal.description.contains(expected), "\(refusal)")
        #expect(refusal.description.hasPrefix("access.yaml:2: "))
    }

    @Test func aRowOfTheSiteTakesThePlaceOfTheTables() throws {
        var whole = try policy(text)
        whole.take(
            try policy(
                """
                schema_version: 1
                methods: {a.A: {Write: [division]}}
                grants: [{principal: "cert:pnv", role: ops}]
                """))
        #expect(whole.methods["/a.A/Write"]?.roles == AccessRoles([.division]))
        #expect(whole.methods["/a.A/Read"]?.roles == AccessRoles([.clerk, .officer, .division]))
        #expect(whole.grants["cert:pnv"]?.map(\.role) == [.division, .ops])
    }

    @Test(arguments: [
        (
            "uid:1001", "/a.A/Read", true, "uid:1001 is clerk, officer, which may call /a.A/Read",
            "access.yaml:4"
        ),
        (
            "cert:mis", "/a.A/Write", true, "the grant of cert:mis names /a.A/Write",
            "access.yaml:10"
        ),
        (
            "cert:pnv", "/a.A/Write", false, "cert:pnv is division, and may not call /a.A/Write",
            "access.yaml:5"
        ),
        (
            "cert:pnv", "/a.A/Erase", false,
            "cert:pnv is division, and no role is allowed /a.A/Erase", ""
        ),
        ("uid:9", "/a.A/Read", false, "uid:9 has no rights in this fleet", ""),
    ])
    func aVerdictNamesItsRule(
        principal: String, path: String, isAllowed: Bool, reason: String, place: String
    ) throws {
        let policy = try policy(text)
        let verdict = policy.verdict(
            on: principal, path, policy.grants(of: principal, isOwner: false))
        #expect(verdict.isAllowed == isAllowed)
        #expect(verdict.reason == reason)
        #expect(verdict.place == place)
        #expect(verdict.hint.isEmpty == isAllowed)
    }

    @Test func thePrincipalsLimitIsTheWidestOfItsRoles() throws {
        let policy = try policy(text)
        #expect(policy.rate(of: policy.grants["cert:mis"] ?? [])?.perSecond == 100)
        #expect(policy.rate(of: policy.grants["uid:1001"] ?? [])?.concurrent == 3)
        #expect(policy.rate(of: [.owner]) == nil)
    }

    @Test func misspeltMethodsOfKnownServicesAreFound() throws {
        let known = KnownMethods(try .init(encoded: Descriptors.fileSet))
        let policy = try policy(
            """
            schema_version: 1
            methods:
              caodiem.auction.v1.Auction: {Lst: [clerk]}
              unknown.v1.Service: {Do: [clerk]}
            """)
        #expect(
            policy.faults(known) == [
                "access.yaml:3: caodiem.auction.v1.Auction has no method 'Lst'; did you mean 'List'?"
            ])
    }
}

/// The bucket of one principal, moment by moment.
@Suite struct CallMeterTests {
    private let second: Int64 = 1_000_000_000

    /// What a meter says to calls that begin at those moments, each ended at once or kept open.
    private func verdicts(
        _ rate: CallRate, keepsOpen: Bool, _ moments: [Int64]
    ) -> [CallMeter.Verdict] {
        var meter = CallMeter(rate, at: 0)
        return moments.map { moment in
            let verdict = meter.begin(at: moment)
            if verdict == .admitted, !keepsOpen { meter.ended() }
            return verdict
        }
    }

    @Test func aBurstThenTheRate() {
        let moments =
            [0, 0, 0, 0, second / 4, second / 2, second / 2]
            + Array(repeating: 100 * second, count: 4)
        let found = verdicts(
            CallRate(perSecond: 2, burst: 3, concurrent: 9), keepsOpen: false, moments)
        #expect(
            found == [
                .admitted, .admitted, .admitted, .tooFast(after: .milliseconds(500)),
                .tooFast(after: .milliseconds(250)), .admitted, .tooFast(after: .milliseconds(500)),
                // A rest fills it, and no further than the burst.
                .admitted, .admitted, .admitted, .tooFast(after: .milliseconds(500)),
            ])
    }

    @Test func openCallsAreCounted() {
        var meter = CallMeter(CallRate(perSecond: 100, burst: 100, concurrent: 2), at: 0)
        let first = [meter.begin(at: 0), meter.begin(at: 0), meter.begin(at: 0)]
        #expect(first == [.admitted, .admitted, .tooMany(open: 2)])
        meter.ended()
        let next = meter.begin(at: 0)
        #expect(next == .admitted)
    }

    /// Against a count of whole tokens in exact fractions.
    @Test func neverMoreThanTheRateAllows() {
        var state: UInt64 = 7
        for rate in [1, 3, 7, 50, 1000] {
            let (burst, start) = (rate * 2, Int64(5))
            var meter = CallMeter(
                CallRate(perSecond: rate, burst: burst, concurrent: 1_000_000), at: start)
            var now = start
            var admitted = 0
            for _ in 0..<5000 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                now += Int64(state >> 40) % (second / Int64(rate))
                if meter.begin(at: now) == .admitted { admitted += 1 }
                let allowed = Double(burst) + Double(now - start) * Double(rate) / 1e9
                #expect(Double(admitted) <= allowed + 1e-6)
            }
            // And it gives what it allows: demand was above the rate throughout.
            #expect(Double(admitted) >= Double(now - start) * Double(rate) / 1e9 * 0.95)
        }
    }

    @Test func knockingIsToldOnceAndThenCounted() {
        var tally = RefusalTally()
        let key = RefusalTally.Key(principal: "uid:1001", path: "/a.A/Read")
        let told = (0...500).map { tally.note(key, "no", at: Int64($0)) }
        #expect(told == [true] + Array(repeating: false, count: 500))
        let early = tally.due(at: 9_999)
        #expect(early.isEmpty)
        let due = tally.due(at: 10_000)
        #expect(due.map(\.count) == [500] && due.map(\.key) == [key])
        let later = tally.due(at: 20_000)
        let again = tally.note(key, "no", at: 20_000)
        #expect(later.isEmpty && again)
        // Kinds without end are told together.
        for number in 0..<5000 {
            _ = tally.note(.init(principal: "uid:\(number)", path: "/x"), "no", at: 20_001)
        }
        let crowd = tally.due(at: 40_000)
        #expect(crowd.contains { $0.key == RefusalTally.others && $0.count > 3000 })
    }
}
