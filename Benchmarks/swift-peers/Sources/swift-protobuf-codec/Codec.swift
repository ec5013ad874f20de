import Glibc
import Meter
import SwiftProtobuf

/// The Case message with swift-protobuf: `swift-protobuf-codec FILE ROUNDS`, as `codec` in calls.
@main
enum Codec {
    nonisolated(unsafe) private static var sink = 0

    static func main() throws {
        let words = CommandLine.arguments
        guard words.count == 3, let file = fopen(words[1], "r") else { exit(64) }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        bytes = Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
        let message = try Caodiem_Casework_V1_Case(serializedBytes: bytes)
        guard try message.serializedBytes() as [UInt8] == bytes else { exit(65) }
        print(
            try Rounds.report(
                Int(words[2]) ?? 9,
                decode: {
                    sink &+= try Caodiem_Casework_V1_Case(serializedBytes: bytes).note.utf8.count
                },
                encode: { sink &+= (try message.serializedBytes() as [UInt8]).count }))
    }
}
