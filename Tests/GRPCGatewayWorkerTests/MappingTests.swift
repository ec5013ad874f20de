import GRPCCore
import Testing
import Wire

@testable import GRPCGatewayWorker

@Suite struct MappingTests {
    @Test(arguments: [
        ("1H", Duration.seconds(3600)), ("2M", .seconds(120)), ("3S", .seconds(3)),
        ("4m", .milliseconds(4)), ("5u", .microseconds(5)), ("6n", .nanoseconds(6)),
        ("0n", .zero), ("00000001S", .seconds(1)), ("99999999H", .seconds(365 * 86_400)),
    ])
    func timeoutsThatRead(text: String, duration: Duration) throws {
        #expect(try TimeoutHeader.duration(text, atMost: .seconds(365 * 86_400)) == duration)
    }

    @Test(arguments: ["", "S", "1", "-1S", "+1S", "123456789S", "1s", "1 S", "٣S", "1SS"])
    func timeoutsThatDoNot(text: String) {
        #expect {
            _ = try TimeoutHeader.duration(text, atMost: .seconds(1))
        } throws: {
            ($0 as? Failure)?.code == .internal
        }
    }

    @Test func whatAClientSaysOfItselfStaysAtTheGateway() throws {
        var metadata = Metadata()
        for key in [
            ":path", ":authority", "te", "content-type", "user-agent", "grpc-timeout",
            "grpc-encoding", "caodiem-principal", "caodiem-on-behalf-of", "authorization", "host",
        ] {
            metadata.addString("v", forKey: key)
        }
        metadata.addString("v", forKey: "traceparent")
        #expect(try MetadataMapping.entries(of: metadata).map(\.key) == ["traceparent"])
    }

    @Test(
        arguments: [
            ("qwA", [[0xAB, 0x00]]), ("qwA=", [[0xAB, 0x00]]), ("", [[]]),
            ("qwA,AQ", [[0xAB, 0x00], [0x01]]), ("AQID", [[1, 2, 3]]),
        ] as [(String, [[UInt8]])])
    func binaryValuesAsClientsWriteThem(text: String, values: [[UInt8]]) throws {
        var metadata = Metadata()
        metadata.addString(text, forKey: "x-bin")
        #expect(try MetadataMapping.entries(of: metadata).map(\.value) == values)
    }

    @Test(arguments: ["!", "A", "AAAAA"]) func binaryValuesThatAreNone(text: String) {
        var metadata = Metadata()
        metadata.addString(text, forKey: "x-bin")
        #expect(throws: Failure.self) { try MetadataMapping.entries(of: metadata) }
    }

    @Test func whatHTTPCannotCarryIsLeftOut() {
        func entry(_ key: String, _ value: [UInt8]) -> WireV1.MetadataEntry {
            .with {
                $0.key = key
                $0.value = value
            }
        }
        let headers = MetadataMapping.headers(of: [
            entry("plain", Array("a b~".utf8)), entry("tone", Array("đ".utf8)),
            entry("line", [0x0A]), entry("grpc-status", [0x30]), entry("Upper", [0x30]),
            entry("raw-bin", [0x00, 0xFF]), entry("", [0x30]), entry(":path", [0x30]),
            entry("grpc-retry-pushback-ms", Array("250".utf8)),
        ])
        #expect(headers.map(\.key) == ["plain", "raw-bin", "grpc-retry-pushback-ms"])
    }

    @Test func detailsShrinkToTheirLimit() throws {
        var limits = GatewayLimits()
        limits.details = 700
        let failure = Failure(
            .invalidArgument, String(repeating: "sai ", count: 60), field: "as_of", hint: "sửa",
            reason: "BAD_DAY")
        func names(_ bytes: [UInt8]?) throws -> [String] {
            let status = try GatewayV1.RpcStatus(decoding: try #require(bytes))
            return status.details.map { String($0.typeURL.split(separator: "/")[1]) }
        }
        let whole = StatusMapping(limits: GatewayLimits())
        let all = ["google.rpc.ErrorInfo", "google.rpc.BadRequest", "caodiem.wire.v1.Failure"]
        #expect(try names(whole.details(failure, text: failure.message)) == all)
        let small = StatusMapping(limits: limits)
        let bytes = small.details(failure, text: failure.message)
        #expect(try names(bytes) == Array(all[..<2]))
        limits.details = 100
        #expect(StatusMapping(limits: limits).details(failure, text: failure.message) == nil)
    }

    /// The bytes that googleapis' own classes read: google.rpc.Status with google.rpc.ErrorInfo.
    @Test func theDetailsOfAPlainFailureToTheByte() throws {
        let failure = Failure(.notFound, "no", retryable: true, reason: "R")
        let bytes = try #require(
            StatusMapping(limits: GatewayLimits()).details(failure, text: "no"))
        let info: [UInt8] =
            [0x0A, 1] + Array("R".utf8) + [0x12, 7] + Array("caodiem".utf8)
            + [0x1A, 17, 0x0A, 9] + Array("retryable".utf8) + [0x12, 4] + Array("true".utf8)
        let own: [UInt8] =
            [0x08, 5, 0x12, 2] + Array("no".utf8) + [0x28, 1, 0x32, 1] + Array("R".utf8)
        func any(_ name: String, _ value: [UInt8]) -> [UInt8] {
            let url = Array(("type.googleapis.com/" + name).utf8)
            let body = [0x0A, UInt8(url.count)] + url + [0x12, UInt8(value.count)] + value
            return [0x1A, UInt8(body.count)] + body
        }
        let expected: [UInt8] =
            [0x08, 5, 0x12, 2] + Array("no".utf8) + any("google.rpc.ErrorInfo", info)
            + any("caodiem.wire.v1.Failure", own)
        #expect(bytes == expected)
    }

    @Test(arguments: [
        ("grpc.reflection.v1alpha.ServerReflection", "grpc.reflection.v1.ServerReflection"),
        ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1.ServerReflection"),
        ("caodiem.scoring.v1.Scoring", "caodiem.scoring.v1.Scoring"),
    ])
    func olderNamesMeanTheNewOnes(asked: String, meant: String) {
        let method = MethodDescriptor(fullyQualifiedService: asked, method: "M")
        #expect(ServiceNames.path(method) == "/\(meant)/M")
    }
}
