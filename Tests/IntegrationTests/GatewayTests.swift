import Foundation
import Glibc
import Testing

/// The gRPC gateway of a real fleet, called by stock clients in Python.
@Suite(.serialized, .timeLimit(.minutes(10))) struct GatewayTests {
    /// A fleet with the worker that serves gRPC's interoperability calls, and its own plugins.
    private func fleet() throws -> (fleet: FleetUnderTest, folder: Folder) {
        let folder = try Folder("plugins")
        let files = FileManager.default
        for plugin in ["ingestion", "scoring", "auction", "emulation", "casework", "grpc-gateway"] {
            try files.createSymbolicLink(
                atPath: "\(folder.path)/\(plugin)",
                withDestinationPath: "\(Project.root)/Plugins/\(plugin)")
        }
        try files.createSymbolicLink(
            atPath: "\(folder.path)/fault",
            withDestinationPath: Project.root + "/Plugins/examples/fault")
        let fleet = try FleetUnderTest(plugins: folder.path, started: false)
        try fleet.start(["--law", Project.root + "/Sources/LawBook/Law"])
        try fleet.ready()
        return (fleet, folder)
    }

    private func address(_ fleet: FleetUnderTest) -> String { "unix:\(fleet.data)/run/grpc.sock" }

    private func passes(_ script: String, _ fleet: FleetUnderTest) throws {
        let outcome = try Project.run(
            Project.root + "/Tests/Gateway/run", [script, address(fleet)])
        #expect(outcome.code == 0, "\(outcome.err.suffix(6_000))\n\(fleet.log.suffix(2_000))")
    }

    @Test func stockClientsCallTheWholeFleet() throws {
        let (fleet, folder) = try fleet()
        try passes("interop", fleet)
        try passes("fleet", fleet)
        #expect(try fleet.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: fleet.data + "/run/grpc.sock"))
        _ = folder
    }

    @Test func callsGoOnWhenTheGatewayIsKilledAndRestarted() throws {
        let (fleet, folder) = try fleet()
        let load = try Project.start(
            Project.root + "/Tests/Gateway/run", ["load", address(fleet), "12"],
            out: fleet.folder.path + "/load.out", err: fleet.folder.path + "/load.err")
        var pids: [Int32] = []
        for _ in 0..<3 {
            usleep(1_500_000)
            let pid = try fleet.pid(of: "grpc-gateway")
            #expect(!pids.contains(pid))
            pids.append(pid)
            kill(pid, SIGKILL)
        }
        load.waitUntilExit()
        let text = try Project.text(fleet.folder.path + "/load.err")
        #expect(load.terminationStatus == 0, "\(text)\n\(fleet.log.suffix(2_000))")
        #expect(fleet.allGone(pids))
        #expect(try fleet.stop() == 0)
        _ = folder
    }
}
