internal import Synchronization
public import Transport
public import Wire
public import WorkerKit

/// The gateway as a plugin: begins to listen when it is configured, leaves when the coordinator lets it go.
public final class GatewayBody: WorkerBody {
    private let running = Mutex<Gateway?>(nil)
    private let limits: GatewayLimits

    public init(limits: GatewayLimits = GatewayLimits()) { self.limits = limits }

    /// Where clients find it when the manifest says nothing; workers run in the data folder.
    public static let defaultAddress = "unix:run/grpc.sock"

    public let settings = [
        WorkerSetting.listen(
            "unix:PATH, 127.0.0.1:PORT or [::1]:PORT; \(defaultAddress) when missing",
            usual: defaultAddress)
    ]

    public func configure(
        _ values: [String: String], coordinator: Channel
    ) async throws(Failure) -> [String: String] {
        let address = try ListenAddress(
            values["listen"] ?? GatewayBody.defaultAddress, folder: ".")
        if let gateway = running.withLock({ $0 }) {
            guard gateway.asked == address else {
                throw Failure(
                    .failedPrecondition, "the gateway listens on \(gateway.asked) already",
                    field: "listen", hint: "restart the plugin to change its address")
            }
            return [:]
        }
        // A unix socket stands in the data folder, which only its owner can enter; a port is open to everybody.
        let isOwners = if case .unix = address { true } else { false }
        let gateway = try Gateway(
            listen: address, coordinator: coordinator, limits: limits, allowsAnonymous: isOwners)
        let found = try await gateway.start()
        running.withLock { $0 = gateway }
        say("serves gRPC on \(found)")
        live { () async throws(Failure) in try await gateway.ended() }
        return [:]
    }

    public func leave() async {
        await running.withLock { $0 }?.leave()
    }
}
