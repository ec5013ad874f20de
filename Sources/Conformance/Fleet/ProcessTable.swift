internal import CLinux
import Glibc

/// The processes below this one. The runner adopts orphans, so one that outlives its coordinator
/// becomes its child and is found.
enum ProcessTable {
    /// Orphaned descendants come to us from now on.
    static func adoptOrphans() { _ = caodiem_become_subreaper() }

    /// Every living process below this one, however deep; zombies that we have not reaped count
    /// only when they are not our own children.
    static func descendants() -> [Int32] {
        var found: [Int32] = []
        var open = [getpid()]
        let parents = table()
        while let parent = open.popLast() {
            for (pid, entry) in parents where entry.parent == parent {
                found.append(pid)
                open.append(pid)
            }
        }
        return found.sorted()
    }

    /// State letter of a process; nil when it is gone.
    static func state(of pid: Int32) -> Character? { stat(pid)?.state }

    static func isAlive(_ pid: Int32) -> Bool {
        guard let state = state(of: pid) else { return false }
        return state != "Z" && state != "X"
    }

    static func command(of pid: Int32) -> String {
        readFile("/proc/\(pid)/cmdline").split(separator: "\0").joined(separator: " ")
    }

    /// What the open descriptors of a process lead to, without the numbers of pipes and sockets.
    static func descriptors(of pid: Int32) -> [String] {
        names(in: "/proc/\(pid)/fd").map { name in
            var target = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/\(pid)/fd/\(name)", &target, target.count)
            let bytes = target[..<max(0, count)].map { UInt8(bitPattern: $0) }
            let text = String(decoding: bytes, as: UTF8.self)
            return text.split(separator: "[").first.map(String.init) ?? text
        }.sorted()
    }

    /// Takes away our own dead children.
    static func reap() {
        var status: Int32 = 0
        while waitpid(-1, &status, WNOHANG) > 0 {}
    }

    /// Takes one dead process away, where it has become our child.
    static func reap(_ pid: Int32) {
        var status: Int32 = 0
        waitpid(pid, &status, WNOHANG)
    }

    /// Starts a shell line in a process group of its own.
    ///
    /// - Parameter output: becomes its descriptor 1.
    static func start(_ line: String, output: Int32? = nil) throws(Verdict) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words: [String] = ["/bin/sh", "-c", line]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let error = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, environ)
        if error != 0 { throw .failed("/bin/sh cannot be started: errno \(error)") }
        return pid
    }

    private static func table() -> [Int32: (parent: Int32, state: Character)] {
        var result: [Int32: (parent: Int32, state: Character)] = [:]
        for name in names(in: "/proc") {
            if let pid = Int32(name), let entry = stat(pid) { result[pid] = entry }
        }
        return result
    }

    /// Parent and state; the command's name in parentheses may hold anything.
    private static func stat(_ pid: Int32) -> (parent: Int32, state: Character)? {
        let text = readFile("/proc/\(pid)/stat")
        guard let close = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: close)...].split(separator: " ")
        guard fields.count > 1, let state = fields[0].first, let parent = Int32(fields[1]) else {
            return nil
        }
        return (parent, state)
    }
}
