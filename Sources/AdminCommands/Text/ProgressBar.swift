/// One line that shows how far a long step is, redrawn in place; silent where nobody watches.
struct ProgressBar: Sendable {
    private let terminal: Terminal
    private var shown = ""

    init(_ terminal: Terminal) { self.terminal = terminal }

    /// The bytes that bring the line up to date; empty when nothing on it changed.
    mutating func update(_ label: String, done: UInt64, total: UInt64) -> String {
        guard terminal.interactive else { return "" }
        let line = Self.line(
            label, done: done, total: total, width: (terminal.width ?? Limits.usualColumns) - 1)
        if line == shown { return "" }
        shown = line
        return "\r\u{1B}[K" + line
    }

    /// The bytes that take the line away.
    mutating func clear() -> String {
        defer { shown = "" }
        return shown.isEmpty ? "" : "\r\u{1B}[K"
    }

    /// `label  [#####.....]  50%`; on narrow terminals only the label and the share.
    static func line(_ label: String, done: UInt64, total: UInt64, width: Int) -> String {
        let done = min(done, total)
        let share = total == 0 ? 0 : Int((UInt128(done) * 100) / UInt128(total))
        let percent = "\(share)%".padded(to: 4, .right)
        let room = width - Width.of(label) - Width.of(percent) - 6
        guard room >= 5 else {
            let fitting = label.printable.wrapped(to: max(1, width - 6)).first ?? ""
            return "\(fitting) \(percent)"
        }
        let size = min(room, 40)
        let filled = total == 0 ? 0 : Int((UInt128(done) * UInt128(size)) / UInt128(total))
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "░", count: size - filled)
        return "\(label)  [\(bar)] \(percent)"
    }
}
