import Foundation

@testable import Reflection

/// What Python's protobuf made (Golden/make_golden.py).
struct GoldenFiles {
    struct Line {
        let json: [UInt8]
        let bytes: [UInt8]
    }

    let definitions: DescriptorSet
    let lines: [Line]

    init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        let set = try Data(contentsOf: folder.appending(path: "everything.binpb"))
        definitions = try DescriptorSet(encoded: [UInt8](set))
        let text = try String(
            contentsOf: folder.appending(path: "messages.jsonl"), encoding: .utf8)
        lines = try text.split(separator: "\n").map { line in
            // Not read as JSON: the inner text must stay as Python wrote it.
            let parts = line.split(separator: #","hex":""#, maxSplits: 1)
            let json = parts[0].dropFirst(#"{"json":"#.count)
            return Line(
                json: Array(json.utf8), bytes: try GoldenFiles.bytes(ofHex: parts[1].dropLast(2)))
        }
    }

    static func bytes(ofHex hex: some StringProtocol) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map { place in
            let pair = String(decoding: digits[place..<place + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw CocoaError(.fileReadCorruptFile) }
            return byte
        }
    }
}
