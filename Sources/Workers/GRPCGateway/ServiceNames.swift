internal import GRPCCore

/// Which of the fleet's methods a client's path means.
enum ServiceNames {
    /// Older clients ask for reflection by its earlier name; the messages are the same.
    private static let renamed = [
        "grpc.reflection.v1alpha.ServerReflection": "grpc.reflection.v1.ServerReflection"
    ]

    static func path(_ method: MethodDescriptor) -> String {
        let service = method.service.fullyQualifiedService
        return "/\(renamed[service] ?? service)/\(method.method)"
    }
}
