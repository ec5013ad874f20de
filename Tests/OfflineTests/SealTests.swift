import Digests
import Foundation
import Testing

@testable import Offline

/// Sealed files: what was sealed comes back, and nothing else ever does.
@Suite struct SealTests {
    private let key = [UInt8](0..<32)

    private func sealed(_ bytes: [UInt8], in place: Place) throws -> [UInt8] {
        let path = place.path + "/sealed-\(UUID().uuidString)"
        let sink = try SealingSink(try PlainSink(path), key: key, madeAtMilliseconds: 7)
        for start in stride(from: 0, to: bytes.count, by: 50_000) {
            try sink.write(Array(bytes[start..<min(start + 50_000, bytes.count)]))
        }
        try sink.finish()
        return try Files.whole(path, atMost: 1 << 24)
    }

    private func opened(_ bytes: [UInt8], key: [UInt8]? = nil, in place: Place) throws -> [UInt8] {
        let path = try place.write("open-\(UUID().uuidString)", bytes)
        let source = try OpeningSource(try PlainSource(path), key: key ?? self.key, path: path)
        return try source.read(1 << 24)
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 300_001])
    func comesBack(_ count: Int) throws {
        let place = try Place()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31) }
        let file = try sealed(bytes, in: place)
        #expect(file.count == 64 + count + 16 * max(1, (count + 65_535) / 65_536))
        #expect(try opened(file, in: place) == bytes)
        #expect(try SealHead(reading: Array(file[..<64])).madeAtMilliseconds == 7)
    }

    @Test func twoSealingsOfTheSameDiffer() throws {
        let place = try Place()
        #expect(try sealed([1, 2, 3], in: place) != sealed([1, 2, 3], in: place))
    }

    @Test func anotherKeyIsNamed() throws {
        let place = try Place()
        let file = try sealed([1, 2, 3], in: place)
        let problem = #expect(throws: OfflineProblem.self) {
            try opened(file, key: [UInt8](repeating: 9, count: 32), in: place)
        }
        #expect(problem?.code == "OTHER_KEY")
    }

    /// Chunks cut off, exchanged, doubled, and one bit of every part of the file.
    @Test func damageIsFound() throws {
        let place = try Place()
        let bytes = [UInt8](repeating: 5, count: 3 * 65_536)
        let file = try sealed(bytes, in: place)
        let chunk = 65_536 + 16
        let (head, body) = (Array(file[..<64]), Array(file[64...]))
        let chunks = (0..<3).map { Array(body[$0 * chunk..<min(($0 + 1) * chunk, body.count)]) }
        var damaged = [
            head, head + chunks[0], head + chunks[0] + chunks[1], Array(file.dropLast()),
            head + chunks[1] + chunks[0] + chunks[2], head + chunks[0] + chunks[2],
            head + chunks[0] + chunks[0] + chunks[1] + chunks[2], file + [0], file + chunks[2],
        ]
        for at in [17, 25, 50, 60, 64, 64 + chunk - 1, file.count - 1] {
            var flipped = file
            flipped[at] ^= 1
            damaged.append(flipped)
        }
        for (index, bytes) in damaged.enumerated() {
            #expect(throws: OfflineProblem.self, "damage \(index)") {
                try opened(bytes, in: place)
            }
        }
    }

    @Test func keysAreReadFromClosedFilesOnly() throws {
        let place = try Place()
        let path = place.path + "/key"
        try KeyFile.make(path)
        #expect(try KeyFile.read(path).count == 32)
        #expect(throws: OfflineProblem.self) { try KeyFile.make(path) }
        chmod(path, 0o640)
        #expect(throws: OfflineProblem.self) { try KeyFile.read(path) }
        #expect(KeyFile.parsed(Array(" \n\(String(repeating: "aB", count: 32))\r\n".utf8)) != nil)
        #expect(KeyFile.parsed(Array(String(repeating: "ab", count: 31).utf8)) == nil)
        #expect(KeyFile.parsed(Array(String(repeating: "xy", count: 32).utf8)) == nil)
    }
}

/// A folder of its own, removed with the last reference.
final class Place {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "caodiem-offline-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    var names: [String] { Files.names(in: path) ?? [] }
}
