import Foundation
import Testing
import Wire

/// Inputs that once broke something, and the seeds of the fuzzing runs: none breaks anything now.
@Suite struct FuzzCorpusTests {
    private static func corpus(_ name: String) throws -> [URL] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(
            at: root.appending(path: "Fuzz/Corpus/\(name)"), includingPropertiesForKeys: nil
        ).filter { !$0.lastPathComponent.hasPrefix(".") && $0.pathExtension != "md" }
    }

    @Test func messagesHold() throws {
        for file in try Self.corpus("messages") {
            #expect(throws: Never.self, "\(file.lastPathComponent)") {
                try MessageSubject.run([UInt8](Data(contentsOf: file)))
            }
        }
    }

    @Test func connectionsHold() throws {
        let files = try Self.corpus("connection")
        #expect(!files.isEmpty)
        for file in files {
            #expect(throws: Never.self, "\(file.lastPathComponent)") {
                try ConnectionSubject.run([UInt8](Data(contentsOf: file)))
            }
        }
    }

    /// The golden bytes of every message, as the fuzzer begins with them.
    @Test func theSeedsHold() throws {
        for sample in codecSamples {
            let key = MessageSubject.key(of: type(of: sample.value).messageName)
            let input = [UInt8(key >> 8), UInt8(key & 0xFF)] + bytes(ofHex: sample.hex)
            #expect(throws: Never.self, "\(sample.name)") { try MessageSubject.run(input) }
        }
        for bits in UInt8.min...UInt8.max {
            #expect(throws: Never.self, "\(bits)") {
                try ConnectionSubject.run([bits, 7] + ConnectionSubject.opening)
            }
        }
    }
}
