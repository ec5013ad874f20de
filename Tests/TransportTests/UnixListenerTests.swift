import Glibc
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct UnixListenerTests {
    private let hello = HelloInfo(role: .coordinator, software: "listener")
    private let caller = HelloInfo(role: .client, software: "caller")

    @Test func aDeepFolderIsNoObstacle() async throws {
        let folder = try ScratchFolder(
            nested: (0..<5).map { _ in String(repeating: "d", count: 50) }.joined(separator: "/"))
        let path = folder.path + "/caodiem.sock"
        #expect(path.utf8.count > 200)
        let listener = try await UnixListener.listen(path: path, hello: hello) { peer in
            ServingDelegate(.probe(), peer)
        }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o660)
        let channel = try await Channel.connect(unixPath: path, hello: caller)
        #expect(try await channel.unary(Probe.quick, Probe.note("deep")).key == "deep")
        channel.close()
        await listener.close()
        #expect(access(path, F_OK) != 0)
    }

    @Test func theCallersIdentityIsTheKernels() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/s"
        var table = ServiceTable()
        table.register(Probe.echo) { _, context in
            Probe.note(
                "\(context.peer.processID ?? 0) \(context.peer.userID ?? 0) "
                    + "\(context.peer.groupID ?? 0)")
        }
        let services = table
        let listener = try await UnixListener.listen(path: path, hello: hello) { peer in
            ServingDelegate(services, peer)
        }
        let channel = try await Channel.connect(unixPath: path, hello: caller)
        let reply = try await channel.unary(Probe.echo, Note())
        #expect(reply.key == "\(getpid()) \(getuid()) \(getgid())")
        channel.close()
        await listener.close()
    }

    @Test func aSocketInUseIsLeftAlone() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/s"
        let first = try await UnixListener.listen(path: path, hello: hello) {
            ServingDelegate(.probe(), $0)
        }
        let second = await failure {
            try await UnixListener.listen(path: path, hello: hello) {
                ServingDelegate(.probe(), $0)
            }
        }
        #expect(second?.reason == "ALREADY_LISTENING")
        let channel = try await Channel.connect(unixPath: path, hello: caller)
        channel.close()
        await first.close()
    }

    @Test func aStaleSocketFileIsReplaced() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/s"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        close(fd)
        let unreachable = await failure {
            try await Channel.connect(unixPath: path, hello: caller)
        }
        #expect(unreachable?.reason == "NOT_LISTENING")
        let listener = try await UnixListener.listen(path: path, hello: hello) {
            ServingDelegate(.probe(), $0)
        }
        let channel = try await Channel.connect(unixPath: path, hello: caller)
        channel.close()
        await listener.close()
    }

    @Test func aFileThatIsNoSocketIsNotReplaced() async throws {
        let folder = try ScratchFolder()
        let path = try folder.program("s", "precious")
        let refused = await failure {
            try await UnixListener.listen(path: path, hello: hello) {
                ServingDelegate(.probe(), $0)
            }
        }
        #expect(refused?.code == .failedPrecondition)
        #expect(access(path, F_OK) == 0)
    }
}

/// Serves one connection from a table.
final class ServingDelegate: LinkDelegate {
    private let dispatcher: Dispatcher

    init(_ services: ServiceTable, _ peer: Peer) {
        dispatcher = Dispatcher(services)
    }

    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        dispatcher.accept(link, stream, headers, deadline: deadline)
    }
}
