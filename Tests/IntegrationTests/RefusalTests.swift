import Foundation
import Glibc
import Testing
import Transport
import Wire

/// What is wrong is said once: what, where, and what to do; the exit code tells its sort; nothing changes.
@Suite(.serialized) struct RefusalTests {
    /// A copy of the project's plugin manifests, with executables named by their full path.
    private func manifests(in folder: Folder) throws -> String {
        let plugins = folder.path + "/Plugins"
        for name in ["auction", "casework", "emulation", "ingestion", "scoring"] {
            let place = "\(plugins)/\(name)"
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            let text = try Project.text("\(Project.root)/Plugins/\(name)/plugin.yaml")
            try Data(text.utf8).write(to: URL(fileURLWithPath: place + "/plugin.yaml"))
        }
        return plugins
    }

    @Test func aWrongManifestIsNamedAndTheOthersRun() throws {
        let folder = try Folder("manifests")
        let plugins = try manifests(in: folder)
        try Data("schema_version: 1\nexecutble: caodiem-auction\n".utf8)
            .write(to: URL(fileURLWithPath: plugins + "/auction/plugin.yaml"))
        let fleet = try FleetUnderTest(plugins: plugins, started: false)
        try fleet.start(["--law", Project.root + "/Sources/LawBook/Law"])
        var shown = ""
        for _ in 0..<100 {
            let outcome = try fleet.cli(["plugin", "list"])
            shown = outcome.out
            if shown.components(separatedBy: "READY").count == 5 { break }
            usleep(100_000)
        }
        #expect(shown.contains("INVALID"))
        let detail = try fleet.cli(["plugin", "show", "auction"])
        #expect(detail.out.contains("executble"))
        #expect(detail.out.contains("executable"), "the nearest key is named")
        #expect(detail.out.contains("plugin.yaml:2"), "\(detail.out)")
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        let refused = try fleet.cli(["auction", "gaps"])
        #expect(refused.code == 1 || refused.code == 3)
        #expect(refused.err.contains("auction"))
    }

    @Test func anUnknownMethodIsNamed() async throws {
        let fleet = try FleetUnderTest()
        let channel = try await Channel.connect(
            unixPath: fleet.data + "/run/caodiem.sock",
            hello: HelloInfo(role: .client, software: "integration-tests"))
        for path in [
            "/caodiem.scoring.v1.Scoring/Guess", "/caodiem.nowhere.v1.Nothing/Do", "nonsense",
        ] {
            let method = Method<AdminV1.StatusRequest, AdminV1.StatusReply>(
                path: path, kind: .unary, idempotency: .noSideEffects)
            let failure = await #expect(throws: Failure.self) {
                _ = try await channel.unary(method, AdminV1.StatusRequest())
            }
            #expect(failure?.code == .unimplemented)
            #expect(failure?.message.contains(path.split(separator: "/").first ?? "?") == true)
        }
        channel.close()
    }

    /// Files of one batch, of which some row or file is bad; the code and where it stands.
    struct BadFile: Sendable {
        let name: String
        let text: String
        let code: String
        let line: Int
        let column: String
    }

    static let units = "unit_code,name,level\nA,Chi cục A,district\n"
    static let badFiles = [
        BadFile(
            name: "cases",
            text: "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "A,1,31/02/2021,on_request,5\n", code: "bad_date", line: 2, column: "decision_on"),
        BadFile(
            name: "cases",
            text: "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "A,1,2021-01-05,on_request,1.5\n", code: "bad_money", line: 2,
            column: "amount_due"),
        BadFile(
            name: "cases",
            text: "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "B,1,2021-01-05,on_request,5\n", code: "unknown_unit", line: 2,
            column: "unit_code"),
        BadFile(
            name: "cases",
            text: "unit_code,decision_no,decision_on,initiative,amount_due\n"
                + "A,1,2021-01-05,on_request,5\nA,1,2021-01-05,on_request,5\n",
            code: "duplicate_key", line: 3, column: "decision_no"),
        BadFile(
            name: "payments",
            text: "unit_code,decision_no,receipt_no,paid_on,amount,source\n"
                + "A,9,R,2021-01-05,5,coerced\n", code: "unknown_case", line: 2,
            column: "decision_no"),
        BadFile(
            name: "cases", text: "unit_code,decision_no,decision_on,initiative\n",
            code:
                "missing_column", line: 1, column: "amount_due"),
        BadFile(name: "cases", text: "PK\u{3}\u{4}rubbish", code: "bad_file", line: 0, column: ""),
        BadFile(name: "cases", text: "", code: "bad_file", line: 0, column: ""),
    ]

    @Test func badFilesAreRejectedWithTheirPlaceAndNothingChanges() throws {
        let fleet = try FleetUnderTest()
        for (index, bad) in RefusalTests.badFiles.enumerated() {
            let place = try Folder("bad-\(index)")
            _ = try place.write("units.csv", RefusalTests.units)
            _ = try place.write("\(bad.name).csv", bad.text)
            let outcome = try fleet.cli(["import", place.path, "--format", "json"])
            #expect(outcome.code == 1, "\(bad): \(outcome.out)\(outcome.err)")
            let result = try outcome.json()
            #expect(result["status"] as? String == "rejected")
            let files = try #require(result["files"] as? [[String: Any]])
            let errors = files.flatMap { $0["errors"] as? [[String: Any]] ?? [] }
            #expect(errors.count == 1, "\(bad.code): \(errors)")
            #expect(errors.first?["code"] as? String == bad.code)
            #expect(errors.first?["line"] as? Int == bad.line)
            #expect((errors.first?["column"] as? String ?? "") == bad.column)
            #expect((errors.first?["message"] as? String)?.isEmpty == false)
            let again = try fleet.json(["import", place.path + "/units.csv", "--dry-run"])
            let inserted = (again["files"] as? [[String: Any]])?.first?["inserted"] as? Int
            #expect(inserted == 1, "nothing of the rejected batch is there")
        }
    }

    /// One bad row of a unit is one error, not one for each row that hangs on it; other faults of a bad row show too.
    @Test func aRefusedRowDoesNotBlameWhatHangsOnIt() throws {
        let fleet = try FleetUnderTest()
        let place = try Folder("chain")
        _ = try place.write(
            "units.csv", "unit_code,name,level\nA,Chi cục A,quận\nB,Chi cục B,district\n")
        _ = try place.write(
            "cases.csv",
            "unit_code,decision_no,decision_on,initiative,amount_due,officer_code\n"
                + "A,1,2021-01-05,on_request,5,\nB,2,2021-13-05,on_request,5,X\n")
        _ = try place.write(
            "payments.csv",
            "unit_code,decision_no,receipt_no,paid_on,amount,source\n"
                + "A,1,R,2021-01-06,5,coerced\nB,2,R,2021-01-06,5,coerced\n")
        let result = try fleet.cli(["import", place.path, "--format", "json"]).json()
        let files = try #require(result["files"] as? [[String: Any]])
        let codes = files.flatMap { file in
            (file["errors"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        }
        #expect(codes.sorted() == ["bad_date", "bad_value", "unknown_officer"])
    }

    @Test func usageReachAndConfigurationHaveTheirOwnExitCodes() throws {
        let folder = try Folder("codes")
        let data = folder.path + "/data"
        let binary = Project.binary("caodiem")
        #expect(try Project.run(binary, ["--data", data, "scre"]).code == 2)
        #expect(try Project.run(binary, ["--data", data, "status"]).code == 3)
        #expect(
            try Project.run(binary, ["--data", data, "status", "--wait", "--timeout", "1"]).code
                == 3)
        let coordinator = Project.binary("caodiem-coordinator")
        #expect(try Project.run(coordinator, []).code == 2)
        let config = try folder.write("bad.yaml", "schema_version: 1\nlisen: here\n")
        let refused = try Project.run(coordinator, ["--data", data, "--config", config])
        #expect(refused.code == 78)
        #expect(refused.err.contains("bad.yaml:2"))
        #expect(refused.err.contains("lisen"))
    }

    @Test func aStoreOfANewerVersionIsRefusedAndUntouched() throws {
        let fleet = try FleetUnderTest()
        #expect(try fleet.stop() == 0)
        let path = fleet.data + "/store.sqlite"
        let script =
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
            + "db.execute('PRAGMA user_version = 99'); db.close()"
        #expect(try Project.run("/usr/bin/python3", ["-c", script, path]).code == 0)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let refused = try Project.run(
            Project.binary("caodiem-coordinator"),
            ["--data", fleet.data, "--plugins", Project.root + "/Plugins"])
        #expect(refused.code == 78)
        #expect(refused.err.contains("store.sqlite has schema 99"), "\(refused.err)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(fleet.allGone(fleet.workerPIDs()))
    }

    @Test func aWorkerRunByHandExplainsItself() throws {
        let outcome = try Project.run(Project.binary("caodiem-scoring"), [])
        #expect(outcome.code == 78)
        #expect(outcome.err.contains("caodiem-coordinator --data DIR"))
    }

    @Test func aPlanWithATypoIsRefusedWithItsLineAndTheFormerStays() throws {
        let fleet = try FleetUnderTest()
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        let text = try Project.text(FleetUnderTest.plan)
            .replacingOccurrences(of: "large_value_seized", with: "large_value_siezed")
        let typo = try fleet.folder.write("plan.yaml", text)
        let refused = try fleet.cli(["campaign", "apply", "-f", typo])
        #expect(refused.code == 1)
        #expect(refused.err.contains("large_value_siezed"))
        #expect(refused.err.contains("plan.yaml:"))
        let shown = try fleet.json(["campaign", "show"])
        #expect(shown["version"] as? Int == 1)
    }

    @Test func aDeepDataFolderWorks() throws {
        let folder = try Folder("deep")
        let data = folder.path + "/" + String(repeating: "sâu/", count: 45) + "data"
        #expect(data.utf8.count > 200)
        let coordinator = try Project.start(
            Project.binary("caodiem-coordinator"),
            ["--data", data, "--plugins", Project.root + "/Plugins"],
            out: folder.path + "/out", err: folder.path + "/err")
        defer {
            kill(coordinator.processIdentifier, SIGTERM)
            coordinator.waitUntilExit()
        }
        let ready = try Project.run(
            Project.binary("caodiem"), ["--data", data, "status", "--wait", "--timeout", "30"])
        #expect(ready.code == 0, "\(ready.err)")
    }
}
