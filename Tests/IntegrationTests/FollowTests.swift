import Foundation
import Glibc
import Testing

/// What a continuous copy may lose when disk and processes go at once: no more than it says.
@Suite(.serialized) struct FollowTests {
    /// Seconds between two looks at the store.
    private static let every = 1
    /// What a busy machine may add to a second.
    private static let slackMilliseconds: Int64 = 4_000

    @Test func theLossWindowHolds() throws {
        let folder = try Folder("follow")
        let (data, copy) = (folder.path + "/data", folder.path + "/copy")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let out = folder.path + "/writer"
        let writer = try Project.start(
            Project.binary("caodiem-test-writer"), [data + "/store.sqlite", "w"], out: out,
            err: folder.path + "/writer-err")
        defer { kill(writer.processIdentifier, SIGKILL) }
        while try !Project.text(out).contains("ack") { usleep(10_000) }
        let follower = try Project.start(
            Project.binary("caodiem"),
            ["--data", data, "backup", "follow", copy, "--every", "\(Self.every)"],
            out: folder.path + "/out", err: folder.path + "/err")
        defer { kill(follower.processIdentifier, SIGKILL) }

        var seen: [(at: Int64, acknowledged: Int)] = []
        let end = milliseconds() + 4_000
        while milliseconds() < end {
            let at = milliseconds()
            seen.append((at, try acknowledged(out)))
            usleep(20_000)
        }
        kill(follower.processIdentifier, SIGKILL)
        let lost = milliseconds()
        kill(writer.processIdentifier, SIGKILL)
        try FileManager.default.removeItem(atPath: data)

        let status = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(fileURLWithPath: copy + "/follow.json")))
        let told = try #require(status as? [String: Any])
        let copied = try #require(told["copied_at_milliseconds"] as? Int64, "\(told)")
        let took = try #require(told["took_milliseconds"] as? Int64)
        #expect(
            lost - copied <= Int64(Self.every) * 1000 + took + Self.slackMilliseconds,
            "the copy is \(lost - copied) ms old")
        let restored = try Project.run(
            Project.binary("caodiem"), ["backup", "restore", copy, "--data", data])
        #expect(restored.code == 0, "\(restored.err)")
        let state = try Project.run(
            Project.binary("caodiem-test-writer"), [data + "/store.sqlite", "w", "1"])
        let words = state.out.split(whereSeparator: \.isWhitespace).map(String.init)
        let have = try #require(words.count > 3 ? Int(words[1]) : nil, "\(state.out)")
        #expect(words[3] == "0", "a group is torn: \(state.out)")
        let before = seen.filter { $0.at < copied }.map(\.acknowledged).max() ?? 0
        #expect(before > 0)
        #expect(have >= before, "acknowledged before the copy: \(before), in it: \(have)")
    }

    private func acknowledged(_ path: String) throws -> Int {
        let lines = try Project.text(path).split(separator: "\n")
        return lines.last { $0.hasPrefix("ack ") }.flatMap { Int($0.dropFirst(4)) } ?? 0
    }

    private func milliseconds() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1000)
    }
}
