import Testing
import Wire

@testable import Conformance

/// The judge is judged: against peers with one fault each, the case of that fault fails.
@Suite(.serialized) struct JudgeTests {
    /// The line that the runner prints for a case against a peer that behaves so.
    private func line(of id: String, _ behaviour: BrokenPeer.Behaviour) throws -> String {
        let peer = try BrokenPeer(behaviour)
        defer { peer.stop() }
        let options = try #require(Options(["--peer", "unix:\(peer.path)", "--only", id]))
        var lines: [String] = []
        let code = Runner(options) { lines.append($0) }.run()
        let found = try #require(lines.first { $0.hasPrefix("\(id) ") }, "\(lines)")
        #expect((code == 0) == !found.hasPrefix("\(id) FAIL"))
        #expect(lines.last?.hasSuffix("skipped") == true)
        return found
    }

    @Test(arguments: ["C34a", "C20b", "C1a", "C12d", "C6b"])
    func aPeerThatKeepsTheRulesPasses(_ id: String) throws {
        #expect(try line(of: id, .keepsRules).hasPrefix("\(id) ok"))
    }

    @Test(arguments: [
        ("C34a", BrokenPeer.Behaviour.hangsUp), ("C34a", .wrongPong), ("C34a", .reservedBits),
        ("C20b", .endsTwice), ("C20b", .silent), ("C2a", .keepsRules),
        ("C34a", .noPreface),
        ("C20b", .secondHello), ("C9a", .keepsRules),
    ]) func aFaultIsSeen(_ id: String, _ behaviour: BrokenPeer.Behaviour) throws {
        let found = try line(of: id, behaviour)
        #expect(found.hasPrefix("\(id) FAIL"), "\(found)")
    }

    @Test func whatThePeerDoesNotServeIsSkipped() throws {
        #expect(try line(of: "C17a", .keepsRules).hasPrefix("C17a skip"))
        #expect(try line(of: "C14a", .keepsRules).hasPrefix("C14a skip"))
    }
}
