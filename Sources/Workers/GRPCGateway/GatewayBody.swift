internal import Glibc
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
        WorkerSetting(
            "listen", type: "text",
            summary:
                "unix:PATH, 127.0.0.1:PORT or [::1]:PORT; \(defaultAddress) when missing"
        ) { values in
            do throws(Failure) {
                _ = try address(values)
                return []
            } catch {
                return ["setting 'listen': \(error.message); \(error.hint)"]
            }
        }
    ]

    public func configure(
        _ values: [String: String], coordinator: Channel
    ) async throws(Failure) -> [String: String] {
        let address = try GatewayBody.address(values)
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
        watch(gateway)
        return [:]
    }

    public func leave() async {
        await running.withLock { $0 }?.leave()
    }

    private static func address(_ values: [String: String]) throws(Failure) -> ListenAddress {
        try ListenAddress(values["listen"] ?? GatewayBody.defaultAddress, folder: ".")
    }

    /// A gateway without a listener is of no use: the process ends, and the coordinator starts another.
    private func watch(_ gateway: Gateway) {
        Task {
            do throws(Failure) {
                try await gateway.ended()
            } catch {
                say("\(error)")
                exit(WorkerEndpoint.ExitCode.failed)
            }
        }
    }

    /// Standard error is the worker's log.
    private func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(2, line, line.count)
    }
}
