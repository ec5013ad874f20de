import Foundation
import Glibc
import Testing

/// Scoring by people, by real processes: who may not is refused with exit 4, and the attempt stands.
@Suite(.serialized) struct EmulationCourseTests {
    @Test func scoringByPeopleThroughTheFleet() throws {
        let fleet = try FleetUnderTest()
        let me = "uid:\(getuid())"
        let text = try Project.text(FleetUnderTest.plan)
        let roles = """
              roles:
                - { principal: "\(me)", role: self, units: [A] }
                - { principal: "cert:hd", role: council }
              objections:
            """
        let plan = fleet.folder.path + "/plan.yaml"
        try Data(text.replacing("  objections:", with: roles).utf8)
            .write(to: URL(fileURLWithPath: plan))
        let units = fleet.folder.path + "/units.csv"
        try Data("unit_code,name,level\nA,Chi cục A,district\nB,Chi cục B,district\n".utf8)
            .write(to: URL(fileURLWithPath: units))
        let applied = try fleet.cli(["campaign", "apply", "-f", plan])
        try #require(applied.code == 0, "\(applied.err)")
        try #require(try fleet.cli(["import", units]).code == 0)
        let sheet = try fleet.json(["emulation", "submit", "A", "--as-of", "2021-05-31"])
        #expect(sheet["state"] as? String == "submitted")
        #expect(sheet["schema"] as? String == "caodiem.emulation-sheet/1")
        for command in [["submit", "B"], ["review", "A"], ["decide", "A"]] {
            let refused = try fleet.cli(["emulation"] + command)
            #expect(refused.code == 4, "\(command): \(refused.err)")
        }
        let kept = try fleet.json(["emulation", "refusals"])
        let rows = try #require(kept["refusals"] as? [[String: Any]])
        #expect(rows.compactMap { $0["step"] as? String } == ["submit", "review", "decide"])
        #expect(rows.allSatisfy { $0["principal"] as? String == me })
        let ranked = try fleet.json(["emulation", "rank", "--column", "self"])
        let ranks = try #require(ranked["rows"] as? [[String: Any]])
        #expect(ranks.first?["unit"] as? String == "A")
        #expect(ranks.last?["rank"] is NSNull)
        for command in ["grades", "fairness", "simulate", "proposals"] {
            let answer = try fleet.cli(["emulation", command])
            #expect(answer.code == 0, "\(command): \(answer.err)")
            #expect(!answer.out.isEmpty)
        }
        #expect(try fleet.stop() == 0)
    }

    /// A table with bands, floors, caps, levels and disqualifiers, on provinces that nobody has seen.
    @Test(arguments: [(31, "edges"), (32, "soc-trang")])
    func anyTableAgreesWithTheIndependentCalculation(_ seed: Int, _ profile: String) throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: seed, units: 9, cases: 400, profile: profile, in: fleet.folder)
        let oracle = Project.root + "/Tests/Oracle"
        let plan = oracle + "/table_plan.yaml"
        let applied = try fleet.cli(["campaign", "apply", "-f", plan])
        try #require(applied.code == 0, "\(applied.err)")
        try #require(try fleet.cli(["import", csv]).code == 0)
        for day in ["2021-03-20", "2021-05-31", "2021-06-01", "2021-07-15"] {
            let ours = try fleet.cli(["emulation", "rank", "--as-of", day, "--format", "json"])
            try #require(ours.code == 0, "\(day): \(ours.err)")
            let theirs = try Project.run(
                "/usr/bin/python3",
                [
                    "-B", oracle + "/oracle.py", "rank", "--csv", csv, "--plan", plan, "--as-of",
                    day,
                ])
            try #require(theirs.code == 0, "\(theirs.err)")
            let a = try fleet.folder.write("ours.json", ours.out)
            let b = try fleet.folder.write("theirs.json", theirs.out)
            let verdict = try Project.run(
                "/usr/bin/python3", ["-B", oracle + "/compare.py", a, b, "--kind", "rank"])
            #expect(verdict.code == 0, "\(day) of \(csv):\n\(verdict.out.prefix(3_000))")
        }
        #expect(try fleet.stop() == 0)
    }
}
