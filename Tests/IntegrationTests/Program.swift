import Foundation
import Glibc
import Testing

/// What a program printed and how it ended.
struct Outcome {
    let code: Int32
    let out: String
    let err: String

    /// The JSON object that the program printed.
    func json() throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(out.utf8))
        return try #require(value as? [String: Any], "no JSON object: \(out.prefix(300))")
    }
}

/// The built programs and the project's files.
enum Project {
    /// The folder of Package.swift.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    /// Where the programs under test were built: beside this test's executable.
    static let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    /// How long a program may take in these tests.
    static let limitSeconds = 120.0

    static func binary(_ name: String) -> String { "\(binaries)/\(name)" }

    /// Runs a program to its end, output through files so that it never waits for a reader.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:],
        folder: String? = nil
    ) throws -> Outcome {
        let place = try Folder("output")
        let process = try start(
            path, arguments, environment: environment, out: place.path + "/out",
            err: place.path + "/err", folder: folder)
        let end = Date().addingTimeInterval(limitSeconds)
        while process.isRunning, Date() < end { usleep(5_000) }
        if process.isRunning {
            Issue.record("\(path) \(arguments) still runs after \(limitSeconds) seconds")
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return Outcome(
            code: process.terminationStatus, out: try text(place.path + "/out"),
            err: try text(place.path + "/err"))
    }

    static func start(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], out: String,
        err: String, folder: String? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("CAODIEM") }
            .merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        for file in [out, err] { try Data().write(to: URL(fileURLWithPath: file)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
        try process.run()
        return process
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}

/// A folder of its own, removed with the last reference.
final class Folder {
    let path: String

    init(_ name: String) throws {
        path = NSTemporaryDirectory() + "caodiem-\(name)-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}
