public import Rules
public import Store

/// What a configured worker works with: the fleet's store and law book, and its spool folder.
/// Made once, when the coordinator configures the worker; the same for all calls.
public struct WorkerContext: Sendable {
    public let store: Store
    public let law: LawTable
    /// Folder for files on their way in.
    public let spoolFolder: String
    /// All settings as the coordinator sent them.
    public let settings: [String: String]

    public init(
        store: Store, law: LawTable, spoolFolder: String, settings: [String: String] = [:]
    ) {
        self.store = store
        self.law = law
        self.spoolFolder = spoolFolder
        self.settings = settings
    }
}
