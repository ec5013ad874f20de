import Glibc

/// A process beyond doubt: its number, when it began, and in which boot of the machine; a number
/// that was given to another process since does not match.
struct ProcessIdentity: Sendable, Equatable {
    var pid: Int32
    /// Field 22 of `/proc/<pid>/stat`: clock ticks since boot.
    var startedAt: UInt64
    var boot: String

    /// The process that has this number now; nil when there is none or it is dead already.
    static func current(of pid: Int32) -> ProcessIdentity? {
        guard let text = SmallFile.read("/proc/\(pid)/stat"),
            let stat = parse(stat: text), stat.state != "Z", stat.state != "X"
        else { return nil }
        return ProcessIdentity(pid: pid, startedAt: stat.startedAt, boot: bootID())
    }

    /// State and start time; the command's name in parentheses may hold anything.
    static func parse(stat text: String) -> (state: String, startedAt: UInt64)? {
        guard let close = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let startedAt = UInt64(fields[19]) else { return nil }
        return (String(fields[0]), startedAt)
    }

    private static func bootID() -> String {
        let text = SmallFile.read("/proc/sys/kernel/random/boot_id") ?? ""
        return String(text.prefix { $0 != "\n" })
    }

    /// `pid start boot` on one line.
    var line: String { "\(pid) \(startedAt) \(boot)\n" }

    init(pid: Int32, startedAt: UInt64, boot: String) {
        self.pid = pid
        self.startedAt = startedAt
        self.boot = boot
    }

    init?(line: String) {
        let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 3, let pid = Int32(fields[0]), pid > 1,
            let startedAt = UInt64(fields[1])
        else { return nil }
        self.init(pid: pid, startedAt: startedAt, boot: fields[2])
    }
}

/// `run/<plugin>.lock`, for further instances `run/<plugin>.<number>.lock`: which process works for a
/// plugin, so that a coordinator that comes after a killed one ends what was left over, and nothing
/// else.
struct WorkerLocks: Sendable {
    let folder: String
    private static let suffix = ".lock"

    init(folder: String) { self.folder = folder }

    func file(of instance: InstanceID) -> String {
        let number = instance.number == 1 ? "" : ".\(instance.number)"
        return folder.appending(part: instance.plugin + number + WorkerLocks.suffix)
    }

    /// Notes the living process of a plugin; false when it is gone or the file cannot be written.
    func note(_ pid: Int32, instance: InstanceID) -> Bool {
        guard let identity = ProcessIdentity.current(of: pid) else { return false }
        return SmallFile.write(identity.line, path: file(of: instance))
    }

    func remove(_ instance: InstanceID) { unlink(file(of: instance)) }

    /// Kills leftover workers and removes their lock files; returns a line for the log of each.
    func sweep(within timeout: Duration) -> [String] {
        var report: [String] = []
        for plugin in lockedPlugins() {
            let file = folder.appending(part: plugin + WorkerLocks.suffix)
            let text = SmallFile.read(file) ?? ""
            if let noted = ProcessIdentity(line: text),
                ProcessIdentity.current(of: noted.pid) == noted
            {
                report.append(end(noted, plugin: plugin, within: timeout))
            }
            unlink(file)
        }
        return report
    }

    private func lockedPlugins() -> [String] {
        FolderListing.names(in: folder).filter { $0.hasSuffix(WorkerLocks.suffix) }
            .map { String($0.dropLast(WorkerLocks.suffix.count)) }
    }

    private func end(_ worker: ProcessIdentity, plugin: String, within timeout: Duration) -> String
    {
        // A worker leads its own group; if it does not, only the process itself is ours to end.
        let isLeader = getpgid(worker.pid) == worker.pid
        kill(isLeader ? -worker.pid : worker.pid, SIGKILL)
        let deadline = ContinuousClock.now + timeout
        while ProcessIdentity.current(of: worker.pid) == worker {
            guard ContinuousClock.now < deadline else {
                return "leftover worker of \(plugin), pid \(worker.pid), does not end"
            }
            usleep(5000)
        }
        return "ended a leftover worker of \(plugin), pid \(worker.pid)"
    }
}

/// Names in a folder, sorted, without `.` and `..`; empty when it cannot be read.
enum FolderListing {
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
