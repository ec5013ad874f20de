import Testing

@testable import Wire

/// The bytes of each frame, written out: header length, stream, type, flags, reserved; payload.
@Suite struct FrameTests {
    static let golden: [(Frame, [UInt8])] = [
        (
            Frame(
                .headers, flags: 1, stream: StreamID(rawValue: 1),
                payload: [0x0A, 0x02, 0x2F, 0x61]),
            [0, 0, 0, 4, 0, 0, 0, 1, 0x01, 1, 0, 0, 0x0A, 0x02, 0x2F, 0x61]
        ),
        (
            Frame(
                .data, flags: 1, stream: StreamID(rawValue: 0x0102_0304),
                payload: [0, 0, 0, 0, 1, 0x7F]),
            [0, 0, 0, 6, 1, 2, 3, 4, 0x02, 1, 0, 0, 0, 0, 0, 0, 1, 0x7F]
        ),
        (
            Frame(.data, stream: StreamID(rawValue: 2)),
            [0, 0, 0, 0, 0, 0, 0, 2, 0x02, 0, 0, 0]
        ),
        (
            Frame(.trailers, stream: StreamID(rawValue: 3), payload: [0x08, 0x05]),
            [0, 0, 0, 2, 0, 0, 0, 3, 0x03, 0, 0, 0, 0x08, 0x05]
        ),
        (
            Frame(.reset, stream: StreamID(rawValue: 5), payload: [0, 0, 0, 8, 0x62, 0x79]),
            [0, 0, 0, 6, 0, 0, 0, 5, 0x04, 0, 0, 0, 0, 0, 0, 8, 0x62, 0x79]
        ),
        (
            Frame(.window, stream: StreamID(rawValue: 7), payload: [0, 2, 0, 0]),
            [0, 0, 0, 4, 0, 0, 0, 7, 0x05, 0, 0, 0, 0, 2, 0, 0]
        ),
        (
            Frame(.ping, flags: 1, payload: [1, 2, 3, 4, 5, 6, 7, 8]),
            [0, 0, 0, 8, 0, 0, 0, 0, 0x06, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]
        ),
        (
            Frame(.goAway, payload: [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 1, 0]),
            [0, 0, 0, 8, 0, 0, 0, 0, 0x07, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 1, 0]
        ),
        (
            Frame(.hello, payload: [0x08, 0x80, 0x80, 0x04]),
            [0, 0, 0, 4, 0, 0, 0, 0, 0x08, 0, 0, 0, 0x08, 0x80, 0x80, 0x04]
        ),
    ]

    @Test(arguments: golden.indices)
    func aFrameHasTheseBytes(index: Int) {
        let (frame, bytes) = FrameTests.golden[index]
        #expect(frame.encoded() == bytes)
    }

    @Test func thePrefaceHasTheseBytes() {
        #expect(Frame.preface == [0x89] + Array("CDP\r\n".utf8) + [0x1A, 0x0A])
    }

    /// Whole, joined, byte by byte, split in two at every place: always the same frames.
    @Test func framesDoNotDependOnHowTheyWereSplit() throws {
        let frames = FrameTests.golden.map(\.0)
        let bytes = Frame.preface + FrameTests.golden.flatMap(\.1)
        #expect(try parse([bytes]) == frames)
        #expect(try parse(bytes.map { [$0] }) == frames)
        for cut in 0...bytes.count {
            #expect(try parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == frames)
        }
        let one = [Frame.preface] + FrameTests.golden.map(\.1)
        #expect(try parse(one) == frames)
    }

    /// Cut off anywhere: the frames before the cut, and a word on where it was.
    @Test func aCutIsNamed() throws {
        let bytes = Frame.preface + FrameTests.golden.flatMap(\.1)
        var ends = [Frame.preface.count]
        for (_, encoded) in FrameTests.golden { ends.append((ends.last ?? 0) + encoded.count) }
        for cut in 0...bytes.count {
            var parser = FrameParser(maximumFrame: 1 << 16, maximumHello: 1 << 16)
            parser.feed(Array(bytes[..<cut]))
            var count = 0
            while try parser.next() != nil { count += 1 }
            let whole = ends.filter { $0 <= cut }
            #expect(count == max(0, whole.count - 1))
            let left = cut - (whole.last ?? 0)
            let expected: String? =
                if cut == 0 || (left == 0 && cut >= 8) {
                    nil
                } else if cut < 8 {
                    "inside the preface"
                } else {
                    left < 12 ? "inside a frame's header" : "inside a frame's payload"
                }
            #expect(parser.truncation == expected, "cut at \(cut)")
        }
    }

    static let broken: [(String, [UInt8], ErrorCode)] = [
        ("length over the limit", [0, 1, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0], .frameSizeError),
        ("top byte of the length", [1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0], .frameSizeError),
        ("length of all ones", [255, 255, 255, 255, 0, 0, 0, 1, 2, 0, 0, 0], .frameSizeError),
        ("top bit of the stream", [0, 0, 0, 0, 128, 0, 0, 1, 2, 0, 0, 0], .protocolError),
        ("unknown critical type", [0, 0, 0, 0, 0, 0, 0, 1, 9, 0, 0, 0], .protocolError),
        ("type 0", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0], .protocolError),
        ("undefined flag of DATA", [0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0, 0], .protocolError),
        ("flag of TRAILERS", [0, 0, 0, 0, 0, 0, 0, 1, 3, 1, 0, 0], .protocolError),
        ("first reserved byte", [0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 1, 0], .protocolError),
        ("second reserved byte", [0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 1], .protocolError),
        ("DATA on stream 0", [0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0], .protocolError),
        ("PING on a stream", [0, 0, 0, 8, 0, 0, 0, 1, 6, 0, 0, 0], .protocolError),
    ]

    /// Judged by its header alone: no byte of the payload has to arrive.
    @Test(arguments: broken.indices)
    func aBrokenHeaderIsRefusedAtOnce(index: Int) {
        let (name, header, code) = FrameTests.broken[index]
        var parser = FrameParser(maximumFrame: 1 << 16, maximumHello: 1 << 16)
        parser.feed(Frame.preface + header)
        var thrown: ErrorCode?
        do throws(ConnectionError) {
            while try parser.next() != nil {}
        } catch {
            thrown = error.code
        }
        #expect(thrown == code, "\(name)")
    }

    @Test func anUnknownIgnorableTypeIsSkipped() throws {
        let unknown: [UInt8] = [0, 0, 0, 3, 0, 0, 0, 9, 0xC0, 0xFF, 0, 0, 1, 2, 3]
        let ping = Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(try parse([Frame.preface + unknown + ping.encoded()]) == [ping])
    }

    static let strangers: [(String, String)] = [
        ("GET / HTTP/1.1\r\n", "looks like HTTP"),
        ("HTTP/1.1 400 Bad Request\r\n", "looks like HTTP"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/2 or gRPC"),
        ("worker: loading the law book\n", "text printed to the protocol's descriptor"),
        ("\u{16}\u{3}\u{1}", "looks like TLS"),
        ("\u{0}\u{0}\u{0}\u{5}", "looks like ttrpc"),
    ]

    @Test(arguments: strangers.indices)
    func anotherProtocolIsNamedAndQuoted(index: Int) throws {
        let (sent, guess) = FrameTests.strangers[index]
        let message = try refusal(Array(sent.utf8))
        #expect(message.contains(guess))
        #expect(message.contains("first bytes are \""))
        if let word = sent.split(separator: " ").first, sent.hasPrefix("GET") {
            #expect(message.contains(word))
        }
    }

    @Test func changedLineEndingsAreNamed() throws {
        let message = try refusal([0x89] + Array("CDP\n".utf8) + [0x1A, 0x0A, 0x0A])
        #expect(message.contains("line endings"))
    }

    private func refusal(_ bytes: [UInt8]) throws -> String {
        var parser = FrameParser(maximumFrame: 1 << 16, maximumHello: 1 << 16)
        parser.feed(bytes)
        let error = #expect(throws: ConnectionError.self) { try parser.next() }
        return try #require(error).message
    }

    private func parse(_ chunks: [[UInt8]]) throws -> [Frame] {
        var parser = FrameParser(maximumFrame: 1 << 16, maximumHello: 1 << 16)
        var frames: [Frame] = []
        for chunk in chunks {
            parser.feed(chunk)
            while let frame = try parser.next() { frames.append(frame) }
        }
        #expect(parser.truncation == nil)
        return frames
    }
}
