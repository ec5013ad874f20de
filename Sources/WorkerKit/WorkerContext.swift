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
    /// The lease of a worker that runs alone; nil for others.
    let lease: HeldLease?

    /// What a write must show; nil when the worker need not be alone.
    public var fence: Fence? { lease?.fence }

    public init(
        store: Store, law: LawTable, spoolFolder: String, settings: [String: String] = [:]
    ) {
        self.init(
            store: store, law: law, spoolFolder: spoolFolder, settings: settings, lease: nil)
    }

    init(
        store: Store, law: LawTable, spoolFolder: String, settings: [String: String],
        lease: HeldLease?
    ) {
        self.store = store
        self.law = law
        self.spoolFolder = spoolFolder
        self.settings = settings
        self.lease = lease
    }
}
