import Foundation
import Testing

/// The main job against the independent calculation in Tests/Oracle, from the same CSV files.
@Suite(.serialized) struct MainJobTests {
    struct Province: Sendable {
        let seed: Int
        let units: Int
        let cases: Int
        let profile: String
    }

    static let provinces = [
        Province(seed: 7, units: 3, cases: 60, profile: "edges"),
        Province(seed: 8, units: 9, cases: 700, profile: "edges"),
        Province(seed: 2021, units: 12, cases: 1_500, profile: "soc-trang"),
        Province(seed: 5, units: 1, cases: 0, profile: "soc-trang"),
    ]

    static let days = [
        "2021-02-20", "2021-02-28", "2021-03-01", "2021-04-15", "2021-05-31", "2021-06-07",
        "2021-09-30",
    ]

    @Test(arguments: provinces.indices) func agreesWithTheIndependentCalculation(
        _ index: Int
    ) throws {
        let province = MainJobTests.provinces[index]
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: province.seed, units: province.units, cases: province.cases,
            profile: province.profile, in: fleet.folder)
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        let first = try fleet.json(["import", csv])
        #expect(first["status"] as? String == "applied")
        let again = try fleet.json(["import", csv])
        #expect(again["status"] as? String == "unchanged")
        for (number, day) in MainJobTests.days.enumerated() {
            if (number + index) % 3 == 0 {
                try compare(["worklist"], "worklist", fleet, csv, day)
            }
            try compare(["score"], "score", fleet, csv, day)
            try compare(["auction", "gaps", "--past"], "gaps", fleet, csv, day, ["--past"])
            try compare(["emulation", "rank"], "rank", fleet, csv, day)
        }
        for (unit, number) in try sampleOfCases(csv, count: 12) {
            try compare(
                ["case", "show", unit, number], "case", fleet, csv, "2021-05-31",
                [unit, number])
        }
        #expect(try fleet.stop() == 0)
    }

    /// Runs ours and the oracle for one day and lets the oracle's comparison judge.
    private func compare(
        _ command: [String], _ kind: String, _ fleet: FleetUnderTest, _ csv: String, _ day: String,
        _ oracleArguments: [String] = []
    ) throws {
        let ours = try fleet.cli(command + ["--as-of", day, "--format", "json"])
        try #require(ours.code == 0, "\(command) \(day): \(ours.err)")
        let python = "/usr/bin/python3"
        let oracle = Project.root + "/Tests/Oracle"
        let isPlanned = ["score", "rank", "worklist"].contains(kind)
        let plan = isPlanned ? ["--plan", FleetUnderTest.plan] : []
        let theirs = try Project.run(
            python,
            ["-B", oracle + "/oracle.py", kind, "--csv", csv, "--as-of", day] + plan
                + oracleArguments)
        try #require(theirs.code == 0, "\(theirs.err)")
        let a = try fleet.folder.write("ours.json", ours.out)
        let b = try fleet.folder.write("theirs.json", theirs.out)
        let verdict = try Project.run(
            python, ["-B", oracle + "/compare.py", a, b, "--kind", kind])
        #expect(
            verdict.code == 0,
            "\(kind) on \(day) of \(csv):\n\(verdict.out.prefix(3_000))\(verdict.err)")
    }

    @Test func aNumberTypedWithAccentsApartIsFound() throws {
        let fleet = try FleetUnderTest()
        let number = "12/QĐ-Cục"
        let place = try Folder("composed")
        _ = try place.write("units.csv", RefusalTests.units)
        _ = try place.write(
            "cases.csv",
            "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "A,\(number),2021-01-05,on_request,5\n")
        #expect(try fleet.cli(["import", place.path]).code == 0)
        let apart = number.decomposedStringWithCanonicalMapping
        #expect(Array(apart.utf8) != Array(number.utf8))
        let outcome = try fleet.cli(["case", "show", "A", apart, "--as-of", "2021-05-31"])
        #expect(outcome.code == 0, "\(outcome.err)")
    }

    private func sampleOfCases(_ csv: String, count: Int) throws -> [(String, String)] {
        let lines = try Project.text(csv + "/cases.csv").split(whereSeparator: \.isNewline)
        let rows = lines.dropFirst()
        guard !rows.isEmpty else { return [] }
        let step = max(1, rows.count / count)
        return stride(from: 0, to: rows.count, by: step).compactMap { offset in
            let cells = rows[rows.startIndex + offset].split(
                separator: ",", omittingEmptySubsequences: false)
            guard cells.count > 2, !cells[1].hasPrefix("\"") else { return nil }
            return (String(cells[0]), String(cells[1]))
        }
    }
}
