import Testing
import Wire

/// What a hostile or newer peer may send, and what must come of it.
@Suite struct CodecHazardTests {
    private typealias Headers = WireV1.CallHeaders

    @Test(
        arguments: [
            [0xC3], [0xC3, 0x28], [0xA0], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
            [0xC0, 0xAF], [0x61, 0xFF, 0x62],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(text: [UInt8]) {
        // In the first word, across words and in the tail of the text.
        for lead in [0, 5, 8, 13, 40] {
            let content = [UInt8](repeating: 0x61, count: lead) + text
            let failure = decodingFailure(Headers.self, field(1, content))
            #expect(failure?.reason == .invalidText(field: "caodiem.wire.v1.CallHeaders.path"))
            #expect(failure?.message.contains("CallHeaders.path") == true)
        }
    }

    @Test func aNULInTextIsRefusedAtEveryPlace() {
        for length in 1...40 {
            for place in 0..<length {
                var content = [UInt8](repeating: 0x61, count: length)
                content[place] = 0
                let failure = decodingFailure(Headers.self, field(1, content))
                #expect(failure?.reason == .invalidText(field: "caodiem.wire.v1.CallHeaders.path"))
            }
        }
    }

    @Test func aNULBesideOtherLettersIsRefused() {
        let failure = decodingFailure(Headers.self, field(1, Array("thi hành\0án".utf8)))
        #expect(failure?.reason == .invalidText(field: "caodiem.wire.v1.CallHeaders.path"))
    }

    @Test func invalidTextInsideAPartNamesTheInnerField() {
        let entry = field(5, field(1, [0xFF]))
        let failure = decodingFailure(Headers.self, entry)
        #expect(failure?.reason == .invalidText(field: "caodiem.wire.v1.MetadataEntry.key"))
        let note = field(14, [0])
        let notes = decodingFailure(ScoringV1.TargetResult.self, note)
        #expect(notes?.reason == .invalidText(field: "caodiem.scoring.v1.TargetResult.notes"))
    }

    @Test func bytesFieldsHoldAnything() throws {
        let value: [UInt8] = [0, 0xFF, 0xC3, 0]
        let entry = try WireV1.MetadataEntry(decoding: field(2, value))
        #expect(entry.value == value)
    }

    @Test func aNULIsNotSentEither() {
        let report = AdminV1.ExitReport.with { $0.lastLines = ["good", "not\0good"] }
        #expect(throws: EncodingFailure.self) { try report.encoded() }
        var frame: [UInt8] = [7, 7]
        do {
            try report.encode(into: &frame)
            Issue.record("a NUL was encoded")
        } catch {
            #expect(error.reason == .invalidText(field: "caodiem.admin.v1.ExitReport.last_lines"))
            #expect(frame == [7, 7])
        }
    }

    @Test func truncationAtEveryOffsetIsAFailureOrAShorterMessage() throws {
        for sample in codecSamples {
            let whole = bytes(ofHex: sample.hex)
            var failures = 0
            for end in 0..<whole.count {
                if try !decodesOrFails(type(of: sample.value), whole[..<end], as: .malformed) {
                    failures += 1
                }
            }
            // Only a cut between two fields leaves a message; most cuts do not.
            #expect(whole.count < 8 || failures > 0, "\(sample.name)")
        }
    }

    @Test func lengthsBeyondTheEndAreMalformed() {
        for length: [UInt8] in [
            [0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        ] {
            let failure = decodingFailure(Headers.self, [0x0A] + length + [0x61])
            #expect(failure?.reason == .malformed)
        }
    }

    @Test func aRunOfEmptyPartsHitsTheBudget() throws {
        let flood = [UInt8](repeating: 0, count: 4 << 20).indices.map { index -> UInt8 in
            index % 2 == 0 ? 0x2A : 0
        }
        let failure = decodingFailure(Headers.self, flood)
        #expect(failure?.reason == .budget)
        #expect(failure?.message.contains("caodiem.wire.v1.CallHeaders") == true)
        // A short run is within the least budget.
        let few = Array(flood.prefix(200))
        #expect(try Headers(decoding: few).metadata.count == 100)
    }

    @Test func aRunOfUnknownFieldsHitsTheBudget() {
        let flood = [UInt8](repeating: 0x78, count: 1 << 20)
        #expect(decodingFailure(Headers.self, flood)?.reason == .budget)
    }

    @Test func aLongHonestMessageIsWithinTheBudget() throws {
        let reply = ScoringV1.ScoreReply.with { reply in
            reply.units = (0..<2000).map { index in
                .with {
                    $0.unit = "\(index)"
                    $0.name = "Chi cục Thi hành án dân sự huyện số \(index)"
                    $0.targets = [
                        .with {
                            $0.id = "T1"; $0.rate = "0.912345"; $0.notes = ["x"]
                        }
                    ]
                }
            }
        }
        let bytes = try reply.encoded()
        #expect(bytes.count > 64 << 10)
        #expect(try ScoringV1.ScoreReply(decoding: bytes) == reply)
    }

    @Test func unknownFieldsAreSkipped() throws {
        let known = Headers.with {
            $0.path = "/a.B/C"; $0.timeoutNs = 5
        }
        let strange: [UInt8] =
            [0xA0, 0x06, 0x07]  // 100: varint
            + [0xA9, 0x06, 1, 2, 3, 4, 5, 6, 7, 8]  // 101: 64 bits
            + [0xB2, 0x06, 2, 0xFF, 0]  // 102: bytes that are no text
            + [0xBD, 0x06, 1, 2, 3, 4]  // 103: 32 bits
        let encoded = try known.encoded()
        #expect(try Headers(decoding: strange + encoded) == known)
        #expect(try Headers(decoding: encoded + strange) == known)
        #expect(try Headers(decoding: encoded + strange).encoded() == encoded)
    }

    @Test func unknownEnumValuesAreKept() throws {
        for number: Int32 in [99, -1, .max, .min] {
            let hello = WireV1.Hello.with { $0.role = .init(rawValue: number) }
            let back = try WireV1.Hello(decoding: hello.encoded())
            #expect(back.role.rawValue == number)
            #expect(back.role.description == "\(number)")
        }
        #expect(WireV1.Role.worker.description == "ROLE_WORKER")
    }

    @Test func ofAFieldThatComesTwiceTheLastCounts() throws {
        let twice = field(1, Array("first".utf8)) + field(1, Array("second".utf8))
        #expect(try Headers(decoding: twice).path == "second")
        let numbers: [UInt8] = [0x18, 5, 0x18, 6]
        #expect(try Headers(decoding: numbers).timeoutNs == 6)
        let choice = field(1, []) + field(2, [])
        guard case .reason(let reason)? = try ScoringV1.ExplainItem(decoding: choice).item else {
            Issue.record("the last member of the oneof was lost")
            return
        }
        #expect(reason == .init())
    }

    @Test func repeatedNumbersComePackedOrNot() throws {
        let packed = field(3, [1, 2, 0xAC, 0x02])
        let single: [UInt8] = [0x18, 1, 0x18, 2, 0x18, 0xAC, 0x02]
        #expect(try WireV1.Hello(decoding: packed).features == [1, 2, 300])
        #expect(try WireV1.Hello(decoding: single).features == [1, 2, 300])
        #expect(try WireV1.Hello(decoding: single + packed).features == [1, 2, 300, 1, 2, 300])
    }

    @Test func anOptionalZeroIsNotAbsent() throws {
        var result = ScoringV1.TargetResult()
        #expect(result.daysLate == nil)
        result.daysLate = 0
        result.rate = ""
        let back = try ScoringV1.TargetResult(decoding: result.encoded())
        #expect(back.daysLate == 0)
        #expect(back.rate == "")
    }

    @Test func budgetsGrowWithThePayload() {
        #expect(CodecLimits.unpackBudget(forPayload: 0) == 64 << 10)
        #expect(CodecLimits.unpackBudget(forPayload: 1 << 20) == 8 << 20)
        #expect(CodecLimits.unpackBudget(forPayload: .max) == .max)
    }
}

/// A length-delimited field with a number below 16.
private func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    var length: [UInt8] = []
    var rest = content.count
    repeat {
        length.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
        rest >>= 7
    } while rest > 0
    return [number << 3 | 2] + length + content
}

private func decodingFailure<M: WireMessage>(_: M.Type, _ bytes: [UInt8]) -> DecodingFailure? {
    do {
        _ = try M(decoding: bytes)
        return nil
    } catch {
        return error
    }
}

/// True when the bytes decode; any failure must be of that kind.
private func decodesOrFails(
    _ type: any WireMessage.Type, _ bytes: ArraySlice<UInt8>, as reason: DecodingFailure.Reason
) throws -> Bool {
    do {
        _ = try type.init(decoding: bytes)
        return true
    } catch {
        #expect(error.reason == reason)
        return false
    }
}
