import Glibc
import Synchronization
import Transport
import Wire

/// The worker's beats, which a test can silence.
enum Beating {
    private struct State {
        var channel: Channel?
        var milliseconds: UInt32 = 0
        var isMute = false
        var isRunning = false
    }

    private static let state = Mutex(State())

    static func attach(_ channel: Channel) { state.withLock { $0.channel = channel } }

    static func mute() { state.withLock { $0.isMute = true } }

    static func every(milliseconds: UInt32) {
        let isFirst = state.withLock { state in
            state.milliseconds = milliseconds
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard isFirst else { return }
        Task {
            var number: UInt64 = 0
            while true {
                let (channel, pause, isMute) = state.withLock {
                    ($0.channel, $0.milliseconds, $0.isMute)
                }
                if let channel, !isMute {
                    number += 1
                    var beat = HostV1.BeatRequest()
                    beat.number = number
                    _ = try? await channel.unary(HostV1.Host.beat, beat, timeout: .seconds(1))
                }
                try? await Task.sleep(for: .milliseconds(Int(max(1, pause))))
            }
        }
    }
}

/// `grpc.health.v1.Health` with an answer that a test changes.
final class Health: Sendable {
    private let status = Mutex(HealthV1.HealthCheckResponse.ServingStatus.serving)

    func set(_ new: HealthV1.HealthCheckResponse.ServingStatus) { status.withLock { $0 = new } }

    func register(_ table: inout ServiceTable) {
        table.registerStreaming(HealthV1.Health.watch) { _, _, writer in
            var told: HealthV1.HealthCheckResponse.ServingStatus?
            while true {
                let now = self.status.withLock { $0 }
                if now != told {
                    var reply = HealthV1.HealthCheckResponse()
                    reply.status = now
                    try await writer.write(reply)
                    told = now
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}

/// A process that detaches itself: its parent is gone, it leads a session of its own, keeps the
/// descriptors it was born with and ignores SIGTERM. Gives its pid.
func startDaemon() -> pid_t {
    let script = "trap '' TERM HUP; setsid sh -c 'trap \"\" TERM HUP; echo $$; exec sleep 300' &"
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return -1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(script), nil]
    defer { for word in words { free(word) } }
    var shell: pid_t = 0
    guard posix_spawn(&shell, "/bin/sh", &actions, nil, &words, environ) == 0 else { return -1 }
    close(ends[1])
    var status: Int32 = 0
    waitpid(shell, &status, 0)
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(ends[0], &bytes, bytes.count)
    close(ends[0])
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return pid_t(text.filter(\.isNumber)) ?? -1
}
