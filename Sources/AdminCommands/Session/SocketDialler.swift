import Glibc
import Transport
import TransportTLS
import Wire

/// Connections over the coordinator's unix socket, or over TCP.
struct SocketDialler: Dialler {
    private let endpoint: Endpoint
    /// The secret of the caller's access token, which HELLO shows; empty for who is known otherwise.
    private let token: [UInt8]

    init(_ endpoint: Endpoint, token: [UInt8]? = nil) {
        self.endpoint = endpoint
        self.token = token ?? []
    }

    func dial(seconds: Int) async throws(Failure) -> any Line {
        switch endpoint {
        case .unix(let path): return try await dial(path, seconds)
        case .tcp(let place, let files): return try await dial(place, files, seconds)
        }
    }

    private func dial(
        _ place: TCPEndpoint, _ files: TLSFiles?, _ seconds: Int
    ) async throws(Failure) -> any Line {
        // What is wrong with our own files needs no connection to be said.
        let credentials = try files.map { (files) throws(Failure) in try TLSCredentials(files) }
        do throws(Failure) {
            return ChannelLine(
                channel: try await Self.within(seconds) { () async throws(Failure) -> Channel in
                    try await Channel.connect(
                        tcp: place, security: credentials.map { .tls($0) } ?? .plaintext,
                        hello: hello(.remote))
                })
        } catch {
            throw Self.unreached(place, error)
        }
    }

    private static func unreached(_ place: TCPEndpoint, _ failure: Failure) -> Failure {
        guard failure.code == .unavailable else { return failure }
        let detail =
            failure.reason == "NOT_LISTENING" ? DialText.nobody.text : failure.message
        return Failure(
            .unavailable, DialText.unreached("tcp:\(place)", detail).text,
            hint: failure.reason.hasPrefix("TLS") ? failure.hint : "",
            reason: failure.reason == "VERSION" ? failure.reason : Failure.unreached)
    }

    private func dial(_ path: String, _ seconds: Int) async throws(Failure) -> any Line {
        if access(path, R_OK | W_OK) != 0, errno == EACCES {
            throw Failure(.permissionDenied, DialText.forbidden(path).text)
        }
        do throws(Failure) {
            return ChannelLine(
                channel: try await Self.within(seconds) { () async throws(Failure) -> Channel in
                    try await Channel.connect(unixPath: path, hello: hello(Wire.Limits()))
                })
        } catch {
            throw Self.unreached(path, error)
        }
    }

    /// Connects and shakes hands within the time given.
    private static func within(
        _ seconds: Int, _ connect: @escaping @Sendable () async throws(Failure) -> Channel
    ) async throws(Failure) -> Channel {
        let attempt = Task { () async -> Result<Channel, Failure> in
            do throws(Failure) {
                return .success(try await connect())
            } catch {
                return .failure(error)
            }
        }
        let timer = Task {
            try await Task.sleep(for: .seconds(seconds))
            attempt.cancel()
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            await attempt.value
        } onCancel: {
            attempt.cancel()
        }.get()
    }

    private func hello(_ limits: Wire.Limits) -> HelloInfo {
        var hello = HelloInfo(
            role: .client, software: "caodiem/\(Product.version)", limits: limits)
        hello.sessionToken = token
        return hello
    }

    private static func unreached(_ path: String, _ failure: Failure) -> Failure {
        guard failure.code != .invalidArgument else { return failure }
        let silent = failure.reason == "NOT_LISTENING" || access(path, F_OK) != 0
        let detail = silent ? DialText.nobody.text : failure.message
        return Failure(
            .unavailable, DialText.unreached(path, detail).text,
            reason: failure.reason == "VERSION" ? failure.reason : Failure.unreached)
    }
}

/// Calls over a channel of the transport.
private struct ChannelLine: Line {
    let channel: Channel

    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        metadata: [WireV1.MetadataEntry]
    ) async throws(Failure) -> Reply {
        try await channel.unary(
            method, request, timeout: .seconds(seconds), metadata: metadata)
    }

    func stream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Reply) async -> Void
    ) async throws(Failure) {
        try await channel.serverStream(
            method, request, timeout: .seconds(seconds), isolation: nil
        ) { await receive($0) }
    }

    func exchange(
        _ call: EncodedCall, _ receive: @Sendable ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        let raw = channel.raw(
            path: call.path, timeout: call.seconds.map { .seconds($0) }, metadata: call.metadata)
        let sending = Task { () async -> Failure? in
            do throws(Failure) {
                for request in call.requests { try await raw.send(request) }
                raw.finishSending()
                return nil
            } catch {
                return error
            }
        }
        defer { sending.cancel() }
        do throws(Failure) {
            while true {
                let replies = try await raw.nextBatch()
                guard !replies.isEmpty else { return }
                for reply in replies { try await receive(reply) }
            }
        } catch {
            raw.cancel()
            // A request that could not be sent is the cause, the end of the call what followed.
            let unsent = error.code == .cancelled ? await sending.value : nil
            throw unsent ?? error
        }
    }

    func hangUp() async { channel.close() }
}

private enum DialText {
    static func forbidden(_ path: String) -> Phrase {
        Phrase(
            "không có quyền nói chuyện với hệ thống tại \(path)",
            "no permission to talk to the fleet at \(path)")
    }
    static func unreached(_ path: String, _ detail: String) -> Phrase {
        Phrase(
            "không liên lạc được với hệ thống tại \(path): \(detail)",
            "the fleet cannot be reached at \(path): \(detail)")
    }
    static let nobody = Phrase("không có ai nghe ở đó", "nobody listens there")
}
