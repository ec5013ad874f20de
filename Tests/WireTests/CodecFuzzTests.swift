import Testing
import Wire

/// Random damage to honest messages: any outcome but a crash, a hang or a value that will not
/// encode again.
@Suite struct CodecFuzzTests {
    private static let rounds = 100_000

    @Test(.timeLimit(.minutes(5))) func damagedMessagesNeverCrash() throws {
        var random = SplitMix(state: 0x5EED_CA0D_1E31)
        let originals = codecSamples.map { (type(of: $0.value), bytes(ofHex: $0.hex)) }
        var decoded = 0
        var refused = 0
        for round in 0..<Self.rounds {
            let (type, whole) = originals[round % originals.count]
            let damaged = damage(whole, &random)
            do {
                let value = try type.init(decoding: damaged)
                let again = try value.encoded()
                #expect(try isEqual(value, toDecoded: again))
                decoded += 1
            } catch is DecodingFailure {
                refused += 1
            }
        }
        // Both outcomes must be common, or the damage is too mild or too great to test anything.
        #expect(decoded > Self.rounds / 50)
        #expect(refused > Self.rounds / 50)
    }

    private func damage(_ whole: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1 where !bytes.isEmpty:
                bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 2 where !bytes.isEmpty: bytes.remove(at: place)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 4: bytes.removeSubrange(place...)
            default: bytes.append(contentsOf: bytes[place...])
            }
        }
        return bytes
    }
}

/// A small seeded generator, so that a failure repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
