internal import Glibc
internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Wire
internal import WorkerKit

/// The site on a socket: HTTP/1.1 by Hummingbird, which is named in this file alone.
final class WebServer: Sendable {
    let asked: ListenAddress
    private let server: Server<HTTP1Channel>
    private let running = Mutex<Task<Void, any Error>?>(nil)
    private let leaving = Mutex(false)
    private let bound: AsyncStream<String>

    /// Bytes of a form.
    private static let formLimit = 16 << 10
    private static let connectionLimit = 512
    private static let idle = TimeAmount.seconds(60)
    /// How long answers may go on when the board leaves.
    private static let drain = Duration.seconds(2)

    init(listen address: ListenAddress, site: Site) {
        asked = address
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        bound = stream
        var logger = Logger(label: "dashboard")
        logger.logLevel = .error
        let channel = HTTP1Channel(
            responder: { request, writer, _ in
                try await WebServer.respond(site, request, writer)
            }, configuration: .init(idleTimeout: WebServer.idle))
        server = Server(
            childChannelSetup: channel,
            configuration: .init(
                address: WebServer.bind(address), serverName: nil,
                availableConnectionsDelegate: .maximum(WebServer.connectionLimit, logger: logger)),
            onServerRunning: { channel in
                continuation.yield(WebServer.url(address, channel.localAddress))
                continuation.finish()
            }, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }

    /// Begins to serve; gives what a reader opens.
    ///
    /// - Throws: FAILED_PRECONDITION when the address cannot be had.
    func start() async throws(Failure) -> String {
        let server = server
        let task = Task { try await server.run() }
        running.withLock { $0 = task }
        let bound = bound
        let ready = Task { () -> String? in
            for await url in bound { return url }
            return nil
        }
        let failed = Task {
            if case .failure = await task.result { ready.cancel() }
        }
        defer { failed.cancel() }
        if let url = await ready.value { return url }
        var why = "the listener ended"
        if case .failure(let error) = await task.result { why = "\(error)" }
        throw Failure(
            .failedPrecondition, "cannot listen on \(asked): \(why)", field: "listen",
            hint: "choose a free port, or unix:PATH")
    }

    /// Waits until it serves no more.
    ///
    /// - Throws: INTERNAL when that was nobody's wish.
    func ended() async throws(Failure) {
        let task = running.withLock { $0 }
        do {
            try await task?.value
        } catch {
            if leaving.withLock({ $0 }) { return }
            throw Failure(.internal, "the board's listener failed: \(error)")
        }
    }

    func leave() async {
        leaving.withLock { $0 = true }
        let task = running.withLock { $0 }
        let timer = Task {
            try await Task.sleep(for: WebServer.drain)
            task?.cancel()
        }
        try? await server.shutdownGracefully()
        _ = await task?.result
        timer.cancel()
        if case .unix(let path) = asked { unlink(path) }
    }

    // MARK: Addresses

    private static func bind(_ address: ListenAddress) -> BindAddress {
        switch address {
        case .unix(let path): .unixDomainSocket(path: path)
        case .tcp(let host, let port): .hostname(host, port: port)
        }
    }

    private static func url(_ asked: ListenAddress, _ found: SocketAddress?) -> String {
        switch asked {
        case .unix(let path):
            chmod(path, 0o660)
            return "unix:\(path)"
        case .tcp(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            return "http://\(name):\(found?.port ?? port)/"
        }
    }

    // MARK: Requests and answers

    private static func respond(
        _ site: Site, _ request: Request, _ writer: consuming ResponseWriter
    ) async throws {
        var headers: [String: String] = [:]
        for field in request.head.headerFields {
            headers[field.name.canonicalName] = field.value
        }
        // HTTP/1's Host stands apart from the fields.
        if let authority = request.head.authority { headers["host"] = authority }
        var body: [UInt8] = []
        if request.method == .post {
            do {
                body = Array(try await request.body.collect(upTo: formLimit).readableBytesView)
            } catch {
                var reply = Site.refusal(413, "a form has at most \(formLimit) bytes")
                reply.headers.append(("connection", "close"))
                return try await write(reply, isHead: false, writer)
            }
        }
        guard
            let asked = WebRequest(
                method: request.method.rawValue, target: request.head.path ?? "",
                headers: headers, body: body)
        else {
            return try await write(
                Site.refusal(400, "the address does not read"), isHead: false, writer)
        }
        try await write(await site.reply(to: asked), isHead: request.method == .head, writer)
    }

    private static func write(
        _ reply: WebReply, isHead: Bool, _ writer: consuming ResponseWriter
    ) async throws {
        var fields = HTTPFields()
        for header in reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        let status = HTTPResponse.Status(code: reply.status)
        switch reply.body {
        case .bytes(let bytes):
            fields[.contentLength] = String(bytes.count)
            let head = HTTPResponse(status: status, headerFields: fields)
            if isHead { return try await writer.writeResponse(head) }
            try await writer.write(
                response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .events(let events):
            let head = HTTPResponse(status: status, headerFields: fields)
            if isHead { return try await writer.writeResponse(head) }
            var body = try await writer.writeHead(head)
            for await event in events { try await body.write(ByteBuffer(bytes: event)) }
            try await body.finish(nil)
        }
    }
}
