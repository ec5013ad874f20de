import CMessages
import CProtobufC

@testable import Wire

/// Any bytes as a message of any type: two bytes choose the type, the rest is the payload.
///
/// A payload is refused or decoded; what is decoded encodes again, and decodes to the same value.
/// protobuf-c alone, with an allocation of its own for each object, must free what it took.
enum MessageSubject {
    /// Every message of the protos, by the key that chooses it.
    static let types: [(key: UInt16, type: any WireMessage.Type)] = {
        var seen: Set<UInt16> = []
        return codecSamples.compactMap { sample in
            let type = type(of: sample.value)
            let key = key(of: type.messageName)
            return seen.insert(key).inserted ? (key, type) : nil
        }
    }()

    /// Two bytes that stay the same when messages are added (FNV-1a, folded).
    static func key(of name: String) -> UInt16 {
        var hash: UInt32 = 0x811C_9DC5
        for byte in name.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return UInt16(truncatingIfNeeded: hash ^ (hash >> 16))
    }

    private static let byKey = Dictionary(
        types.map { ($0.key, $0.type) }, uniquingKeysWith: { first, _ in first })

    static func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let key = input.number16()
        let type = byKey[UInt16(key)] ?? types[key % types.count].type
        try check(type, Array(input.rest))
    }

    private static func check(_ type: any WireMessage.Type, _ payload: [UInt8]) throws {
        guard let coded = type as? any CodedMessage.Type else {
            throw FuzzFinding("\(type.messageName) is not generated")
        }
        try checkCoded(coded, payload)
    }

    private static func checkCoded<M: CodedMessage>(_ type: M.Type, _ payload: [UInt8]) throws {
        let unpacks = unpacksAlone(type, payload)
        let value: M
        do {
            value = try M(decoding: payload)
        } catch {
            if !unpacks, case .invalidText = error.reason {
                throw FuzzFinding("\(M.messageName): text is blamed in bytes that do not unpack")
            }
            return
        }
        guard unpacks else { throw FuzzFinding("\(M.messageName): only the arena unpacks it") }
        let again = try value.encoded()
        guard try M(decoding: again) == value else {
            throw FuzzFinding("\(M.messageName): it changes on the way")
        }
    }

    /// Whether protobuf-c takes the payload with a plain allocator of the same budget.
    private static func unpacksAlone<M: CodedMessage>(_ type: M.Type, _ payload: [UInt8]) -> Bool {
        let empty = UnsafeMutablePointer<M.Raw>.allocate(capacity: 1)
        M.initialize(empty)
        let base = UnsafeRawPointer(empty).assumingMemoryBound(to: ProtobufCMessage.self)
        let descriptor = base.pointee.descriptor
        empty.deallocate()
        var budget = CodecLimits.unpackBudget(forPayload: payload.count)
        return withUnsafeMutablePointer(to: &budget) { budget in
            var allocator = ProtobufCAllocator(
                alloc: { data, size in
                    guard let left = data?.assumingMemoryBound(to: Int.self),
                        left.pointee >= size
                    else { return nil }
                    left.pointee -= size
                    return UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
                },
                free: { _, pointer in pointer?.deallocate() },
                allocator_data: UnsafeMutableRawPointer(budget))
            // Bytes of their own, so that one read too far is seen.
            let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: payload.count)
            bytes.initialize(from: payload, count: payload.count)
            defer { bytes.deallocate() }
            guard
                let message = protobuf_c_message_unpack(
                    descriptor, &allocator, payload.count, bytes)
            else { return false }
            protobuf_c_message_free_unpacked(message, &allocator)
            return true
        }
    }
}
