import Foundation
import Testing
import Wire

@testable import Reflection

/// JSON to bytes and back, against Python's protobuf and against the generated types.
@Suite struct MessageCodecTests {
    private static let type = "golden.v1.Everything"

    @Test func bytesOfPythonsJSONArePythonsBytes() throws {
        let golden = try GoldenFiles()
        let codec = MessageCodec(golden.definitions)
        #expect(golden.lines.count >= 100)
        for (number, line) in golden.lines.enumerated() {
            let made = try codec.encoded(json: line.json, as: Self.type)
            #expect(made == [line.bytes], "line \(number + 1)")
        }
    }

    @Test func jsonOfPythonsBytesIsPythonsJSON() throws {
        let golden = try GoldenFiles()
        let codec = MessageCodec(golden.definitions)
        for (number, line) in golden.lines.enumerated() {
            for isPretty in [false, true] {
                let json = try codec.json(of: line.bytes, as: Self.type, isPretty: isPretty)
                // Members of a map have no order of their own.
                let ours = try JSONSerialization.jsonObject(with: Data(json.utf8))
                let theirs = try JSONSerialization.jsonObject(with: Data(line.json))
                #expect(
                    ours as? NSDictionary == theirs as? NSDictionary, "line \(number + 1): \(json)")
            }
        }
    }

    @Test func whatWasPrintedComesBackTheSame() throws {
        let golden = try GoldenFiles()
        let codec = MessageCodec(golden.definitions)
        for line in golden.lines {
            let json = try codec.json(of: line.bytes, as: Self.type)
            let again = try codec.encoded(json: Array(json.utf8), as: Self.type)
            #expect(again == [line.bytes])
        }
    }

    @Test func severalTextsAreSeveralMessages() throws {
        let codec = MessageCodec(try GoldenFiles().definitions)
        let made = try codec.encoded(
            json: Array(#"{"aBool":true} {} {"aBool":true}"#.utf8), as: Self.type)
        #expect(made == [[0x68, 1], [], [0x68, 1]])
        #expect(try codec.encoded(json: Array(" \n".utf8), as: Self.type) == [])
    }

    /// Forms of JSON that mean the same message.
    @Test(arguments: [
        (#"{"aUint64":5}"#, #"{"a_uint64":"5"}"#),
        (#"{"aUint64":"5e0"}"#, #"{"aUint64":50e-1}"#),
        (#"{"aUint64":18446744073709551615}"#, #"{"aUint64":"18446744073709551615"}"#),
        (#"{"anInt64":-9223372036854775808}"#, #"{"anInt64":"-9223372036854775808.00"}"#),
        (#"{"anInt32":-0}"#, "{}"),
        (#"{"anInt32":null,"child":null,"int32s":null,"chosenLeaf":null}"#, "{}"),
        (#"{"aColour":1}"#, #"{"aColour":"COLOUR_RED"}"#),
        (#"{"someBytes":"-_8"}"#, #"{"someBytes":"+/8="}"#),
        (#"{"aDouble":"1.5"}"#, #"{"aDouble":15e-1}"#),
        (#"{"aString":"\ud834\udd1e\u0110"}"#, #"{"aString":"𝄞Đ"}"#),
        (#"{"byNumber":{"7":"a","-1":"b"}}"#, #"{"byNumber":{"-1":"b","7.0":"a"}}"#),
        (#"{"byTruth":{"true":{},"false":{}}}"#, #"{"by_truth":{"false":{},"true":{}}}"#),
    ])
    func formsOfTheSameMessage(_ one: String, _ other: String) throws {
        let codec = MessageCodec(try GoldenFiles().definitions)
        let first = try codec.encoded(json: Array(one.utf8), as: Self.type)
        #expect(try codec.encoded(json: Array(other.utf8), as: Self.type) == first)
    }

    @Test func generatedTypesUnderstandWhatIsMade() throws {
        let codec = MessageCodec(try DescriptorSet(encoded: Descriptors.fileSet))
        let json = """
            {"path": "/a.B/C", "timeoutNs": "5000", "metadata": [{"key": "k", "value": "AP8="}]}
            """
        let made = try codec.encoded(
            json: Array(json.utf8), as: WireV1.CallHeaders.messageName)
        let headers = try WireV1.CallHeaders(decoding: made.first ?? [])
        #expect(headers.path == "/a.B/C")
        #expect(headers.metadata.first?.value == [0, 0xFF])
        #expect(
            try codec.json(of: try headers.encoded(), as: WireV1.CallHeaders.messageName)
                == #"{"path":"/a.B/C","timeoutNs":"5000","metadata":[{"key":"k","value":"AP8="}]}"#)
    }

    /// Other encodings of a message that protobuf's rules allow.
    @Test(arguments: [
        // packed and not, in two pieces
        ("8a02020102 8802 03", #"{"int32s":[1,2,3]}"#),
        // a number twice: the last counts
        ("1801 1802", #"{"anInt32":2}"#),
        // a message twice: merged
        ("8a01021801 8a01026801", #"{"child":{"anInt32":1,"aBool":true}}"#),
        // another member of the oneof
        ("b00105 ba010161", #"{"chosenString":"a"}"#),
        // an unknown field, and a known one of another wire type
        ("f83f05 1a0161 6801", #"{"aBool":true}"#),
        // a map's key twice, and an entry without key and value
        ("a203050801120161 a203050801120162 a20300", #"{"byNumber":{"1":"b","0":""}}"#),
        // an enum value that is not defined, and a number longer than its type
        ("80014d 18ffffffff0f", #"{"anInt32":-1,"aColour":77}"#),
    ])
    func otherEncodings(_ hex: String, _ json: String) throws {
        let codec = MessageCodec(try GoldenFiles().definitions)
        let bytes = try GoldenFiles.bytes(ofHex: hex.filter { $0 != " " })
        #expect(try codec.json(of: bytes, as: Self.type) == json)
    }
}
