import Foundation
import Testing

@testable import Reflection

/// What the codec refuses, and what it says about it.
@Suite struct MessageRefusalTests {
    private static let type = "golden.v1.Everything"

    private func refusal(_ json: String, limits: ReflectionLimits = .init()) -> ReflectionFailure? {
        refusal(Array(json.utf8), limits: limits)
    }

    private func refusal(_ json: [UInt8], limits: ReflectionLimits) -> ReflectionFailure? {
        do {
            let codec = MessageCodec(try GoldenFiles().definitions, limits: limits)
            _ = try codec.encoded(json: json, as: Self.type)
            return nil
        } catch {
            return error as? ReflectionFailure
        }
    }

    @Test(arguments: [
        (#"{"aStrin":"x"}"#, "aStrin", "no field", "did you mean “aString”?"),
        (#"{"leaves":[{},{"txet":"x"}]}"#, "leaves[1].txet", "no field", "“text”"),
        (#"{"byTruth":{"true":{"zzz":1}}}"#, #"byTruth["true"].zzz"#, "no field", "text, inside"),
        (#"{"aColour":"COLOUR_REED"}"#, "aColour", "no value", "“COLOUR_RED”"),
        (#"{"aColour":true}"#, "aColour", "true or false stands here", "name of the enum"),
        (#"{"anInt32":2147483648}"#, "anInt32", "out of range", "-2147483648 … 2147483647"),
        (#"{"aUint32":-1}"#, "aUint32", "out of range", "0 … 4294967295"),
        (#"{"anInt64":9223372036854775808}"#, "anInt64", "out of range", ""),
        (#"{"anInt32":1.5}"#, "anInt32", "no whole number", ""),
        (#"{"anInt32":1e99999}"#, "anInt32", "no whole number", ""),
        (#"{"anInt32":" 1"}"#, "anInt32", "a text stands here", "a whole number"),
        (#"{"anInt32":""}"#, "anInt32", "a text stands here", ""),
        (#"{"anInt32":true}"#, "anInt32", "true or false stands here", ""),
        (#"{"aBool":"true"}"#, "aBool", "a text stands here", "true or false"),
        (#"{"aBool":1}"#, "aBool", "a number stands here", ""),
        (#"{"aFloat":3.5e38}"#, "aFloat", "out of range", ""),
        (#"{"aDouble":1e400}"#, "aDouble", "out of range", ""),
        (#"{"aDouble":"nan"}"#, "aDouble", "a text stands here", "NaN"),
        (#"{"aString":7}"#, "aString", "a number stands here", "a text"),
        (#"{"aString":"a\u0000b"}"#, "aString", "NUL", "use bytes"),
        (#"{"someBytes":"a"}"#, "someBytes", "a text stands here", "base64"),
        (#"{"someBytes":"AA=A"}"#, "someBytes", "a text stands here", "base64"),
        (#"{"int32s":1}"#, "int32s", "a number stands here", "a list"),
        (#"{"int32s":[1,null]}"#, "int32s[1]", "null stands here", ""),
        (#"{"leaves":[null]}"#, "leaves[0]", "null stands here", ""),
        (#"{"child":[]}"#, "child", "a list stands here", "an object"),
        (#"{"byNumber":[]}"#, "byNumber", "a list stands here", "an object"),
        (#"{"byNumber":{"1":"a","1.0":"b"}}"#, #"byNumber["1.0"]"#, "given twice", ""),
        (#"{"byTruth":{"yes":{}}}"#, #"byTruth["yes"]"#, "", "true or false"),
        (#"{"aBool":true,"a_bool":true}"#, "aBool", "given twice", ""),
        (#"{"chosenInt64":1,"chosenString":""}"#, "chosenString", "only one of", "leave out one"),
        ("7", "", "a number stands here", "an object"),
    ])
    func messages(_ json: String, _ path: String, _ message: String, _ hint: String) {
        let refused = refusal(json)
        #expect(refused?.path == path)
        #expect(message.isEmpty || refused?.message.contains(message) == true, "\(refused as Any)")
        #expect(hint.isEmpty || refused?.hint.contains(hint) == true, "\(refused as Any)")
    }

    @Test(arguments: [
        ("{", "ends where|name is missing"), ("{\"a\"}", "colon"), ("{\"aBool\":true,}", "name"),
        ("[1,]", "no value"), ("{\"aBool\":tru}", "no value"), ("{\"aString\":\"a", "no end"),
        ("{\"aString\":\"a\nb\"}", "control"), (#"{"aString":"\x"}"#, "escape"),
        (#"{"aString":"\ud834"}"#, "surrogate"), (#"{"aString":"\udd1e"}"#, "surrogate"),
        (#"{"aString":"\ud834\u0041"}"#, "surrogate"), (#"{"aString":"\u12g4"}"#, "hexadecimal"),
        ("{\"anInt32\":01}", "comma"), ("{\"anInt32\":1.}", "digit"), ("{\"anInt32\":-}", "digit"),
        ("{\"anInt32\":+1}", "no value"), ("{\"anInt32\":.5}", "no value"), ("NaN", "no value"),
        ("{} x", "no value"), ("/* a */ {}", "no value"), ("\u{FEFF}{}", "no value"),
    ])
    func json(_ text: String, _ word: String) {
        let refused = refusal(text)
        let isNamed = word.split(separator: "|").contains {
            refused?.message.contains($0) == true
        }
        #expect(isNamed, "\(refused as Any)")
        #expect(refused?.message.contains("line 1") == true || text.contains("\n"))
    }

    @Test func aFaultIsPlacedByLineAndColumn() {
        let refused = refusal("{\n  \"aString\": \"Đ\", ?}")
        #expect(refused?.message.contains("line 2, column 19") == true, "\(refused as Any)")
    }

    @Test func textMustBeUTF8() {
        let bytes = Array(#"{"aString":""#.utf8) + [0xC0, 0x80] + Array("\"}".utf8)
        #expect(refusal(bytes, limits: .init())?.message.contains("not UTF-8") == true)
    }

    @Test func depthIsBounded() throws {
        var limits = ReflectionLimits()
        limits.depth = 5
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"child":"#, count: depth - 1) + "{}"
                + String(repeating: "}", count: depth - 1)
        }
        #expect(refusal(nested(5), limits: limits) == nil)
        #expect(refusal(nested(6), limits: limits)?.message.contains("more than 5 deep") == true)
        #expect(refusal(nested(100_000))?.message.contains("nested too deeply") == true)
        let brackets = String(repeating: "[", count: 1_000_000)
        #expect(refusal(brackets)?.message.contains("nested too deeply") == true)
    }

    @Test func sizeIsBounded() {
        var limits = ReflectionLimits()
        limits.values = 10
        let list = "{\"int32s\":[1,1,1,1,1,1,1,1,1,1]}"
        #expect(refusal(list, limits: limits)?.message.contains("too many values") == true)
        limits = ReflectionLimits()
        limits.jsonBytes = 20
        #expect(refusal(list, limits: limits)?.message.contains("at most 20") == true)
        limits = ReflectionLimits()
        limits.messageBytes = 11
        #expect(refusal(list, limits: limits)?.message.contains("at most 11 are sent") == true)
    }

    @Test(arguments: [
        ("18", "end inside a field"), ("7205ff", "end inside a field"), ("00", "number 0"),
        ("1b", "wire type 3"), ("18ffffffffffffffffffff01", "ten bytes"),
        ("7202c080", "not UTF-8"), ("0901", "end inside a field"),
        ("72ffffffffffffffffff01", "end inside a field"), ("8a020180", "end inside a field"),
    ])
    func damagedBytes(_ hex: String, _ word: String) throws {
        let codec = MessageCodec(try GoldenFiles().definitions)
        let bytes = try GoldenFiles.bytes(ofHex: hex)
        #expect {
            try codec.json(of: bytes, as: Self.type)
        } throws: { error in
            (error as? ReflectionFailure)?.message.contains(word) == true
        }
    }

    @Test func deepOrManyBytesAreRefused() throws {
        let definitions = try GoldenFiles().definitions
        var deep: [UInt8] = []
        for _ in 0..<2_000 {
            var writer = FieldWriter()
            writer.content(17, deep)
            deep = writer.bytes
        }
        let codec = MessageCodec(definitions)
        #expect(throws: ReflectionFailure.self) { try codec.json(of: deep, as: Self.type) }
        var limits = ReflectionLimits()
        limits.values = 100
        let narrow = MessageCodec(definitions, limits: limits)
        let many = Array(repeating: [0x8A, 0x02, 0x01, 0x01] as [UInt8], count: 101).flatMap(\.self)
        #expect(throws: ReflectionFailure.self) { try narrow.json(of: many, as: Self.type) }
        #expect(throws: ReflectionFailure.self) {
            try codec.json(of: many, as: "golden.v1.Nothing")
        }
    }

    /// Damaged messages and texts end in a value or a refusal, never in a trap.
    @Test func damageNeverCrashes() throws {
        let golden = try GoldenFiles()
        let codec = MessageCodec(golden.definitions)
        var dice = SplitMix(state: 7)
        for line in golden.lines {
            for _ in 0..<20 {
                let bytes = dice.damaged(line.bytes)
                if let json = try? codec.json(of: bytes, as: Self.type) {
                    _ = try JSONSerialization.jsonObject(with: Data(json.utf8))
                }
                _ = try? codec.encoded(json: dice.damaged(line.json), as: Self.type)
            }
        }
    }
}

/// A small seeded generator, so that a failure comes again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A few bytes changed, taken out or put in.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...damaged.count, using: &self)
            let byte = UInt8.random(in: .min ... .max, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: damaged.insert(byte, at: place)
            case 1 where place < damaged.count: damaged.remove(at: place)
            default: if place < damaged.count { damaged[place] ^= byte }
            }
        }
        return damaged
    }
}
