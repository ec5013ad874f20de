import Foundation
import Testing

/// The checked-in output is what the generator makes of the protos, and the generator refuses what
/// the wire does not carry.
@Suite struct MessagesGeneratedTests {
    private let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func theGeneratedSourcesAreCurrent() throws {
        let (status, text) = try run("scripts/generate", "--check")
        #expect(status == 0, "\(text)")
    }

    @Test func theGeneratorPassesItsOwnTests() throws {
        let (status, text) = try run("scripts/generate", "--test")
        #expect(status == 0, "\(text)")
    }

    /// Runs a script of the package and returns its exit status and all that it printed.
    private func run(_ script: String, _ argument: String) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = root.appending(path: script)
        process.arguments = [argument]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}
