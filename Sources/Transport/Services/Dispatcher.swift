public import Wire

/// Answers incoming calls from a table of services; lives on the loop.
///
/// Every accepted stream ends with TRAILERS or RESET, whatever its handler does.
public final class Dispatcher: Sendable {
    private let services: ServiceTable

    public init(_ services: ServiceTable) {
        self.services = services
    }

    /// Whether a path is served here.
    public func serves(_ path: String) -> Bool { services.handler(for: path) != nil }

    /// Takes a call; a path that is not served is answered with UNIMPLEMENTED at once.
    public func accept(
        _ link: Link, _ stream: StreamID, _ headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? {
        guard let handler = services.handler(for: headers.path) else {
            link.finish(
                stream,
                Failure(
                    .unimplemented, "the method \(headers.path) is not served here",
                    reason: "UNKNOWN_METHOD"))
            return nil
        }
        if case .refused(let failure) = handler {
            link.finish(stream, failure)
            return nil
        }
        let limit = services.messageLimit(for: headers.path) ?? link.messageLimit
        let call = ServedCall(
            handler, headers, deadline, stream, on: link,
            messageLimit: min(limit, link.messageLimit))
        call.began()
        return call
    }
}
