import Glibc
import Synchronization

/// Processes that were started by children and left by them, such as daemons that detached
/// themselves: they become our own children, are ended when the child that they belong to has ended,
/// and are reaped.
struct Orphans {
    /// In the environment of every child; what the child starts inherits it.
    static let variable = "CAODIEM_PROCESS"
    /// Between two looks.
    static let sweepMilliseconds: Int32 = 1000

    private static let lastMark = Mutex<UInt64>(0)
    private let isOnlyParent: Bool
    /// Marks of orphans that were seen alive: a zombie has no environment any more.
    private var known: [pid_t: String] = [:]
    /// Process groups of children that ended last.
    private var formerGroups: [pid_t] = []
    private static let groupsKept = 64

    init(isOnlyParent: Bool) { self.isOnlyParent = isOnlyParent }

    /// A child has ended: what else was in its process group is an orphan.
    mutating func childEnded(_ pid: pid_t) {
        formerGroups.append(pid)
        if formerGroups.count > Orphans.groupsKept { formerGroups.removeFirst() }
    }

    /// A mark that no other child of this process has.
    static func mark() -> String {
        let number = lastMark.withLock { last in
            last += 1
            return last
        }
        return "\(getpid()).\(number)"
    }

    /// Reaps orphans that have ended and ends those whose child is gone; gives how many still live.
    ///
    /// An orphan without a mark wiped its traces; nobody can be asked about it, so it is ended too,
    /// provided that it can only be an orphan.
    mutating func sweep(children: [(pid: pid_t, mark: String)]) -> Int {
        let own = Set(children.map(\.pid))
        let living = Set(children.map(\.mark))
        var left = 0
        var seen: [pid_t: String] = [:]
        for process in Orphans.childrenOfOurs() where !own.contains(process.pid) {
            let mark = known[process.pid] ?? Orphans.readMark(process.pid)
            guard mark != nil || isOnlyParent || formerGroups.contains(process.group) else {
                continue
            }
            if process.isZombie {
                var status: Int32 = 0
                _ = waitpid(process.pid, &status, WNOHANG)
                continue
            }
            if let mark { seen[process.pid] = mark }
            if let mark, living.contains(mark) { continue }
            kill(process.pid, SIGKILL)
            left += 1
        }
        known = seen
        return left
    }

    private static func childrenOfOurs() -> [(pid: pid_t, group: pid_t, isZombie: Bool)] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        let ourselves = getpid()
        var found: [(pid: pid_t, group: pid_t, isZombie: Bool)] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = pid_t(name), let stat = readAll("/proc/\(pid)/stat"),
                let process = parse(stat), process.parent == ourselves
            else { continue }
            found.append((pid: pid, group: process.group, isZombie: process.state == "Z"))
        }
        return found
    }

    /// State, parent and group; the command's name in parentheses may hold anything.
    static func parse(_ stat: [UInt8]) -> (state: String, parent: pid_t, group: pid_t)? {
        guard let close = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = stat[(close + 1)...].prefix(64).split(separator: UInt8(ascii: " "))
        guard fields.count > 2, let parent = pid_t(String(decoding: fields[1], as: UTF8.self)),
            let group = pid_t(String(decoding: fields[2], as: UTF8.self))
        else { return nil }
        return (String(decoding: fields[0], as: UTF8.self), parent, group)
    }

    /// The mark in the environment with which a process was started.
    private static func readMark(_ pid: pid_t) -> String? {
        guard let environment = readAll("/proc/\(pid)/environ") else { return nil }
        let prefix = Array("\(variable)=\(getpid()).".utf8)
        for entry in environment.split(separator: 0) where entry.starts(with: prefix) {
            return String(decoding: entry.dropFirst(variable.utf8.count + 1), as: UTF8.self)
        }
        return nil
    }

    private static func readAll(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 256 << 10 {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
