import Foundation
import Glibc
import Synchronization
import Wire

@testable import Conformance

/// A peer that answers every call with UNIMPLEMENTED and has one fault; it checks nothing that it
/// is sent.
final class BrokenPeer: Sendable {
    enum Behaviour: Sendable, CaseIterable {
        case keepsRules, hangsUp, wrongPong, reservedBits, endsTwice, silent
        case noPreface, secondHello
    }

    let path: String
    private let listener: Int32
    private let behaviour: Behaviour

    init(_ behaviour: Behaviour) throws {
        self.behaviour = behaviour
        path = NSTemporaryDirectory() + "caodiem-peer-\(UUID().uuidString.prefix(8))"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
        }
        guard bound == 0, listen(listener, 16) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        Foundation.Thread.detachNewThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { return }
                Foundation.Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        if behaviour == .hangsUp { return }
        if behaviour != .noPreface { put(connection, RawFrame.preface) }
        put(connection, hello)
        if behaviour == .secondHello { put(connection, hello) }
        guard take(connection, RawFrame.preface.count) != nil else { return }
        while let header = take(connection, RawFrame.headerSize),
            let payload = take(connection, min(Int(number(header, at: 0)), 1 << 20))
        {
            answer(connection, header[8], header[9], number(header, at: 4), payload)
        }
    }

    private var hello: [UInt8] {
        let message = WireV1.Hello.with {
            $0.protocolMin = 1 << 16
            $0.protocolMax = 1 << 16
            $0.role = .coordinator
        }
        return RawFrame(kind: FrameKind.hello, payload: (try? message.encoded()) ?? []).encoded()
    }

    private func answer(
        _ connection: Int32, _ kind: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]
    ) {
        if kind == FrameKind.ping {
            var pong = RawFrame.ping(
                behaviour == .wrongPong ? payload.reversed() : payload, ack: true)
            if behaviour == .reservedBits { pong.reserved = 1 }
            put(connection, pong.encoded())
        }
        let isCall = kind == FrameKind.data || kind == FrameKind.headers
        guard isCall, flags & RawFrame.endStream != 0, behaviour != .silent else { return }
        let end = WireV1.Trailers.with { $0.code = 12 }
        let trailers = RawFrame(
            kind: FrameKind.trailers, stream: stream, payload: (try? end.encoded()) ?? [])
        for _ in 0..<(behaviour == .endsTwice ? 2 : 1) { put(connection, trailers.encoded()) }
    }

    private func put(_ connection: Int32, _ bytes: [UInt8]) {
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func take(_ connection: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(connection, $0.baseAddress?.advanced(by: have), count - have, 0)
            }
            if got <= 0 { return nil }
            have += got
        }
        return bytes
    }
}
