import Foundation
import Testing

/// The track of one asset through a real fleet: recorded step by step, refused with the article, shown, watched.
@Suite(.serialized) struct AuctionTrackTests {
    private static let way: [[String]] = [
        ["seized", "--on", "2021-03-01", "--kind", "real_estate"],
        ["valued", "--on", "2021-03-22", "--amount", "900000000"],
        ["auction-contract", "--on", "2021-03-30", "--house", "Đấu giá Sóc Trăng"],
        ["posted", "--on", "2021-03-31"],
        ["held", "--on", "2021-04-19", "--outcome", "no_bids"],
        ["notified", "--on", "2021-04-20"],
        ["reduction-notice", "--on", "2021-04-22"],
    ]

    @Test func aTrackIsRecordedRefusedShownAndWatched() throws {
        let fleet = try FleetUnderTest()
        let place = try Folder("track")
        _ = try place.write("units.csv", RefusalTests.units)
        _ = try place.write(
            "cases.csv",
            "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "A,1/QĐ,2021-01-05,on_request,1000000000\n")
        _ = try place.write(
            "auction_houses.csv",
            "house_code,name,licence_until\nĐG9,Đấu giá Hết Hạn,2021-02-28\n")
        #expect(try fleet.cli(["import", place.path]).code == 0)
        for step in Self.way {
            let reply = try record(step, fleet)
            #expect(reply["status"] as? String == "recorded")
            #expect((reply["findings"] as? [Any])?.isEmpty == true)
        }
        #expect(try record(Self.way[5], fleet)["status"] as? String == "unchanged")

        let unfit = try fleet.cli(
            ["auction", "record", "auction-contract", "A", "1/QĐ", "1", "--on", "2021-03-29"]
                + ["--house", "ĐG9"])
        #expect(unfit.code == 4, "\(unfit.out)\(unfit.err)")
        #expect(unfit.err.contains("28/02/2021"))

        let early = try fleet.cli(
            ["auction", "record", "reduced", "A", "1/QĐ", "1", "--on", "2021-05-03", "--amount"]
                + ["810000000"])
        #expect(early.code == 4, "\(early.out)\(early.err)")
        #expect(early.err.contains("LTHADS Điều 104.1"))
        #expect(early.err.contains("04/05/2021"))
        let reduced = try record(
            ["reduced", "--on", "2021-05-04", "--amount", "810000000"], fleet)
        #expect((reduced["track"] as? [String: Any])?["current_price"] as? Int == 810_000_000)

        try expectShown(fleet)
        let watched = try fleet.cli(
            ["auction", "watch", "--as-of", "2021-05-05", "--timeout", "2", "--format", "json"])
        let lines = watched.out.split(separator: "\n")
        #expect(lines.count == 2, "\(watched.out)\(watched.err)")
        #expect(lines.first?.contains(#""state":"reduced""#) == true)
        #expect(lines.last?.contains(#""caught_up":true"#) == true)
        #expect(try fleet.stop() == 0)
    }

    private func expectShown(_ fleet: FleetUnderTest) throws {
        let shown = try fleet.json(
            ["auction", "show", "A", "1/QĐ", "1", "--as-of", "2021-05-05"])
        let steps = try #require(shown["steps"] as? [[String: Any]])
        #expect(steps.map { $0["event"] as? String }.count == Self.way.count + 1)
        #expect(steps.allSatisfy { ($0["citation"] as? String)?.isEmpty == false })
        #expect((shown["findings"] as? [Any])?.isEmpty == true)
        let money = try #require(shown["money"] as? [String: Any])
        #expect(money["value"] as? Int == 900_000_000)
        #expect(money["reduced"] as? Int == 90_000_000)
        #expect(money["price"] as? Int == 810_000_000)
        // No public notice was recorded for the auction of 19/04.
        let schedule = try #require(shown["schedule"] as? [[String: Any]])
        #expect(schedule.map { $0["fault"] as? String } == ["notices_missing"])
        let text = try fleet.cli(["auction", "show", "A", "1/QĐ", "1", "--as-of", "2021-05-05"])
        #expect(text.out.contains("đấu giá lần 1: không có người trả giá"))
        let list = try fleet.json(["auction", "list", "--as-of", "2021-04-20"])
        let tracks = try #require(list["tracks"] as? [[String: Any]])
        #expect(tracks.first?["state"] as? String == "failed")
        #expect(list["law_book"] as? String != nil)
    }

    private func record(_ step: [String], _ fleet: FleetUnderTest) throws -> [String: Any] {
        try fleet.json(
            ["auction", "record", step[0], "A", "1/QĐ", "1"] + Array(step.dropFirst()))
    }
}
