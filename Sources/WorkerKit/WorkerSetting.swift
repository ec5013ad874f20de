/// A setting of a worker, from `config` of its manifest or filled in by the coordinator.
public struct WorkerSetting: Sendable {
    public let key: String
    /// text, integer, boolean or path
    public let type: String
    public let summary: String
    public let isRequired: Bool
    /// Whether a change of it is taken without a restart.
    public let isReloadable: Bool
    /// What is wrong with all settings together as far as this one is concerned; empty when they will do.
    public let check: @Sendable ([String: String]) -> [String]

    public init(
        _ key: String, type: String, required: Bool = false, reloadable: Bool = true,
        _ summary: String, check: @escaping @Sendable ([String: String]) -> [String]
    ) {
        self.key = key
        self.type = type
        self.summary = summary
        isRequired = required
        isReloadable = reloadable
        self.check = check
    }
}
