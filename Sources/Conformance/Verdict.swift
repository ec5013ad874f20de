/// How a case ends when it does not pass.
enum Verdict: Error, Equatable {
    /// The peer broke the case's rule; what was expected and what came.
    case failed(String)
    /// The case cannot be run against this peer, and why.
    case skipped(String)
}

/// Fails the case unless the condition holds.
func require(_ holds: Bool, _ text: @autoclosure () -> String) throws(Verdict) {
    if !holds { throw .failed(text()) }
}

/// Fails the case unless both are equal.
func requireEqual<T: Equatable>(
    _ found: T, _ expected: T, _ what: @autoclosure () -> String
) throws(Verdict) {
    if found != expected { throw .failed("\(what()): \(found), expected \(expected)") }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// Whole milliseconds, rounded up, as `poll` takes them.
    var pollMilliseconds: Int32 {
        Int32(clamping: Int(max(0, (seconds * 1000).rounded(.up))))
    }

    /// For messages: `1.250 s`.
    var shown: String {
        let milliseconds = Int((seconds * 1000).rounded())
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
            + " s"
    }
}
