/// A setting as `Describe` tells it.
public struct WorkerSetting: Sendable {
    public let key: String
    /// `text`, `path`, `integer` or `boolean`.
    public let type: String
    public let isRequired: Bool
    /// A new value needs no new process: handlers read it anew with each call.
    public let isReloadable: Bool
    /// One line for people.
    public let summary: String
    /// What is wrong with all settings together as far as this one is concerned; empty when they will do.
    public let check: @Sendable ([String: String]) -> [String]

    public init(
        _ key: String, type: String = "text", required: Bool = false,
        reloadable: Bool = false, summary: String,
        check: @escaping @Sendable ([String: String]) -> [String] = { _ in [] }
    ) {
        self.key = key
        self.type = type
        isRequired = required
        isReloadable = reloadable
        self.summary = summary
        self.check = check
    }
}
