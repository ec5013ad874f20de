/// Why bytes, JSON or definitions were refused: what, where, and what to do.
public struct ReflectionFailure: Error, Hashable, Sendable {
    public var message: String
    /// The place in the message, e.g. `units[2].amountDong`; empty for the whole.
    public var path: String
    /// What to do; empty when the message says it.
    public var hint: String

    public init(_ message: String, path: String = "", hint: String = "") {
        self.message = message
        self.path = path
        self.hint = hint
    }
}
