/// Numbers of frame types, as docs/protocol.md has them; written here anew so that the judge does
/// not share the judged code's constants.
enum FrameKind {
    static let headers: UInt8 = 0x01
    static let data: UInt8 = 0x02
    static let trailers: UInt8 = 0x03
    static let reset: UInt8 = 0x04
    static let window: UInt8 = 0x05
    static let ping: UInt8 = 0x06
    static let goAway: UInt8 = 0x07
    static let hello: UInt8 = 0x08
    static let note: UInt8 = 0x81

    static func name(_ kind: UInt8) -> String {
        switch kind {
        case headers: "HEADERS"
        case data: "DATA"
        case trailers: "TRAILERS"
        case reset: "RESET"
        case window: "WINDOW"
        case ping: "PING"
        case goAway: "GOAWAY"
        case hello: "HELLO"
        case note: "NOTE"
        default: "type 0x" + String(kind, radix: 16)
        }
    }
}

/// Codes of RESET and GOAWAY.
enum Code {
    static let none: UInt32 = 0
    static let protocolError: UInt32 = 1
    static let flowControl: UInt32 = 3
    static let streamClosed: UInt32 = 5
    static let frameSize: UInt32 = 6
    static let refused: UInt32 = 7
    static let cancel: UInt32 = 8
    static let calm: UInt32 = 11
    static let version: UInt32 = 256
}

/// One frame, legal or not: every field of the header can be set.
struct RawFrame: Equatable {
    var kind: UInt8
    var flags: UInt8 = 0
    var stream: UInt32 = 0
    var reserved: UInt16 = 0
    var payload: [UInt8] = []

    static let headerSize = 12
    static let preface: [UInt8] = [0x89, 0x43, 0x44, 0x50, 0x0D, 0x0A, 0x1A, 0x0A]
    static let endStream: UInt8 = 1
    static let ack: UInt8 = 1

    /// The bytes; `length` stands in the header in place of the true one.
    func encoded(length: UInt32? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(RawFrame.headerSize + payload.count)
        bytes += bigEndian(length ?? UInt32(payload.count))
        bytes += bigEndian(stream)
        bytes += [kind, flags, UInt8(reserved >> 8), UInt8(reserved & 0xFF)]
        bytes += payload
        return bytes
    }

    /// The code of RESET (at 0) or GOAWAY (at 4); nil when the payload is too short.
    var code: UInt32? {
        let offset = kind == FrameKind.goAway ? 4 : 0
        return payload.count >= offset + 4 ? number(payload, at: offset) : nil
    }

    /// The text of RESET or GOAWAY.
    var text: String {
        String(decoding: payload.dropFirst(kind == FrameKind.goAway ? 8 : 4), as: UTF8.self)
    }

    static func ping(_ bytes: [UInt8], ack: Bool = false) -> RawFrame {
        RawFrame(kind: FrameKind.ping, flags: ack ? RawFrame.ack : 0, payload: bytes)
    }

    static func window(_ stream: UInt32, _ increment: UInt32) -> RawFrame {
        RawFrame(kind: FrameKind.window, stream: stream, payload: bigEndian(increment))
    }

    static func reset(_ stream: UInt32, _ code: UInt32, _ text: String = "") -> RawFrame {
        RawFrame(kind: FrameKind.reset, stream: stream, payload: bigEndian(code) + text.utf8)
    }

    static func goAway(last: UInt32, _ code: UInt32, _ text: String = "") -> RawFrame {
        RawFrame(
            kind: FrameKind.goAway, payload: bigEndian(last) + bigEndian(code) + Array(text.utf8))
    }
}

func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
}

func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
}

/// A message with gRPC's prefix.
func framed(_ message: [UInt8]) -> [UInt8] {
    [0] + bigEndian(UInt32(message.count)) + message
}
