import Glibc
import Meter

/// Blocking reads and writes of 212 bytes (a header and the message) between two processes, no protocol at all: what the
/// kernel alone costs. Many in flight go in one write.
enum BarePair {
    private static let size = 212

    static func run(inFlight: Int, seconds: Double) {
        if inFlight < 0 { return echo(3) }
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { exit(1) }
        let path = "/proc/self/exe"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        let arguments: [String] = ["calls", "pair", "-1", "0"]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { word in strdup(word) }
        words.append(nil)
        var child: pid_t = 0
        guard posix_spawn(&child, path, &actions, nil, &words, environ) == 0 else { exit(1) }
        close(ends[1])
        print(measure(ends[0], inFlight, seconds).report())
        close(ends[0])
        waitpid(child, nil, 0)
    }

    private static func measure(_ fd: Int32, _ inFlight: Int, _ seconds: Double) -> Meter {
        var meter = Meter(seconds: seconds)
        var bytes = [UInt8](repeating: 7, count: size * inFlight)
        while true {
            let start = Meter.now
            guard write(fd, bytes, bytes.count) == bytes.count else { exit(1) }
            var got = 0
            while got < bytes.count {
                let count = bytes.withUnsafeMutableBytes { room in
                    read(fd, room.baseAddress?.advanced(by: got), room.count - got)
                }
                guard count > 0 else { exit(1) }
                got += count
            }
            for _ in 0..<inFlight where !meter.took(since: start) { return meter }
        }
    }

    private static func echo(_ fd: Int32) {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(fd, &bytes, bytes.count)
            guard count > 0 else { return }
            var done = 0
            while done < count {
                let sent = bytes.withUnsafeBytes { room in
                    write(fd, room.baseAddress?.advanced(by: done), count - done)
                }
                guard sent > 0 else { return }
                done += sent
            }
        }
    }
}
