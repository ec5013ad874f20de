/// Why a call could not be done: what is wrong, where, and what to do about it.
///
/// Thrown inside a process, carried as `Trailers.details` between processes. A lawful refusal is a
/// value of the domain and never a failure.
public struct Failure: Error, Equatable, Sendable {
    /// One of gRPC's codes; never `.ok`.
    public var code: StatusCode
    /// One sentence: what happened and why.
    public var message: String
    /// The field of the request that is to blame, or "".
    public var field: String
    /// What to do next, or "".
    public var hint: String
    /// Whether the same call may succeed when it is made again.
    public var retryable: Bool
    /// A stable word for programs, e.g. `PLUGIN_STARTING`, or "".
    public var reason: String

    public init(
        _ code: StatusCode, _ message: String, field: String = "", hint: String = "",
        retryable: Bool = false, reason: String = ""
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.hint = hint
        self.retryable = retryable
        self.reason = reason
    }
}

extension Failure: CustomStringConvertible {
    /// `CODE: message (reason) hint`, for logs and people.
    public var description: String {
        var text = "\(code.name): \(message)"
        if !field.isEmpty { text += " [\(field)]" }
        if !reason.isEmpty { text += " (\(reason))" }
        if !hint.isEmpty { text += " — \(hint)" }
        return text
    }
}

/// Text cut to a number of UTF-8 bytes, at a character, with a mark that it was cut.
public func truncated(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    let mark = "…"
    var kept = ""
    var count = mark.utf8.count
    for character in text {
        count += character.utf8.count
        if count > bytes { break }
        kept.append(character)
    }
    return kept + mark
}
