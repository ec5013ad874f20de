public import Transport
public import Wire

/// The methods that a worker serves. Handlers get the call with its context and stamps; a call that comes
/// before the worker is configured is answered UNAVAILABLE.
public struct WorkerServices {
    var table = ServiceTable()
    private(set) var serviceNames: [String] = []
    private let context: ContextBox

    init(context: ContextBox) { self.context = context }

    /// Registers a unary method.
    public mutating func unary<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler: @escaping @Sendable (Request, WorkerCall) async throws(Failure) -> Reply
    ) {
        note(method.path)
        let context = context
        table.unary(method) { (request, call) async throws(Failure) -> Reply in
            let call = try WorkerCall(context: context.required(), metadata: call.metadata)
            return try await handler(request, call)
        }
    }

    /// Registers a server-streaming method; `send` waits until the peer has room.
    public mutating func stream<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handler:
            @escaping @Sendable (
                Request, WorkerCall, @Sendable (Reply) async throws(Failure) -> Void
            ) async throws(Failure) -> Void
    ) {
        note(method.path)
        let context = context
        table.serverStream(method) { (request, call, writer) async throws(Failure) in
            let call = try WorkerCall(context: context.required(), metadata: call.metadata)
            try await handler(request, call) { (reply) async throws(Failure) in
                try await writer.send(reply)
            }
        }
    }

    /// `/package.Service/Method` → `package.Service`.
    private mutating func note(_ path: String) {
        let service = String(path.split(separator: "/").first ?? "")
        if !serviceNames.contains(service) { serviceNames.append(service) }
    }
}
