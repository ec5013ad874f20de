import Foundation
import Testing

/// Forecasts, the registry and its signals in a running fleet; dates against a calculation of their own.
@Suite(.serialized) struct ForecastTests {
    static let days = ["2021-03-25", "2021-05-14"]

    @Test func agreesWithTheIndependentCalculationAndKnowsTheFirms() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: 21, units: 4, cases: 700, profile: "soc-trang", in: fleet.folder)
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        #expect(try fleet.json(["import", csv])["status"] as? String == "applied")
        for day in ForecastTests.days { try compareForecasts(fleet, csv, day) }
        try outlook(fleet)
        try firms(fleet, csv)
        #expect(try fleet.stop() == 0)
    }

    private func compareForecasts(_ fleet: FleetUnderTest, _ csv: String, _ day: String) throws {
        let listed = try fleet.json(["auction", "list", "--as-of", day])
        let tracks = try #require(listed["tracks"] as? [[String: Any]])
        #expect(tracks.count > 10)
        let step = max(1, tracks.count / 16)
        var answers: [String] = []
        for index in stride(from: 0, to: tracks.count, by: step) {
            let key = try ["unit", "decision_no", "asset_no"].map { name in
                try #require(tracks[index][name] as? String)
            }
            let ours = try fleet.cli(
                ["auction", "simulate"] + key + ["--as-of", day, "--format", "json"])
            try #require(ours.code == 0, "\(key): \(ours.err)")
            answers.append(ours.out)
        }
        let file = try fleet.folder.write("answers.json", "[\(answers.joined(separator: ","))]")
        let verdict = try Project.run(
            "/usr/bin/python3",
            [
                "-B", Project.root + "/Tests/Oracle/forecast.py", "--csv", csv, "--as-of", day,
                "--answers", file,
            ])
        #expect(verdict.code == 0, "\(day): \(verdict.out.suffix(3_000))\(verdict.err)")
        let compared = verdict.out.split(separator: "\n").last?.split(separator: " ").first
        #expect(compared.flatMap { Int($0) } ?? 0 >= 20, "\(verdict.out)")
    }

    private func outlook(_ fleet: FleetUnderTest) throws {
        let answer = try fleet.json(["auction", "outlook", "--as-of", "2021-03-25"])
        let units = try #require(answer["units"] as? [[String: Any]])
        #expect(units.count == 4)
        let states = units.flatMap { unit in
            (unit["targets"] as? [[String: Any]] ?? []).flatMap { target in
                (target["cases"] as? [[String: Any]] ?? []).compactMap { $0["state"] as? String }
            }
        }
        #expect(!states.isEmpty)
        let score = try fleet.json(["score", "--as-of", "2021-03-25"])
        let scored = (score["units"] as? [[String: Any]] ?? []).flatMap { unit in
            (unit["targets"] as? [[String: Any]] ?? []).filter {
                ($0["id"] as? String)?.hasPrefix("large_value") == true
            }.compactMap { $0["numerator"] as? Int }
        }
        #expect(states.count { $0 == "met" } == scored.reduce(0, +))
    }

    /// Corrects the registry of a house that the rounds name: its licence ended long ago.
    private func firms(_ fleet: FleetUnderTest, _ csv: String) throws {
        let before = try fleet.json(["auction", "house", "list", "--as-of", "2021-09-30"])
        let named = try #require(before["houses"] as? [[String: Any]])
        let busiest = try #require(
            named.max { held($0) < held($1) }, "rounds name no house")
        #expect(busiest["registered"] as? Bool == true)
        let name = try #require(busiest["name"] as? String)
        let code = try #require(busiest["code"] as? String)
        let registry = try Folder("registry")
        _ = try registry.write(
            "auction_houses.csv",
            "house_code,name,licence_until\n\(code),\"\(name)\",2019-12-31\n")
        #expect(try fleet.json(["import", registry.path])["status"] as? String == "applied")
        let shown = try fleet.json([
            "auction", "house", "show", code.lowercased(), "--as-of", "2021-09-30",
        ])
        let house = try #require((shown["houses"] as? [[String: Any]])?.first)
        #expect(held(house) == held(busiest) && house["registered"] as? Bool == true)
        #expect((house["findings"] as? [Any])?.isEmpty == false)
        #expect(try fleet.cli(["auction", "house", "show", "NHÀ-LẠ"]).code == 1)
        let signals = try fleet.cli(["auction", "signals", "--as-of", "2021-09-30"])
        #expect(signals.code == 0, "\(signals.err)")
        let track = try #require(
            (try fleet.json(["auction", "list", "--as-of", "2021-03-25"])["tracks"]
                as? [[String: Any]])?.first)
        let key = ["unit", "decision_no", "asset_no"].compactMap { track[$0] as? String }
        let refused = try fleet.cli(
            ["auction", "simulate"] + key + ["--reduction", "11%", "--as-of", "2021-03-25"])
        #expect(refused.code == 4 && refused.err.contains("104.5"), "\(refused.err)")
    }

    private func held(_ house: [String: Any]) -> Int {
        (house["record"] as? [String: Any])?["held"] as? Int ?? 0
    }
}
