import Foundation
import Glibc
import Testing

/// The worklist and the register through a running fleet; a watcher sees what an import changes.
@Suite(.serialized) struct WorklistTests {
    private static let cases =
        "unit_code,decision_no,decision_on,initiative,amount_due,officer_code,received_on,"
        + "debtor_notified_on\n"

    @Test func aWatcherSeesWhatAnImportChanges() throws {
        let fleet = try FleetUnderTest()
        let place = try Folder("worklist")
        let units = try place.write("units.csv", RefusalTests.units)
        let officers = try place.write("officers.csv", "officer_code,name,unit_code\nA1,X,A\n")
        let cases = try place.write(
            "cases.csv",
            WorklistTests.cases + "A,1/2021,2021-03-01,on_request,500,A1,2021-02-26,2021-03-01\n"
                + "A,2/2021,2021-03-05,on_request,500,,2021-02-17,\n")
        #expect(try fleet.cli(["import", units, officers, cases]).code == 0)

        let list = try fleet.json(["worklist", "--as-of", "2021-03-20"])
        #expect(list["schema"] as? String == "caodiem.worklist/1")
        let items = try #require(list["items"] as? [[String: Any]])
        #expect(items.map { $0["duty"] as? String } == ["notify_decision", "verify"])
        let late = try #require(items.first)
        #expect(late["due_on"] as? String == "2021-03-10" && late["days_left"] as? Int == -10)
        #expect(late["citation"] as? String == "LTHADS Điều 39.2")
        #expect(late["officer"] is NSNull && late["overdue"] as? Bool == true)
        let mine = try fleet.json(["worklist", "--as-of", "2021-03-20", "--officer", "A1"])
        #expect((mine["items"] as? [Any])?.count == 1)
        let near = try fleet.json(["worklist", "--as-of", "2021-03-20", "--within", "1"])
        #expect((near["items"] as? [Any])?.count == 1)
        let register = try fleet.json(["register", "--as-of", "2021-03-20"])
        let rows = try #require(register["rows"] as? [[String: Any]])
        #expect(rows.map { $0["finding"] as? String } == ["decision_late", "notice_late"])

        let watcher = try Project.start(
            Project.binary("caodiem"),
            [
                "--data", fleet.data, "--format", "json", "--timeout", "60", "call",
                "Casework.Watch", "--data", #"{"asOf": "2021-03-20"}"#,
            ], out: place.path + "/watch", err: place.path + "/watch.err")
        defer { if watcher.isRunning { watcher.terminate() } }
        let first = try replies(1, of: place)
        #expect((first.last?["entered"] as? [Any])?.count == 2)
        #expect(first.last?["initial"] as? Bool == true)

        let done = try place.write(
            "verifications.csv",
            "unit_code,decision_no,verified_on,result\nA,1/2021,2021-03-18,not_enforceable\n")
        #expect(try fleet.cli(["import", done]).code == 0)
        let second = try replies(2, of: place)
        let left = second.last?["left"] as? [[String: Any]]
        #expect(left?.map { $0["duty"] as? String } == ["verify"])
        let entered = second.last?["entered"] as? [[String: Any]]
        #expect(entered?.map { $0["duty"] as? String } == ["classify"])
        #expect(entered?.first?["dueOn"] as? String == "2021-03-25")
        watcher.terminate()
        watcher.waitUntilExit()
        // The worker is free again: nothing of the watch is left in flight.
        #expect(try fleet.cli(["worklist", "--as-of", "2021-03-20"]).code == 0)
        #expect(try fleet.stop() == 0)
    }

    @Test func whatIsAskedWrongIsSaid() throws {
        let fleet = try FleetUnderTest()
        let empty = try fleet.json(["worklist", "--as-of", "2021-05-31"])
        #expect((empty["items"] as? [Any])?.isEmpty == true && empty["campaign"] is NSNull)
        #expect(try fleet.cli(["worklist", "--unit", "ZZ"]).code == 1)
        #expect(try fleet.cli(["worklist", "--within", "4000"]).code == 2)
        #expect(try fleet.cli(["worklist", "--within", "x"]).code == 2)
        #expect(try fleet.cli(["register", "--from", "31/02/2021"]).code == 2)
        let far = try fleet.cli(
            ["call", "Casework.Worklist", "--data", #"{"within": 4000}"#])
        #expect(far.code != 0 && far.err.contains("3660"))
    }

    /// The watcher's replies once there are so many.
    private func replies(_ count: Int, of place: Folder) throws -> [[String: Any]] {
        for _ in 0..<400 {
            let lines = try Project.text(place.path + "/watch").split(separator: "\n")
            if lines.count >= count {
                return try lines.prefix(count).map { line in
                    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                    return try #require(value as? [String: Any])
                }
            }
            usleep(25_000)
        }
        throw FleetUnderTest.Timeout(
            waiting: "\(count) replies of the watch: "
                + ((try? Project.text(place.path + "/watch.err")) ?? ""))
    }
}
