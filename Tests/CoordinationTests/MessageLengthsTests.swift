import Testing
import Wire

@testable import Coordination

/// A relay judges messages by the lengths that they announce, wherever the bytes are cut.
@Suite struct MessageLengthsTests {
    private func message(_ count: Int) -> [UInt8] {
        MessageAssembler.framed([UInt8](repeating: 0xFF, count: count))
    }

    @Test(arguments: 1...16) func whatFitsPassesHoweverItIsCut(_ size: Int) {
        let bytes = message(10) + message(0) + message(3) + message(10)
        var lengths = MessageLengths(limit: 10)
        for start in stride(from: 0, to: bytes.count, by: size) {
            #expect(lengths.excess(in: bytes[start..<min(bytes.count, start + size)]) == nil)
        }
    }

    @Test(arguments: 1...16) func oneByteMoreIsRefusedAtItsPrefix(_ size: Int) {
        let bytes = message(10) + Array(message(11).prefix(5))
        var lengths = MessageLengths(limit: 10)
        var failure: Failure?
        for start in stride(from: 0, to: bytes.count, by: size) {
            #expect(failure == nil)
            failure = lengths.excess(in: bytes[start..<min(bytes.count, start + size)])
        }
        #expect(failure?.code == .resourceExhausted)
    }
}
