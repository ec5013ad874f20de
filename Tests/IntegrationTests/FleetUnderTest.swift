import Foundation
import Glibc
import Testing

/// A coordinator with its workers on a data folder of its own. Every process that it ever had is gone when
/// the test is over, or the test fails.
final class FleetUnderTest {
    let folder: Folder
    var data: String { folder.path + "/data" }
    private(set) var coordinator: Process?
    private let plugins: String
    private var logs = 0

    init(plugins: String = Project.root + "/Plugins", started: Bool = true) throws {
        folder = try Folder("fleet")
        self.plugins = plugins
        if started {
            try start()
            try ready()
        }
    }

    deinit {
        for pid in workerPIDs() { kill(pid, SIGKILL) }
        if let coordinator, coordinator.isRunning {
            kill(coordinator.processIdentifier, SIGKILL)
            coordinator.waitUntilExit()
        }
    }

    func start(_ extra: [String] = []) throws {
        logs += 1
        coordinator = try Project.start(
            Project.binary("caodiem-coordinator"), ["--data", data, "--plugins", plugins] + extra,
            out: "\(folder.path)/out.\(logs)", err: "\(folder.path)/err.\(logs)")
    }

    /// What the coordinator wrote to standard error, all starts together.
    var log: String {
        (1...max(1, logs)).map { (try? Project.text("\(folder.path)/err.\($0)")) ?? "" }.joined()
    }

    func ready() throws {
        let outcome = try cli(["status", "--wait", "--timeout", "30"])
        #expect(outcome.code == 0, "\(outcome.err)\n\(log.suffix(2_000))")
        try #require(outcome.code == 0)
    }

    /// Runs the admin CLI against this fleet.
    func cli(_ arguments: [String]) throws -> Outcome {
        try Project.run(Project.binary("caodiem"), ["--data", data] + arguments)
    }

    func json(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try cli(arguments + ["--format", "json"])
        #expect(outcome.code == 0, "\(arguments): \(outcome.err)")
        return try outcome.json()
    }

    /// Ends the fleet as an operator does; gives the exit code.
    @discardableResult
    func stop() throws -> Int32 {
        let coordinator = try #require(coordinator)
        kill(coordinator.processIdentifier, SIGTERM)
        coordinator.waitUntilExit()
        return coordinator.terminationStatus
    }

    func killCoordinator() throws {
        let coordinator = try #require(coordinator)
        kill(coordinator.processIdentifier, SIGKILL)
        coordinator.waitUntilExit()
    }

    /// Process id of a plugin's worker, once it is READY.
    func pid(of plugin: String) throws -> Int32 {
        for _ in 0..<200 {
            let outcome = try cli(["plugin", "show", plugin, "--format", "json"])
            if outcome.code == 0, let shown = try? outcome.json(),
                let state = FleetUnderTest.find("state", in: shown) as? String, state == "READY",
                let pid = FleetUnderTest.find("pid", in: shown) as? Int, pid > 0
            {
                return Int32(pid)
            }
            usleep(50_000)
        }
        throw Timeout(waiting: "plugin \(plugin) to be READY")
    }

    struct Timeout: Error { let waiting: String }

    /// The first value of that key, however deep.
    static func find(_ key: String, in value: Any) -> Any? {
        if let object = value as? [String: Any] {
            if let found = object[key] { return found }
            for inner in object.values {
                if let found = find(key, in: inner) { return found }
            }
        }
        return nil
    }

    /// Processes that work on this data folder: those whose environment or command line names it.
    func workerPIDs() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: data + "/run")) ?? []
        return names.filter { $0.hasSuffix(".lock") }.compactMap { name -> Int32? in
            guard let text = try? Project.text("\(data)/run/\(name)"),
                let pid = text.split(separator: " ").first.flatMap({ Int32($0) }),
                let command = try? String(
                    contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8),
                command.contains("caodiem-")
            else { return nil }
            return pid
        }
    }

    /// Waits until none of these processes is left.
    func allGone(_ pids: [Int32], within seconds: Double = 8) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if pids.allSatisfy({ !FleetUnderTest.isAlive($0) }) { return true }
            usleep(50_000)
        }
        return false
    }

    /// Alive and no zombie.
    static func isAlive(_ pid: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let state = stat.split(separator: ")").last?.split(separator: " ").first
        else { return false }
        return state != "Z" && state != "X"
    }
}

extension FleetUnderTest {
    /// Makes a province of CSV files.
    static func province(
        seed: Int, units: Int, cases: Int, profile: String = "soc-trang", in folder: Folder
    ) throws -> String {
        let out = "\(folder.path)/csv-\(seed)-\(profile)"
        let outcome = try Project.run(
            Project.binary("caodiem-datagen"),
            [
                "--seed", "\(seed)", "--units", "\(units)", "--cases", "\(cases)", "--profile",
                profile, "--out", out,
            ])
        try #require(outcome.code == 0, "\(outcome.err)")
        return out
    }

    static let plan = Project.root + "/Samples/soc-trang-2021/plan.yaml"
}
