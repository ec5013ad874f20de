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
            settings:
            """
        let plan = fleet.folder.path + "/plan.yaml"
        try Data(text.replacing("\nsettings:", with: "\n" + roles).utf8)
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
}
