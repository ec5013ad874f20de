import CMessages
import CProtobufC

typealias AllocatorPointer = UnsafeMutablePointer<ProtobufCAllocator>
typealias BytesPointer = UnsafeBufferPointer<UInt8>

/// What the generator writes for each message: the way between the value and protobuf-c's struct.
protocol CodedMessage: WireMessage {
    /// The struct that protoc-gen-c made of the message.
    associatedtype Raw

    static func initialize(_ raw: UnsafeMutablePointer<Raw>)
    static func unpack(_ allocator: AllocatorPointer, _ bytes: BytesPointer)
        -> UnsafeMutablePointer<Raw>?

    /// Copies all that the struct points to.
    init(reading raw: UnsafePointer<Raw>) throws(DecodingFailure)
    /// Fills an initialised struct; what it points to lives in the arena.
    func fill(_ raw: UnsafeMutablePointer<Raw>, _ arena: Arena) throws(EncodingFailure)
}

extension CodedMessage {
    /// Unpacks into an arena and copies out of it.
    static func decoded(from bytes: UnsafeRawBufferPointer) throws(DecodingFailure) -> Self {
        // protobuf-c reads a length of 32 bits in places; no frame comes near that.
        guard bytes.count <= CodecLimits.maximumMessageBytes else { throw Self.overBudget }
        let budget = CodecLimits.unpackBudget(forPayload: bytes.count)
        let guess = min(bytes.count * 3, CodecLimits.minimumUnpackedBytes) + MemoryLayout<Raw>.size
        return try Arena.with(budget: budget, nextBlock: guess) {
            arena throws(DecodingFailure) in
            let payload = bytes.bindMemory(to: UInt8.self)
            let unpacked = arena.withAllocator { Self.unpack($0, payload) }
            guard let unpacked else {
                throw arena.isExhausted ? Self.overBudget : Self.malformed
            }
            return try Self(reading: unpacked)
        }
    }

    /// Appends the packed struct to `bytes`.
    func append(to bytes: inout [UInt8]) throws(EncodingFailure) {
        try withFilled { raw, size in
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: size))
            bytes.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                _ = protobuf_c_message_pack(raw, base + start)
            }
        }
    }

    /// The packed struct, written once into an array of its size.
    func freshBytes() throws(EncodingFailure) -> [UInt8] {
        try withFilled { raw, size in
            [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                guard let base = buffer.baseAddress else { return }
                count = protobuf_c_message_pack(raw, base)
            }
        }
    }

    /// Runs `body` with the filled struct as protobuf-c's base type, and its packed size.
    private func withFilled<R>(
        _ body: (UnsafePointer<ProtobufCMessage>, Int) -> R
    ) throws(EncodingFailure) -> R {
        try Arena.with(budget: .max, nextBlock: MemoryLayout<Raw>.size + 1024) {
            arena throws(EncodingFailure) in
            let raw = try arena.message(self)
            let base = UnsafeRawPointer(raw).assumingMemoryBound(to: ProtobufCMessage.self)
            let size = protobuf_c_message_get_packed_size(base)
            guard size <= CodecLimits.maximumMessageBytes else { throw Self.tooLarge(size) }
            return body(base, size)
        }
    }

    private static var malformed: DecodingFailure {
        DecodingFailure(
            reason: .malformed,
            message: "The bytes are no \(messageName); check that both sides use the same protos.")
    }

    private static var overBudget: DecodingFailure {
        DecodingFailure(
            reason: .budget,
            message: """
                Unpacking \(messageName) would take more than \
                \(CodecLimits.unpackedBytesPerPayloadByte) times its size; \
                send fewer elements in one message.
                """)
    }

    private static func tooLarge(_ size: Int) -> EncodingFailure {
        EncodingFailure(
            reason: .tooLarge(bytes: size),
            message: "\(messageName) takes \(size) bytes; split it into several messages.")
    }
}
