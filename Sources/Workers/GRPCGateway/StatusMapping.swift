internal import GRPCCore
internal import Wire

/// How a call's failure is told to a gRPC client: the status, and its whole in `grpc-status-details-bin`.
struct StatusMapping {
    let limits: GatewayLimits

    static let detailsKey = "grpc-status-details-bin"
    /// Says in `google.rpc.ErrorInfo` whose reasons these are.
    static let domain = "caodiem"

    /// The last of a call: nil is OK.
    ///
    /// - Parameter trailing: what the worker sent with the end.
    func end(
        _ failure: Failure?, trailing: [WireV1.MetadataEntry]
    ) -> (status: Status, trailing: Metadata) {
        var metadata = MetadataMapping.headers(of: trailing)
        guard let failure else { return (Status(code: .ok, message: ""), metadata) }
        let code = Status.Code(rawValue: Int(failure.code.rawValue)) ?? .unknown
        let text = truncated(failure.message, bytes: limits.statusText)
        if let details = details(failure, text: text) {
            metadata.addBinary(details, forKey: StatusMapping.detailsKey)
        }
        return (Status(code: code, message: text), metadata)
    }

    /// An encoded google.rpc.Status: ErrorInfo, BadRequest where a field is to blame, and the fleet's own
    /// Failure. What is too large for the limit is left out, the Failure first.
    func details(_ failure: Failure, text: String) -> [UInt8]? {
        let parts = [errorInfo(failure), badRequest(failure, text), own(failure)].compactMap { $0 }
        for count in stride(from: parts.count, through: 0, by: -1) {
            let status = GatewayV1.RpcStatus.with {
                $0.code = Int32(failure.code.rawValue)
                $0.message = text
                $0.details = Array(parts[..<count])
            }
            if let bytes = try? status.encoded(), bytes.count <= limits.details { return bytes }
        }
        return nil
    }

    private func errorInfo(_ failure: Failure) -> GatewayV1.TypedMessage? {
        let facts = [
            ("field", failure.field), ("hint", failure.hint),
            ("retryable", failure.retryable ? "true" : ""),
        ]
        let info = GatewayV1.ErrorInfo.with {
            $0.reason = failure.reason.isEmpty ? failure.code.name : failure.reason
            $0.domain = StatusMapping.domain
            $0.metadata = facts.filter { !$0.1.isEmpty }.map { key, value in
                .with {
                    $0.key = key
                    $0.value = value
                }
            }
        }
        return typed("google.rpc.ErrorInfo", info)
    }

    private func badRequest(_ failure: Failure, _ text: String) -> GatewayV1.TypedMessage? {
        if failure.field.isEmpty { return nil }
        let request = GatewayV1.BadRequest.with {
            $0.fieldViolations = [
                .with {
                    $0.field = failure.field
                    $0.text = text
                }
            ]
        }
        return typed("google.rpc.BadRequest", request)
    }

    private func own(_ failure: Failure) -> GatewayV1.TypedMessage? {
        let message = WireV1.Failure.with {
            $0.code = failure.code.rawValue
            $0.message = failure.message
            $0.field = failure.field
            $0.hint = failure.hint
            $0.retryable = failure.retryable
            $0.reason = failure.reason
        }
        return typed("caodiem.wire.v1.Failure", message)
    }

    private func typed(
        _ name: String, _ message: some WireMessage
    ) -> GatewayV1.TypedMessage? {
        guard let bytes = try? message.encoded() else { return nil }
        return .with {
            $0.typeURL = "type.googleapis.com/" + name
            $0.value = bytes
        }
    }
}
