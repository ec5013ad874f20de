import Logging
import Synchronization
import Transport
import Wire

/// The newest of many lines.
final class LineRing: Sendable {
    private struct Ring {
        var lines: [String] = []
        var oldest = 0
    }

    private let ring = Mutex(Ring())
    private let capacity: Int

    init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Kept lines, oldest first.
    var lines: [String] {
        ring.withLock { Array($0.lines[$0.oldest...] + $0.lines[..<$0.oldest]) }
    }

    func keep(_ line: String) {
        ring.withLock { ring in
            if ring.lines.count < capacity {
                ring.lines.append(line)
            } else {
                ring.lines[ring.oldest] = line
                ring.oldest = (ring.oldest + 1) % capacity
            }
        }
    }
}

/// The last lines that a plugin's processes wrote; each also goes to the coordinator's own log.
final class WorkerLog: Sendable {
    private let ring: LineRing
    private let log: Logger

    init(limits: SupervisionLimits, log: Logger) {
        ring = LineRing(capacity: limits.logLinesKept)
        self.log = log
    }

    /// Kept lines, oldest first.
    var lines: [String] { ring.lines }

    /// The newest lines, at most `count`, oldest first.
    func last(_ count: Int) -> [String] { Array(lines.suffix(count)) }

    /// Keeps a line of a process and passes it on.
    func take(_ line: LogLine, pid: Int32, tail: LineRing) {
        let text = WorkerLog.printable(line.text) + (line.isCut ? " … [cut]" : "")
        keep(text)
        tail.keep(text)
        log.info("\(text)", metadata: ["pid": "\(pid)"])
    }

    /// Keeps an entry that a worker sent over the protocol, unless it is below `atLeast`.
    func take(
        _ entry: HostV1.LogEntry, pid: Int32, atLeast: Logger.Level, tail: LineRing
    ) {
        let level = WorkerLog.level(entry.level)
        guard level >= atLeast else { return }
        let text = WorkerLog.printable(entry.message)
        let mark = level == .info ? "" : "\(level.rawValue): "
        keep(mark + text)
        tail.keep(mark + text)
        var metadata: Logger.Metadata = ["pid": "\(pid)"]
        for field in entry.fields where !["pid", "plugin"].contains(field.key) {
            metadata[WorkerLog.printable(field.key)] = "\(WorkerLog.printable(field.value))"
        }
        if !entry.traceID.isEmpty { metadata["trace"] = "\(WorkerLog.printable(entry.traceID))" }
        log.log(level: level, "\(text)", metadata: metadata)
    }

    /// Notes that entries came faster than they are kept.
    func dropped(_ count: UInt64, pid: Int32) {
        let text = "[\(count) log entries dropped: too many in a second]"
        keep(text)
        log.warning("\(text)", metadata: ["pid": "\(pid)"])
    }

    func keep(_ line: String) { ring.keep(line) }

    private static func level(_ level: HostV1.LogLevel) -> Logger.Level {
        switch level {
        case .debug: .debug
        case .warning: .warning
        case .error: .error
        default: .info
        }
    }

    /// Without escape sequences' introducers and other control characters; tabs become spaces.
    static func printable(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                scalars.append(" ")
            } else if scalar.properties.generalCategory != .control {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
