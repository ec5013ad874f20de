import Testing
import Wire

@testable import Coordination

struct RoutingTests {
    private func table() -> RoutingTable {
        RoutingTable(ownServices: ["caodiem.admin.v1.Admin"], plugins: ["auction", "scoring"])
    }

    @Test func aServiceBelongsToThePluginThatDescribedIt() {
        var table = table()
        #expect(table.claim(["caodiem.auction.v1.Auction"], by: "auction") == nil)
        table.set(.open(incarnation: 3), of: "auction")
        #expect(
            table.route("/caodiem.auction.v1.Auction/Gaps")
                == .plugin("auction", incarnation: 3))
        #expect(
            table.claim(["caodiem.auction.v1.Auction"], by: "scoring")
                == "service caodiem.auction.v1.Auction is claimed by plugins auction and "
                + "scoring; remove one of them and restart the other")
        #expect(
            table.claim(["caodiem.admin.v1.Admin"], by: "scoring")
                == "service caodiem.admin.v1.Admin is the coordinator's own and cannot be "
                + "served by plugin scoring")
    }

    @Test func ownServicesStayHere() {
        #expect(
            table().route("/caodiem.admin.v1.Admin/Status")
                == MethodPath("/caodiem.admin.v1.Admin/Status").map { .own($0) })
    }

    @Test func whatIsUnknownDependsOnWhoIsStillSilent() {
        var table = table()
        _ = table.claim(["a.A"], by: "auction")
        #expect(
            table.route("/b.B/Go")
                == .refused(.perhapsStarting("b.B", plugins: ["scoring"])))
        table.set(.closed(.invalid, reason: "no such file"), of: "scoring")
        guard case .refused(let refusal) = table.route("/b.B/Go") else {
            Issue.record("an unknown service was routed")
            return
        }
        #expect(refusal.code == .unimplemented)
        #expect(refusal.message == "no plugin serves b.B")
        #expect(refusal.hint == "plugins that do not run and might serve it: scoring")
    }

    @Test(arguments: ["", "/", "a/b", "/a", "/a/", "//b", "/a/b/c", "a.A/Go"])
    func malformedPathsAreRefused(path: String) {
        #expect(table().route(path) == .refused(.malformedPath(path)))
    }

    @Test func aPluginOutOfServiceSaysWhy() {
        var table = table()
        _ = table.claim(["a.A"], by: "auction")
        table.set(.closed(.backoff, reason: "exit 1"), of: "auction")
        guard case .closed("auction", let refusal) = table.route("/a.A/Go") else {
            Issue.record("a call went to a plugin in BACKOFF")
            return
        }
        #expect(refusal.message == "plugin auction is BACKOFF: exit 1")
        #expect(refusal.reason == "PLUGIN_BACKOFF")
        #expect(refusal.retryable)
        table.set(.closed(.quarantined, reason: ""), of: "auction")
        guard case .closed("auction", let quarantined) = table.route("/a.A/Go") else { return }
        #expect(!quarantined.retryable)
    }

    @Test func aClientCannotSayWhoItIs() {
        let stamp = CallStamp(
            principal: "uid:1000", access: Array("ops".utf8),
            receivedAtMilliseconds: 1_622_480_399_999, requestID: "r1")
        let stamped = stamp.applied(to: [
            entry("caodiem-principal", Array("uid:0".utf8)),
            entry("Caodiem-Principal", Array("uid:0".utf8)),
            entry("caodiem-access", Array("administrator".utf8)),
            entry("caodiem-idempotency-key", Array("k".utf8)),
            entry("x-trace", [0, 255]),
        ])
        #expect(
            stamped.map(\.key) == [
                "caodiem-idempotency-key", "x-trace", "caodiem-principal", "caodiem-access",
                "caodiem-received-on", "caodiem-received-at", "caodiem-request-id",
            ])
        let texts = stamped.map { String(decoding: $0.value, as: UTF8.self) }
        #expect(texts[2...] == ["uid:1000", "ops", "2021-05-31", "1622480399999", "r1"])
    }

    private func entry(_ key: String, _ value: [UInt8]) -> WireV1.MetadataEntry {
        var entry = WireV1.MetadataEntry()
        entry.key = key
        entry.value = value
        return entry
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01"), (-25_200_001, "1969-12-31"), (-25_200_000, "1970-01-01"),
        (61_199_999, "1970-01-01"), (61_200_000, "1970-01-02"),
        (1_582_909_200_000, "2020-02-29"), (1_582_995_600_000, "2020-03-01"),
        (951_757_200_000, "2000-02-29"), (4_107_517_199_999, "2100-02-28"),
        (4_107_517_200_000, "2100-03-01"),
        (1_609_433_999_999, "2020-12-31"), (1_609_434_000_000, "2021-01-01"),
    ])
    func theDayIsVietnams(milliseconds: Int64, day: String) {
        #expect(CallStamp.vietnamDay(of: milliseconds) == day)
    }

    @Test func attributesMustAgree() {
        var attributes = FleetAttributes()
        #expect(attributes.report([(key: "law_book", value: "sha256:a")], by: "auction") == nil)
        #expect(
            attributes.report([(key: "law_book", value: "sha256:b")], by: "scoring")
                == "law_book differs over the fleet: plugin scoring has sha256:b, "
                + "plugin auction has sha256:a; bring both to one version")
        attributes.forget("auction")
        #expect(attributes.report([(key: "law_book", value: "sha256:b")], by: "scoring") == nil)
        #expect(attributes.shared.map(\.value) == ["sha256:b"])
    }
}
