import Testing
import Wire

/// Our coding held against another implementation's, for every message of the protocol.
@Suite struct CodecGoldenTests {
    @Test func everyMessageHasSamples() {
        let named = Set(codecSamples.map { type(of: $0.value).messageName })
        #expect(named.count >= 40)
        for method in allMethods {
            #expect(named.contains(method.request.messageName))
            #expect(named.contains(method.reply.messageName))
        }
    }

    @Test(arguments: codecSamples) func encodesAsProtobufDoes(sample: CodecSample) throws {
        #expect(try hex(sample.value.encoded()) == sample.hex)
    }

    @Test(arguments: codecSamples) func decodesWhatProtobufWrote(sample: CodecSample) throws {
        #expect(try isEqual(sample.value, toDecoded: bytes(ofHex: sample.hex)))
    }

    @Test(arguments: codecSamples) func appendsAfterWhatIsThere(sample: CodecSample) throws {
        var frame: [UInt8] = [1, 2, 3]
        try sample.value.encode(into: &frame)
        #expect(Array(frame.prefix(3)) == [1, 2, 3])
        #expect(hex(Array(frame.dropFirst(3))) == sample.hex)
    }

    @Test func defaultsTakeNoBytes() throws {
        for sample in codecSamples {
            let empty = type(of: sample.value).init()
            #expect(try empty.encoded().isEmpty)
            #expect(try isEqual(empty, toDecoded: []))
        }
    }

    @Test func aSliceDecodesLikeAnArray() throws {
        let request = ScoringV1.ScoreRequest.with { $0.unit = "09" }
        let framed: [UInt8] = [0xFF, 0xFF] + (try request.encoded())
        #expect(try ScoringV1.ScoreRequest(decoding: framed[2...]) == request)
        #expect(try ScoringV1.ScoreRequest(decoding: framed[2..<2]) == .init())
    }

    private var allMethods: [MethodDescription] {
        AdminV1.Admin.all + AuctionV1.Auction.all + CampaignV1.Campaign.all
            + CaseworkV1.Casework.all + EmulationV1.Emulation.all + IngestionV1.Ingestion.all
            + PluginV1.Plugin.all + ScoringV1.Scoring.all
    }
}

extension CodecSample: CustomTestStringConvertible {
    var testDescription: String { name }
}

/// True when the bytes decode to exactly that value.
func isEqual<M: WireMessage>(_ value: M, toDecoded bytes: [UInt8]) throws -> Bool {
    try M(decoding: bytes) == value
}

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}

func bytes(ofHex text: String) -> [UInt8] {
    let digits = text.utf8.map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
