import Glibc
import Testing
import Wire
import WorkerKit

@testable import GRPCGatewayWorker

/// A client that writes HTTP/2 frames itself, also those that no proper client would send.
final class FrameClient: Sendable {
    enum Kind: UInt8 {
        case data = 0
        case headers = 1
        case reset = 3
        case settings = 4
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
    }

    /// A frame of the gateway's.
    struct Frame: Equatable {
        var kind: UInt8
        var flags: UInt8
        var stream: UInt32
        var payload: [UInt8]
    }

    static let endStream: UInt8 = 1
    static let acknowledge: UInt8 = 1
    private static let endHeaders: UInt8 = 4

    private let fd: Int32

    /// Connects and sends the preface with empty SETTINGS.
    init(_ address: ListenAddress) throws {
        guard case .tcp(_, let port) = address else {
            throw Failure(.internal, "\(address) is no port")
        }
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(port).bigEndian
        target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(.unavailable, "connect: \(errno)") }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        write(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8))
        send(.settings, stream: 0)
    }

    deinit { Glibc.close(fd) }

    func close() { shutdown(fd, Int32(SHUT_RDWR)) }

    // MARK: Sending

    func write(_ bytes: [UInt8]) {
        _ = Glibc.send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func send(_ kind: Kind, flags: UInt8 = 0, stream: UInt32, _ payload: [UInt8] = []) {
        write(
            [UInt8(payload.count >> 16 & 0xFF), UInt8(payload.count >> 8 & 0xFF)]
                + [UInt8(payload.count & 0xFF), kind.rawValue, flags] + FrameClient.four(stream)
                + payload)
    }

    /// The HEADERS that open a call.
    func open(_ stream: UInt32, _ path: String) {
        let headers = [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "test"),
            ("te", "trailers"), ("content-type", "application/grpc"),
        ]
        // HPACK without its table: each a literal with a literal name.
        var block: [UInt8] = []
        for (name, value) in headers {
            block += [0, UInt8(name.utf8.count)] + Array(name.utf8)
            block += [UInt8(value.utf8.count)] + Array(value.utf8)
        }
        send(.headers, flags: FrameClient.endHeaders, stream: stream, block)
    }

    func reset(_ stream: UInt32, code: UInt32 = 8) {
        send(.reset, stream: stream, FrameClient.four(code))
    }

    /// A message with its prefix, which may announce more than there is.
    static func message(_ body: [UInt8], announcing length: Int? = nil) -> [UInt8] {
        [0] + four(UInt32(length ?? body.count)) + body
    }

    static func four(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) }
    }

    // MARK: Receiving

    /// The next frame; nil at the end of the connection, or when none comes for 20 s.
    func next() -> Frame? {
        guard let head = read(9) else { return nil }
        let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
        guard let payload = read(length) else { return nil }
        let stream = head[5...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        return Frame(kind: head[3], flags: head[4], stream: stream, payload: payload)
    }

    /// The next frame of a kind; others before it are skipped.
    func next(_ kind: Kind) -> Frame? {
        while let frame = next() {
            if frame.kind == kind.rawValue { return frame }
        }
        return nil
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let got = bytes.withUnsafeMutableBytes { room in
                let rest = UnsafeMutableRawBufferPointer(rebasing: room[have...])
                return recv(fd, rest.baseAddress, rest.count, 0)
            }
            guard got > 0 else { return nil }
            have += got
        }
        return bytes
    }
}
