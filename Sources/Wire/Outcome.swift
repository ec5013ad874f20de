/// How a stream ended, as its owner on this side sees it; every stream has exactly one.
public enum StreamEnd: Equatable, Sendable {
    /// The acceptor's TRAILERS, encoded.
    case trailers(ArraySlice<UInt8>)
    /// The peer's RESET.
    case reset(ErrorCode, String)
    /// The deadline passed here first; the peer has been told.
    case deadlineExceeded
    /// The peer's application never saw the call: it may be made again, once, without asking.
    case refused(String)
    /// We ended it: the peer broke a rule of this stream, or a limit of ours was reached.
    case failed(Failure)
    /// The connection ended under it.
    case lost(Failure)

    /// What the caller is told: nil when the call succeeded.
    public var failure: Failure? {
        switch self {
        case .trailers(let encoded): Failure.decode(trailers: encoded)
        case .reset(let code, let text):
            Failure(
                code.status, text.isEmpty ? "the peer reset the call (\(code.name))" : text,
                retryable: code == .refusedStream, reason: code.name)
        case .deadlineExceeded: Failure(.deadlineExceeded, "the deadline passed before the answer")
        case .refused(let text):
            Failure(.unavailable, text, retryable: true, reason: "REFUSED_STREAM")
        case .failed(let failure), .lost(let failure): failure
        }
    }
}

extension Failure {
    /// The payload of TRAILERS that says OK.
    public static let okTrailers: [UInt8] = []

    /// The payload of TRAILERS for an outcome: nil is OK.
    ///
    /// Message and details are cut to the limits; a NUL, which no string on the wire may hold, is
    /// left out.
    public static func trailers(
        _ failure: Failure?, metadata: [WireV1.MetadataEntry] = [], limits: Limits = Limits()
    ) -> [UInt8] {
        guard failure != nil || !metadata.isEmpty else { return okTrailers }
        var trailers = WireV1.Trailers()
        trailers.metadata = metadata
        if let failure {
            trailers.code = failure.code.rawValue
            trailers.message = truncated(clean(failure.message), bytes: limits.statusText)
            if let details = try? failure.wireMessage(limits).encoded(),
                details.count <= limits.statusDetails
            {
                trailers.details = details
            }
        }
        if let encoded = try? trailers.encoded() { return encoded }
        trailers.metadata = []
        return (try? trailers.encoded()) ?? okTrailers
    }

    /// The failure that an acceptor's TRAILERS carry: nil is OK.
    public static func decode(trailers encoded: ArraySlice<UInt8>) -> Failure? {
        if encoded.isEmpty { return nil }
        guard let trailers = try? WireV1.Trailers(decoding: encoded) else {
            return Failure(.internal, "the peer's TRAILERS do not decode")
        }
        return decode(trailers: trailers)
    }

    /// The failure that decoded TRAILERS carry: nil is OK.
    public static func decode(trailers: WireV1.Trailers) -> Failure? {
        let code = StatusCode(wire: trailers.code)
        if code == .ok { return nil }
        var failure = Failure(code, trailers.message)
        if !trailers.details.isEmpty,
            let details = try? WireV1.Failure(decoding: trailers.details[...])
        {
            if !details.message.isEmpty { failure.message = details.message }
            failure.field = details.field
            failure.hint = details.hint
            failure.retryable = details.retryable
            failure.reason = details.reason
        }
        return failure
    }

    private func wireMessage(_ limits: Limits) -> WireV1.Failure {
        var wire = WireV1.Failure()
        wire.code = code.rawValue
        // The details have room for more than the status line.
        wire.message = truncated(Failure.clean(message), bytes: limits.statusDetails / 2)
        wire.field = truncated(Failure.clean(field), bytes: limits.statusText)
        wire.hint = truncated(Failure.clean(hint), bytes: limits.statusText)
        wire.retryable = retryable
        wire.reason = truncated(Failure.clean(reason), bytes: limits.statusText)
        return wire
    }

    private static func clean(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacingNUL() : text
    }
}

extension String {
    fileprivate func replacingNUL() -> String {
        String(unicodeScalars.map { $0 == "\0" ? " " : Character($0) })
    }
}
