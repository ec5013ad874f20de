import CMessages
import CProtobufC
import Glibc
import Meter
import Wire

enum Bytes {
    static func read(_ path: String) -> [UInt8] {
        let fd = open(path, O_RDONLY)
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = Glibc.read(fd, &bytes, bytes.count)
        guard count > 0 else { exit(66) }
        close(fd)
        return Array(bytes[..<count])
    }

    static func write(_ bytes: [UInt8]) { _ = Glibc.write(1, bytes, bytes.count) }
}

/// Our messages: values of Swift, their text validated.
enum Ours {
    nonisolated(unsafe) static var sink = 0

    static func measure(_ bytes: [UInt8], rounds: Int) throws {
        let message = try CaseworkV1.Case(decoding: bytes)
        print(
            try Rounds.report(
                rounds,
                decode: { sink &+= try CaseworkV1.Case(decoding: bytes).note.utf8.count },
                encode: { sink &+= try message.encoded().count }))
    }
}

/// The structs of protobuf-c as they are: no text is looked at, no value of Swift made. Memory comes from a block that is used
/// again each time.
enum RawC {
    nonisolated(unsafe) private static var sink = 0
    nonisolated(unsafe) private static let block = UnsafeMutableRawPointer.allocate(
        byteCount: 64 << 10, alignment: 16)

    static func measure(_ bytes: [UInt8], rounds: Int) {
        var cursor = 0
        withUnsafeMutablePointer(to: &cursor) { cursor in
            var allocator = ProtobufCAllocator(
                alloc: { data, size in
                    guard let cursor = data?.assumingMemoryBound(to: Int.self) else { return nil }
                    defer { cursor.pointee += (size + 15) & ~15 }
                    return RawC.block + cursor.pointee
                }, free: { _, _ in }, allocator_data: UnsafeMutableRawPointer(cursor))
            guard let message = unpack(&allocator, bytes) else { exit(65) }
            let base = UnsafePointer<ProtobufCMessage>(OpaquePointer(message))
            let kept = cursor.pointee
            let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
            print(
                Rounds.report(
                    rounds,
                    decode: {
                        cursor.pointee = kept
                        sink &+= unpack(&allocator, bytes)?.pointee.note.len ?? 0
                    },
                    encode: {
                        sink &+= protobuf_c_message_get_packed_size(base)
                        sink &+= protobuf_c_message_pack(base, room)
                    }))
        }
    }

    private static func unpack(
        _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: [UInt8]
    ) -> UnsafeMutablePointer<Caodiem__Casework__V1__Case>? {
        caodiem__casework__v1__case__unpack(allocator, bytes.count, bytes)
    }
}
