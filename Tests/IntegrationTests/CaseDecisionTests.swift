import Foundation
import Testing

/// Facts and decisions from the command line, on a real fleet: recorded, refused with the article, shown.
@Suite(.serialized) struct CaseDecisionTests {
    private func fleet() throws -> FleetUnderTest {
        let fleet = try FleetUnderTest()
        let files = [
            "units": "unit_code,name,level\nTPST,Chi cục,district\n",
            "cases": """
            unit_code,decision_no,decision_on,initiative,amount_due,sensitivity
            TPST,01/QĐ-CCTHADS,2017-01-05,on_request,100000000,ethnic_religious

            """,
        ]
        for (name, text) in files {
            let path = "\(fleet.folder.path)/\(name).csv"
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        let outcome = try fleet.cli(
            ["import"] + ["units", "cases"].map { "\(fleet.folder.path)/\($0).csv" })
        try #require(outcome.code == 0, "\(outcome.err)")
        return fleet
    }

    @Test func aCaseIsWorkedFromTheCommandLine() throws {
        let fleet = try fleet()
        let place = ["TPST", "01/QĐ-CCTHADS"]
        func decide(_ kind: String, _ rest: [String]) throws -> Outcome {
            try fleet.cli(["case", "decide", kind] + place + rest)
        }
        func record(_ kind: String, _ rest: [String]) throws -> [String: Any] {
            try fleet.json(["case", "record", kind] + place + rest)
        }
        // Without a verification the law says no, with its article, and nothing is written.
        let early = try decide(
            "not_enforceable", ["--ground", "44a.1.a", "--on", "2021-03-10", "--format", "json"])
        #expect(early.code == 4)
        #expect(early.err.contains("LTHADS Điều 44a.1"), "\(early.err)")
        // A bad cell is named with its column.
        let bad = try fleet.cli(
            ["case", "record", "verifications"] + place + ["--field", "result=perhaps"])
        #expect(bad.code != 0 && bad.err.contains("result"), "\(bad.err)")

        let verified = try record(
            "verifications", ["--field", "result=not_enforceable", "--on", "2021-03-01"])
        #expect(verified["status"] as? String == "inserted")
        let trial = try fleet.json(
            ["case", "decide", "not_enforceable"] + place
                + ["--ground", "điểm a khoản 1 Điều 44a", "--on", "2021-03-10", "--dry-run"])
        #expect(trial["status"] as? String == "dry_run")
        #expect(trial["case_status"] as? String == "not_enforceable")
        let made = try fleet.json(
            ["case", "decide", "not_enforceable"] + place
                + ["--ground", "44a.1.a", "--ground-on", "2021-03-01", "--on", "2021-03-10"])
        #expect(made["status"] as? String == "decided")
        #expect(made["case_status_before"] as? String == "enforceable")
        // Five working days from 01/03 end on 08/03.
        #expect((made["notes"] as? [[String: Any]])?.first?["id"] as? String == "E-13")
        let again = try fleet.json(
            ["case", "decide", "not_enforceable"] + place
                + ["--ground", "44a.1.a", "--ground-on", "2021-03-01", "--on", "2021-03-10"])
        #expect(again["status"] as? String == "unchanged")

        // A question that no fact answers, and its confirmation.
        let asked = try decide("terminate", ["--ground", "50.1.c", "--on", "2021-04-01"])
        #expect(asked.code == 4 && asked.err.contains("no_third_party_harmed"), "\(asked.err)")
        _ = try record(
            "persuasions",
            ["--field", "party=debtor", "--field", "outcome=refused", "--on", "5/3/2021"])
        _ = try record(
            "plan_steps",
            ["--field", "step_no=1", "--field", "measure=persuade", "--field", "due_on=2021-03-31"])
        let done = try record("plan_step", ["--field", "step_no=1", "--on", "2021-03-20"])
        #expect(done["status"] as? String == "corrected")

        let shown = try fleet.json(["case", "show"] + place + ["--as-of", "2021-05-31"])
        #expect(shown["status"] as? String == "not_enforceable")
        let kinds = (shown["events"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
        #expect(Set(kinds).isSuperset(of: ["persuasion", "plan_step", "verification"]))
        let remarks = (shown["remarks"] as? [[String: Any]] ?? [])
            .compactMap { $0["id"] as? String }
        #expect(remarks == ["escalate"])

        let ended = try decide(
            "terminate",
            ["--ground", "50.1.c", "--on", "2021-04-01", "--confirm", "no_third_party_harmed"])
        #expect(ended.code == 0, "\(ended.err)")
        let after = try decide(
            "postpone", ["--ground", "48.1.đ", "--on", "2021-04-02"])
        #expect(after.code == 4 && after.err.contains("Điều 52"), "\(after.err)")
    }
}
