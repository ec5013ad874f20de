import Logging
import Synchronization
import Transport

/// The last lines that a plugin's processes wrote; each also goes to the coordinator's own log.
final class WorkerLog: Sendable {
    private struct Ring {
        var lines: [String] = []
        var oldest = 0
    }

    /// Lines as they come, for whoever follows them.
    let feed: Feed<String>
    private let ring = Mutex(Ring())
    private let capacity: Int
    private let log: Logger

    init(limits: SupervisionLimits, log: Logger) {
        capacity = max(1, limits.logLinesKept)
        feed = Feed(capacity: limits.logLinesKept)
        self.log = log
    }

    /// Kept lines, oldest first.
    var lines: [String] {
        ring.withLock { Array($0.lines[$0.oldest...] + $0.lines[..<$0.oldest]) }
    }

    /// The newest lines, at most `count`, oldest first.
    func last(_ count: Int) -> [String] { Array(lines.suffix(count)) }

    /// Keeps a line of a process and passes it on.
    func take(_ line: LogLine, pid: Int32) {
        let text = WorkerLog.printable(line.text) + (line.isCut ? " … [cut]" : "")
        keep(text)
        log.info("\(text)", metadata: ["pid": "\(pid)"])
    }

    func keep(_ line: String) {
        feed.publish(line)
        ring.withLock { ring in
            if ring.lines.count < capacity {
                ring.lines.append(line)
            } else {
                ring.lines[ring.oldest] = line
                ring.oldest = (ring.oldest + 1) % capacity
            }
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
