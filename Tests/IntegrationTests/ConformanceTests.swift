import Foundation
import Glibc
import Testing

/// The conformance runner against the built coordinator and the fault plugin: no case fails.
@Suite(.serialized) struct ConformanceTests {
    @Test func theFaultPluginIsAConformingWorker() throws {
        try expectNoFailure(["--peer", "exec:\(Project.binary("fault-plugin"))"], seconds: 180)
    }

    @Test func theCoordinatorConforms() throws {
        try expectNoFailure(ConformanceRun.coordinator(only: "C"), seconds: 240)
    }

    @Test func theSupervisorConforms() throws {
        try expectNoFailure(ConformanceRun.coordinator(only: "S"), seconds: 300)
    }

    @Test func everyCaseIsListedWithItsRule() throws {
        let run = try ConformanceRun(["--list"], seconds: 30)
        #expect(run.code == 0)
        #expect(run.lines.count > 150)
        #expect(run.lines.allSatisfy { $0.split(separator: " ").count > 1 })
    }

    @Test func wrongArgumentsAreAUsageError() throws {
        #expect(try ConformanceRun(["--peer", "nonsense"], seconds: 30).code == 2)
    }

    private func expectNoFailure(_ arguments: [String], seconds: Double) throws {
        let run = try ConformanceRun(arguments, seconds: seconds)
        run.expectNoFailure()
    }
}

/// One run of the runner, bounded, or whole when `CAODIEM_LONG` is set.
struct ConformanceRun {
    let code: Int32
    let lines: [String]

    static let isLong = ProcessInfo.processInfo.environment["CAODIEM_LONG"] == "1"

    static func coordinator(only ids: String) -> [String] {
        ["--coordinator", Project.binary("caodiem-coordinator"), "--only", ids]
    }

    /// - Parameter seconds: when it is given up; ten times as much for a long run.
    init(_ arguments: [String], seconds: Double) throws {
        let folder = try Folder("conformance")
        let process = try Project.start(
            Project.binary("caodiem-conformance"), arguments + (Self.isLong ? ["--long"] : []),
            out: folder.path + "/out", err: folder.path + "/err")
        let end = Date().addingTimeInterval(Self.isLong ? 10 * seconds : seconds)
        while process.isRunning, Date() < end { usleep(20_000) }
        if process.isRunning {
            Issue.record("the run \(arguments) took longer than it may")
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        code = process.terminationStatus
        lines = try Project.text(folder.path + "/out").split(separator: "\n").map(String.init)
    }

    /// Nothing failed, and something was tried.
    func expectNoFailure() {
        let failed = lines.filter { $0.contains(" FAIL") }
        #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
        #expect(code == 0, "exit \(code): \(lines.last ?? "no line")")
        #expect(lines.contains { $0.hasSuffix(" ok") || $0.contains(" ok: ") })
        if Self.isLong { print(lines.joined(separator: "\n")) }
    }
}
