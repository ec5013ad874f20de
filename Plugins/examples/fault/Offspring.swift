import Glibc
import Transport
import Wire

/// Processes that the worker leaves behind.
enum Offspring {
    /// A child that keeps descriptors 1, 2 and 3 and ignores SIGTERM; gives its pid.
    static func grandchild() throws -> UInt32 {
        try spawn("trap '' TERM; while :; do sleep 1; done")
    }

    /// The same in a session of its own, whose parent has ended.
    static func daemon() throws -> UInt32 {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(.internal, "no pipe: \(errno)") }
        defer { close(ends[0]) }
        let shell = try spawn(
            "trap '' TERM; setsid sh -c 'while :; do sleep 1; done' 4>&- & echo $! >&4",
            report: ends[1])
        close(ends[1])
        var status: Int32 = 0
        waitpid(pid_t(shell), &status, 0)
        var text = [UInt8](repeating: 0, count: 32)
        let count = read(ends[0], &text, text.count)
        let line = String(decoding: text[..<max(0, count)], as: UTF8.self)
        guard let pid = UInt32(line.split(separator: "\n").first ?? "") else {
            throw Failure(.internal, "the daemon did not say its pid")
        }
        return pid
    }

    /// Runs a line of shell; descriptor 3 stays open in it, `report` becomes its 4.
    private static func spawn(_ line: String, report: Int32 = -1) throws -> UInt32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // A duplicate onto itself clears close-on-exec.
        posix_spawn_file_actions_adddup2(&actions, 3, 3)
        if report >= 0 { posix_spawn_file_actions_adddup2(&actions, report, 4) }
        let words: [String] = ["/bin/sh", "-c", line]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let error = posix_spawn(&pid, "/bin/sh", &actions, nil, &arguments, environ)
        guard error == 0 else { throw Failure(.internal, "no child: \(error)") }
        return UInt32(pid)
    }
}
