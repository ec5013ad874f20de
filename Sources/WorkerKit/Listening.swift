internal import Glibc
internal import Transport
public import Wire

/// What workers that listen by themselves have in common.
extension WorkerSetting {
    /// The setting `listen`: where clients find the worker; without it, at `usual`, or nowhere.
    public static func listen(_ summary: String, usual: String? = nil) -> WorkerSetting {
        WorkerSetting("listen", type: "text", summary: summary) { values in
            guard let text = values["listen"] ?? usual else { return [] }
            do throws(Failure) {
                _ = try ListenAddress(text, folder: ".")
                return []
            } catch {
                return ["setting 'listen': \(error.message); \(error.hint)"]
            }
        }
    }
}

extension WorkerBody {
    /// A line for the worker's log, which is its standard error.
    public func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(2, line, line.count)
    }

    /// A worker without its listener is of no use: the process ends when `ended` throws, and the coordinator starts
    /// another.
    public func live(while ended: @escaping @Sendable () async throws(Failure) -> Void) {
        Task {
            do throws(Failure) {
                try await ended()
            } catch {
                say("\(error)")
                exit(WorkerEndpoint.ExitCode.failed)
            }
        }
    }
}
