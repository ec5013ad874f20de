/// What can go wrong with the store, said so that an operator can act. Never carries values of parties.
public struct StoreFailure: Error, Sendable, CustomStringConvertible {
    public enum Reason: String, Sendable {
        /// Another process held the write lock longer than the busy timeout.
        case busy
        case full
        case readOnly
        case corrupt
        case interrupted
        /// The file was written by a newer version of the product.
        case newerSchema
        /// The file has not been migrated to this version's schema.
        case olderSchema
        case cannotOpen
        /// An SQLite file of another program.
        case foreign
        case constraint
        /// The writer's lease has gone to another process.
        case fenced
        case other
    }

    public let reason: Reason
    public let message: String
    public let hint: String

    public init(_ reason: Reason, _ message: String, hint: String = "") {
        self.reason = reason
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
