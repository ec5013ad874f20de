import Foundation
import Glibc
import Testing

/// Figures as they were known: corrections, late facts and retractions against the independent calculation, and
/// frozen answers byte for byte.
@Suite(.serialized) struct FreezeTests {
    private static let day = "2021-05-31"

    /// A second import over the first: every third payment corrected, and late ones to cases of the list.
    private func corrections(to csv: String, in folder: Folder) throws -> String {
        let target = folder.path + "/corrections"
        try FileManager.default.createDirectory(
            atPath: target, withIntermediateDirectories: true)
        let lines = try Project.text(csv + "/payments.csv").split(whereSeparator: \.isNewline)
            .map(String.init)
        let head = try #require(lines.first).split(separator: ",").map(String.init)
        let amount = try #require(head.firstIndex(of: "amount"))
        let receipt = try #require(head.firstIndex(of: "receipt_no"))
        let paid = try #require(head.firstIndex(of: "paid_on"))
        var out = [head.joined(separator: ",")]
        for (index, line) in lines.dropFirst().enumerated() where !line.contains("\"") {
            var cells = line.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            guard cells.count == head.count else { continue }
            switch index % 3 {
            case 0: cells[amount] = "\((Int(cells[amount]) ?? 0) / 2 + 1)"
            case 1:
                cells[receipt] = "SAU-\(index)"
                cells[paid] = "2021-03-15"
            default: continue
            }
            out.append(cells.joined(separator: ","))
        }
        try out.joined(separator: "\n").write(
            toFile: target + "/payments.csv", atomically: true, encoding: .utf8)
        return target
    }

    private func oracle(
        _ kind: String, _ csv: [String], agreesWith answer: String, _ fleet: FleetUnderTest
    ) throws {
        let place = Project.root + "/Tests/Oracle"
        let theirs = try Project.run(
            "/usr/bin/python3",
            ["-B", place + "/oracle.py", kind, "--as-of", Self.day, "--plan", FleetUnderTest.plan]
                + csv.flatMap { ["--csv", $0] })
        try #require(theirs.code == 0, "\(theirs.err)")
        let verdict = try Project.run(
            "/usr/bin/python3",
            [
                "-B", place + "/compare.py", try fleet.folder.write("ours.json", answer),
                try fleet.folder.write("theirs.json", theirs.out), "--kind", kind,
            ])
        #expect(verdict.code == 0, "\(kind):\n\(verdict.out.prefix(2_000))\(verdict.err)")
    }

    private func said(_ fleet: FleetUnderTest, _ arguments: [String]) throws -> String {
        let outcome = try fleet.cli(arguments)
        try #require(outcome.code == 0, "\(arguments): \(outcome.err)")
        return outcome.out
    }

    private func change(_ fleet: FleetUnderTest, _ arguments: [String]) throws -> String {
        let answer = try fleet.json(arguments)
        return "\(try #require(answer["change"] as? Int, "\(answer)"))"
    }

    @Test func whatWasKnownAndFrozenIsAnsweredAgain() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: 31, units: 4, cases: 400, profile: "soc-trang", in: fleet.folder)
        let later = try corrections(to: csv, in: fleet.folder)
        _ = try fleet.json(["campaign", "apply", "-f", FleetUnderTest.plan])
        let first = try change(fleet, ["import", csv])
        let score = ["score", "--as-of", Self.day]
        let json = ["--format", "json"]
        let before = try said(fleet, score + json)
        let rank = try said(fleet, ["emulation", "rank", "--as-of", Self.day] + json)
        let board = try said(fleet, score)
        let one = try said(fleet, score + ["--unit", "H001"] + json)

        let made = try fleet.json(["campaign", "freeze", "--as-of", Self.day])
        let id = try #require(made["freeze"] as? String)
        #expect(made["status"] as? String == "frozen")
        let again = try fleet.json(["campaign", "freeze", "--as-of", Self.day])
        #expect(again["freeze"] as? String == id)
        #expect(again["status"] as? String == "unchanged")

        let second = try change(fleet, ["import", later])
        let corrected = try said(fleet, score + json)
        try oracle("score", [csv], agreesWith: before, fleet)
        try oracle("score", [csv, later], agreesWith: corrected, fleet)
        for known in [[csv], [csv, later]] {
            let figures = try said(
                fleet,
                ["statistics", "--by", "officer", "--as-of", Self.day, "--known-at"]
                    + [known.count == 1 ? first : second] + json)
            try oracle("statistics", known, agreesWith: figures, fleet)
        }
        #expect(try said(fleet, score + ["--known-at", first] + json) == before)
        try differences(fleet, id, second)

        try namesWhatCameLate(fleet, second)

        let retracted = try change(fleet, ["import", "retract", second, "--yes"])
        #expect(retracted != second)
        try oracle("score", [csv], agreesWith: try said(fleet, score + json), fleet)
        #expect(try said(fleet, score + ["--known-at", second] + json) == corrected)
        #expect(try said(fleet, score + ["--known-at", first] + json) == before)

        #expect(try said(fleet, ["score", "--freeze", id] + json) == before)
        #expect(try said(fleet, ["score", "--freeze", id]) == board)
        #expect(try said(fleet, ["score", "--freeze", id, "--unit", "H001"] + json) == one)
        #expect(try said(fleet, ["emulation", "rank", "--freeze", id] + json) == rank)
        try damage(fleet, id)
        #expect(try fleet.stop() == 0)
    }

    /// The report's cases make up the difference of each figure, and name the import behind them.
    private func differences(_ fleet: FleetUnderTest, _ id: String, _ second: String) throws {
        let report = try fleet.json(["score", "diff", "--freeze", id])
        let found = report["differences"] as? [[String: Any]] ?? []
        #expect(!found.isEmpty)
        func figure(_ entry: [String: Any], _ side: String, _ name: String) -> Int {
            (entry[side] as? [String: Any])?[name] as? Int ?? 0
        }
        for entry in found {
            let cases = entry["cases"] as? [[String: Any]] ?? []
            #expect(!cases.isEmpty)
            for name in ["numerator", "denominator"] {
                let moved = figure(entry, "now", name) - figure(entry, "frozen", name)
                let ofCases = cases.reduce(0) {
                    $0 + figure($1, "now", name) - figure($1, "frozen", name)
                }
                #expect(moved == ofCases, "\(entry)")
            }
            #expect(cases.allSatisfy { "\($0["changes"] ?? "")".contains(second) })
        }
        let changes = report["changes"] as? [[String: Any]] ?? []
        #expect(changes.map { $0["files"] as? [String] } == [["payments.csv"]])
    }

    /// The payments of March that came in after the freeze are named, each with its import.
    private func namesWhatCameLate(_ fleet: FleetUnderTest, _ second: String) throws {
        let found = try fleet.json(["signals", "--as-of", Self.day])["signals"] as? [[String: Any]]
        let late = (found ?? []).filter { $0["check"] as? String == "recorded_after_close" }
        #expect(!late.isEmpty)
        let evidence = late.flatMap { $0["evidence"] as? [[String: Any]] ?? [] }
        let facts = evidence.map { entry in
            (entry["facts"] as? [[String: String]] ?? []).reduce(into: [:]) {
                $0[$1["name"] ?? ""] = $1["value"]
            }
        }
        #expect(facts.allSatisfy { $0["kind"] == "payments" && $0["change"] == second })
        #expect(facts.allSatisfy { $0["dated_on"] == "2021-03-15" })
    }

    private func damage(_ fleet: FleetUnderTest, _ id: String) throws {
        let damaged = try Project.run(
            "/usr/bin/python3",
            [
                "-c",
                "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
                    + "c.execute('DROP TRIGGER freezes_sealed_update'); "
                    + "c.execute('UPDATE freezes SET score = substr(score, 2)'); c.commit()",
                fleet.data + "/store.sqlite",
            ])
        try #require(damaged.code == 0, "\(damaged.err)")
        let refused = try fleet.cli(["score", "--freeze", id])
        #expect(refused.code == 1)
        #expect(refused.err.contains("không khớp mã băm"), "\(refused.err)")
        let listed = try fleet.json(["campaign", "freezes"])["freezes"] as? [[String: Any]] ?? []
        #expect(listed.map { $0["status"] as? String } == ["damaged"])
    }

    /// The same facts in another order, cut into two imports, beside another unit: no figure of a unit moves.
    @Test func orderSplittingAndOtherUnitsChangeNoFigure() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: 32, units: 3, cases: 300, profile: "soc-trang", in: fleet.folder)
        _ = try fleet.json(["campaign", "apply", "-f", FleetUnderTest.plan])
        for part in try halves(of: csv, in: fleet.folder) { _ = try fleet.json(["import", part]) }
        try oracle(
            "score", [csv],
            agreesWith: try said(fleet, ["score", "--as-of", Self.day, "--format", "json"]), fleet)
        let before = try units(fleet)
        let other = fleet.folder.path + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        let tables = [
            "units": "unit_code,name,level\nZZ,Chi cục ZZ,district\n",
            "cases": "unit_code,decision_no,decision_on,initiative,amount_due,received_on\n"
                + "ZZ,1/QĐ,2021-03-02,on_request,1000000,2021-03-01\n",
            "nominations": "unit_code,decision_no,list,submitted_on\n"
                + "ZZ,1/QĐ,large_value,2021-02-18\nZZ,1/QĐ,old_case,2021-02-18\n",
        ]
        for (name, text) in tables {
            try text.write(toFile: other + "/\(name).csv", atomically: true, encoding: .utf8)
        }
        _ = try fleet.json(["import", other])
        let after = try units(fleet)
        #expect(after["ZZ"] != nil)
        for (unit, figures) in before { #expect(after[unit] == figures, "\(unit)") }
        try samplePlans(fleet)
        try lists(fleet)
        #expect(try fleet.stop() == 0)
    }

    /// The fictional plans apply and score, each with its targets.
    private func samplePlans(_ fleet: FleetUnderTest) throws {
        let folder = Project.root + "/Samples/plans"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(files.count == 5)
        for file in files {
            _ = try fleet.json(["campaign", "apply", "-f", folder + "/" + file])
            let answer = try fleet.json(["score", "--as-of", Self.day])
            let province = (answer["province"] as? [String: Any])?["targets"] as? [[String: Any]]
            let counted = (province ?? []).filter { ($0["denominator"] as? Int ?? 0) > 0 }
            #expect(counted.count > 1, "\(file): \(province ?? [])")
        }
    }

    /// A list from its proposal to its lock.
    private func lists(_ fleet: FleetUnderTest) throws {
        let scope = ["--campaign", "soc-trang-2021", "--list", "large_value", "--unit", "ZZ"]
        let table =
            "unit_code,decision_no,decision_on,initiative,amount_due\n"
            + "ZZ,2/QĐ,2019-03-02,on_request,9000000\nZZ,3/QĐ,2019-03-02,on_request,8000000\n"
            + "ZZ,4/QĐ,2022-03-02,on_request,8000000\n"
        _ = try fleet.json(["import", try fleet.folder.write("cases.csv", table)])
        func found(_ command: String) throws -> [String: Any] {
            let answer = try fleet.json(["nominate", command, "--as-of", Self.day] + scope)
            return try #require((answer["lists"] as? [[String: Any]])?.first)
        }
        let proposed = try #require(try found("propose")["candidates"] as? [[String: Any]])
        #expect(
            proposed.filter { $0["proposed"] as? Bool == true }.map { $0["decision_no"] as? String }
                == ["2/QĐ", "3/QĐ"])
        func codes() throws -> [String?] {
            (try found("check")["findings"] as? [[String: Any]] ?? [])
                .map { $0["code"] as? String }
        }
        // 1/QĐ was decided after the list was due, and stands on it.
        #expect(try codes() == ["short", "not_eligible", "larger_left_out", "larger_left_out"])
        let unfit = try fleet.cli(["nominate", "submit"] + scope + ["4/QĐ", "--on", "2021-02-18"])
        #expect(unfit.code == 4, "\(unfit.err)")
        let submit = ["nominate", "submit"] + scope + ["2/QĐ", "--on", "2021-02-18"]
        #expect(try fleet.json(submit)["status"] as? String == "submitted")
        #expect(try fleet.json(submit)["status"] as? String == "unchanged")
        try replaceOnce(fleet, scope)
        #expect(try codes() == ["all"])
        #expect(try fleet.json(["nominate", "lock"] + scope)["status"] as? String == "locked")
        let closed = try fleet.cli(submit)
        #expect(closed.code == 4)
        #expect(closed.err.contains("đã khóa"), "\(closed.err)")
        let signals = try fleet.json(["signals", "--as-of", Self.day] + scope.prefix(2))
        #expect(signals["signals"] is [Any])
    }

    /// Replaces 1/QĐ by 3/QĐ; once more under the same key, to a worker that was killed since, is the same answer,
    /// and once more without it is a change that cannot be made.
    private func replaceOnce(_ fleet: FleetUnderTest, _ scope: [String]) throws {
        let request =
            #"{"campaign":"\#(scope[1])","list":"\#(scope[3])","unit":"ZZ","withdrawn":"1/QĐ","added":"3/QĐ","#
            + #""reason":"việc mới, chưa đủ điều kiện","replaced_on":"2021-02-19"}"#
        let keyed = [
            "call", "caodiem.campaign.v1.Campaign/Replace", "--data", request, "--metadata",
            "caodiem-idempotency-key=replace-1",
        ]
        let first = try fleet.cli(keyed)
        #expect(first.out.contains("replaced"), "\(first.err)")
        let worker = try fleet.pid(of: "scoring")
        kill(worker, SIGKILL)
        #expect(fleet.allGone([worker]))
        try fleet.ready()
        #expect(try fleet.cli(keyed).out == first.out)
        let again = try fleet.cli(
            ["nominate", "replace"] + scope + ["1/QĐ", "3/QĐ"]
                + ["--reason", "việc mới", "--on", "2021-02-19"])
        #expect(again.code == 4, "\(again.err)")
    }

    private func units(_ fleet: FleetUnderTest) throws -> [String: String] {
        let answer = try fleet.json(["score", "--as-of", Self.day])
        let units = answer["units"] as? [[String: Any]] ?? []
        return try units.reduce(into: [:]) { found, unit in
            let code = try #require(unit["unit"] as? String)
            let data = try JSONSerialization.data(withJSONObject: unit, options: .sortedKeys)
            found[code] = String(decoding: data, as: UTF8.self)
        }
    }

    /// The lines of a CSV; a cell in quotes may go over several.
    private func records(of text: String) -> [String] {
        var records: [String] = []
        var open = ""
        for line in text.split(whereSeparator: \.isNewline) {
            open += open.isEmpty ? "\(line)" : "\n\(line)"
            guard open.count(where: { $0 == "\"" }).isMultiple(of: 2) else { continue }
            records.append(open)
            open = ""
        }
        return records
    }

    /// Two imports with the cases in another order; the rows of one case stay in theirs.
    private func halves(of csv: String, in folder: Folder) throws -> [String] {
        var parts: [String] = []
        for half in 0..<2 {
            let target = folder.path + "/half\(half)"
            try FileManager.default.createDirectory(
                atPath: target, withIntermediateDirectories: true)
            for file in try FileManager.default.contentsOfDirectory(atPath: csv)
            where file.hasSuffix(".csv") {
                let text = try Project.text(csv + "/" + file)
                let lines = records(of: text)
                guard let head = lines.first else { continue }
                let ofCases = head.hasPrefix("unit_code,decision_no")
                var groups: [(key: String, rows: [String])] = []
                var places: [String: Int] = [:]
                for line in lines.dropFirst() {
                    let cells = line.split(separator: ",", maxSplits: 2)
                    let key =
                        ofCases
                        ? cells.prefix(2).joined(separator: ",")
                            .precomposedStringWithCanonicalMapping
                        : ""
                    if let place = places[key] {
                        groups[place].rows.append(line)
                    } else {
                        places[key] = groups.count
                        groups.append((key, [line]))
                    }
                }
                let chosen = groups.reversed().filter {
                    ofCases ? $0.key.utf8.reduce(0) { $0 + Int($1) } % 2 == half : half == 0
                }
                guard !chosen.isEmpty else { continue }
                try ([head] + chosen.flatMap(\.rows)).joined(separator: "\n").write(
                    toFile: target + "/" + file, atomically: true, encoding: .utf8)
            }
            parts.append(target)
        }
        return parts
    }
}
