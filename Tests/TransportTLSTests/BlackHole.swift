import Glibc
import Synchronization
import Transport
import Wire

/// A plain TCP connection to a port of this machine.
final class PlainSocket: Sendable {
    let fd: Int32

    init(port: Int) throws {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let result = withLoopback(port) { connect(fd, $0, $1) }
        guard result == 0 else { throw Failure(.unavailable, "connect: \(errno)") }
    }

    deinit { close(fd) }

    func isClosedByPeer(within seconds: Int32) -> Bool {
        var waiting = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
        var byte: UInt8 = 0
        while poll(&waiting, 1, seconds * 1000) > 0 {
            if recv(fd, &byte, 1, 0) <= 0 { return true }
        }
        return false
    }
}

/// A forwarder of one connection that can stop forwarding without closing anything.
final class BlackHole: Sendable {
    let port: Int
    private let listening: Int32
    private let ends = Mutex<[Int32]>([])
    private let swallows = Atomic<Bool>(false)

    init(to target: Int) throws {
        let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        listening = fd
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withLoopback(0) { bind(fd, $0, $1) }
        let named = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(fd, $0, &size)
            }
        }
        guard bound == 0, listen(fd, 1) == 0, named == 0 else {
            throw Failure(.unavailable, "no port: \(errno)")
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        start { [self] in
            let near = accept(fd, nil, nil)
            guard near >= 0, let far = try? PlainSocket(port: target) else { return }
            ends.withLock { $0 = [near, far.fd] }
            start { [self] in forward(near, far.fd) }
            forward(far.fd, near)
            withExtendedLifetime(far) {}
        }
    }

    /// From here on bytes are taken and none is given.
    func swallow() { swallows.store(true, ordering: .relaxed) }

    /// Ends both connections, without any word of TLS.
    func close() {
        for end in ends.withLock({ $0 }) { shutdown(end, Int32(SHUT_RDWR)) }
        shutdown(listening, Int32(SHUT_RDWR))
    }

    private func forward(_ from: Int32, _ to: Int32) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(from, &chunk, chunk.count, 0)
            guard count > 0 else { break }
            if swallows.load(ordering: .relaxed) { continue }
            guard send(to, chunk, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
    }
}

private func withLoopback(
    _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}

/// Runs a body on a thread of its own.
private func start(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { pointer in
            guard let pointer else { return nil }
            Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    pthread_detach(thread)
}

private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
