import Glibc
import Testing
import Transport
import Wire

@testable import Coordination

private let worker = "executable: caodiem-test-worker\n"
private let reloadable =
    worker + "arguments: [--reloadable, colour, --declare, size, --refuse, black]\n"

@Suite(.serialized) struct ReloadTests {
    private func manifest(_ id: String, _ text: String, in fleet: TestFleet) {
        _ = fleet.scratch.folder("Plugins/\(id)")
        fleet.scratch.file("Plugins/\(id)/plugin.yaml", "schema_version: 1\n" + text)
    }

    @Test func reloadableSettingsReachTheRunningProcess() async throws {
        let fleet = try await TestFleet(["echo": reloadable + "config: {colour: red}"])
        try await fleet.reach(.ready, "echo")
        let before = try await fleet.summary("echo").pid
        #expect(await fleet.running.fleet.reload().changes == [])
        manifest("echo", reloadable + "config: {colour: blue}", in: fleet)
        let report = await fleet.running.fleet.reload()
        #expect(
            report
                == ReloadReport(
                    isApplied: true, generation: 2, problems: [],
                    changes: ["echo: its workers took the new settings"]))
        try await fleet.logs("setting colour=blue", of: "echo")
        try await fleet.logs("generation 2", of: "echo")
        #expect(try await fleet.summary("echo").pid == before)
        // What is not reloadable takes a new process.
        manifest("echo", reloadable + "config: {colour: blue, size: large}", in: fleet)
        #expect(await fleet.running.fleet.reload().changes == ["echo: its processes were replaced"])
        #expect(try await fleet.summary("echo").pid != before)
        try await fleet.logs("setting size=large", of: "echo")
        await fleet.stop()
    }

    @Test func allFaultsComeAtOnceAndChangeNothing() async throws {
        let fleet = try await TestFleet([
            "a": reloadable, "b": worker + "arguments: [--service, b.B]",
        ])
        try await fleet.reach(.ready, "a")
        try await fleet.reach(.ready, "b")
        let before = [try await fleet.summary("a").pid, try await fleet.summary("b").pid]
        manifest("a", reloadable + "colour: red\ndepends_on: [c]", in: fleet)
        manifest("b", worker + "depends_on: [a]\ninstances: 0", in: fleet)
        let report = await fleet.running.fleet.reload()
        #expect(!report.isApplied && report.generation == 1 && report.changes == [])
        let plugins = "\(fleet.scratch.path)/Plugins"
        #expect(
            report.problems.map { $0.prefix { $0 != ";" } } == [
                "\(plugins)/a/plugin.yaml:4: unknown key 'colour' in the file",
                "\(plugins)/b/plugin.yaml:4: 'instances' must lie between 1 and 64, found 0",
            ])
        manifest("a", reloadable + "depends_on: [b]", in: fleet)
        manifest("b", worker + "depends_on: [a, d]", in: fleet)
        let circle = await fleet.running.fleet.reload()
        #expect(
            circle.problems.map { $0.prefix { $0 != ";" } } == [
                "\(plugins)/a/plugin.yaml:4: 'depends_on' closes the circle a → b → a",
                "\(plugins)/b/plugin.yaml:3: 'depends_on' names 'd', which is no plugin",
                "\(plugins)/b/plugin.yaml:3: 'depends_on' closes the circle a → b → a",
            ])
        #expect([try await fleet.summary("a").pid, try await fleet.summary("b").pid] == before)
        await fleet.stop()
    }

    @Test func aWorkersRefusalKeepsTheWholeOldGeneration() async throws {
        let fleet = try await TestFleet([
            "a": worker + "arguments: [--service, a.A]",
            "b": reloadable + "config: {colour: red}",
        ])
        try await fleet.reach(.ready, "a")
        try await fleet.reach(.ready, "b")
        let before = try await fleet.summary("a").pid
        manifest("a", worker + "arguments: [--service, a.A, --slow, \"1\"]", in: fleet)
        manifest("b", reloadable + "config: {colour: black}", in: fleet)
        let report = await fleet.running.fleet.reload()
        #expect(!report.isApplied)
        #expect(report.problems.count == 1)
        #expect(report.problems[0].hasSuffix("refused by the worker: colour must not be black"))
        #expect(try await fleet.summary("a").pid == before)
        // A good one recovers.
        manifest("b", reloadable + "config: {colour: white}", in: fleet)
        #expect(
            await fleet.running.fleet.reload().changes == [
                "a: its processes were replaced", "b: its workers took the new settings",
            ])
        await fleet.stop()
    }

    @Test func aReplacementThatFailsUndoesWhatWasDoneBefore() async throws {
        let fleet = try await TestFleet([
            "a": reloadable + "config: {colour: red}",
            "b": worker + "arguments: [--service, b.B]\ndepends_on: [a]",
        ])
        try await fleet.reach(.ready, "b")
        let before = try await fleet.summary("b").pid
        manifest("a", reloadable + "config: {colour: blue}", in: fleet)
        manifest("b", worker + "arguments: [--nonsense, b.B]\ndepends_on: [a]", in: fleet)
        let report = await fleet.running.fleet.reload()
        #expect(!report.isApplied && report.generation == 1 && report.changes == [])
        #expect(report.problems.count == 1 && report.problems[0].hasPrefix("b: exit 64"))
        #expect(try await fleet.summary("b").pid == before)
        let settings = await fleet.running.fleet.loop.run { [fleet = fleet.running.fleet] in
            fleet.members["a"]?.settings.map(\.value) ?? []
        }
        #expect(settings.first == "red")
        await fleet.stop()
    }

    @Test func pluginsComeAndGo() async throws {
        let fleet = try await TestFleet(["a": worker + "arguments: [--service, a.A]"])
        try await fleet.reach(.ready, "a")
        let first = try await fleet.summary("a").pid
        manifest("b", worker + "arguments: [--service, b.B]\ninstances: 2", in: fleet)
        #expect(await fleet.running.fleet.reload().changes == ["b: added"])
        try await fleet.reach(.ready, "b")
        unlink("\(fleet.scratch.path)/Plugins/a/plugin.yaml")
        manifest("b", worker + "arguments: [--service, b.B]\ninstances: 1", in: fleet)
        #expect(
            await fleet.running.fleet.reload().changes == [
                "b: changed without a word to its workers", "a: removed",
            ])
        #expect(kill(first, 0) != 0)
        let left = await fleet.running.fleet.loop.run { [fleet = fleet.running.fleet] in
            fleet.members.mapValues { $0.processes.count }
        }
        #expect(left == ["b": 1])
        await fleet.stop()
    }
}
