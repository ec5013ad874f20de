/// A setting of one worker's own, from `config` of its manifest.
public struct WorkerSetting: Sendable {
    public let key: String
    /// text, integer, boolean or path
    public let type: String
    public let summary: String
    /// What is wrong with all settings together as far as this one is concerned; empty when they will do.
    public let check: @Sendable ([String: String]) -> [String]

    public init(
        _ key: String, type: String, _ summary: String,
        check: @escaping @Sendable ([String: String]) -> [String]
    ) {
        self.key = key
        self.type = type
        self.summary = summary
        self.check = check
    }
}
