/// A protobuf message as a Swift value: what CDP/1 carries in DATA, HELLO, HEADERS and TRAILERS.
///
/// The conforming types are generated from `Protos`. They hold no pointer and no unknown field:
/// who relays a message relays its bytes. `==` compares field by field.
public protocol WireMessage: Equatable, Sendable {
    /// The fully qualified proto name, e.g. `caodiem.scoring.v1.ScoreRequest`.
    static var messageName: String { get }

    /// All fields at their proto3 defaults.
    init()

    /// Decodes one whole message; the bytes are copied, none is kept.
    ///
    /// Strings must be valid UTF-8 without NUL. Unknown fields are skipped, unknown enum values
    /// kept, and of a field that comes twice the last one counts.
    init(decoding bytes: UnsafeRawBufferPointer) throws(DecodingFailure)

    /// Appends the encoded message to `bytes`, e.g. after a frame's header; on failure `bytes` is
    /// left as it was.
    func encode(into bytes: inout [UInt8]) throws(EncodingFailure)

    /// The encoded message: fields in the order of their numbers, defaults left out.
    func encoded() throws(EncodingFailure) -> [UInt8]
}

extension WireMessage {
    /// Decodes one whole message.
    public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(DecodingFailure) in
            try Self(decoding: UnsafeRawBufferPointer(buffer))
        }
    }

    /// Decodes one whole message from a part of a longer buffer.
    public init(decoding bytes: ArraySlice<UInt8>) throws(DecodingFailure) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(DecodingFailure) in
            try Self(decoding: UnsafeRawBufferPointer(buffer))
        }
    }

    /// A message made in one expression: `.with { $0.unit = "01" }`.
    public static func with<E: Error>(
        _ build: (inout Self) throws(E) -> Void
    ) throws(E) -> Self {
        var message = Self()
        try build(&message)
        return message
    }
}
