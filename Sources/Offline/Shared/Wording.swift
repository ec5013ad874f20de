/// What is said to people, in both languages.
public struct Wording: Sendable, Hashable {
    public let vi: String
    public let en: String

    public init(_ vi: String, _ en: String) {
        self.vi = vi
        self.en = en
    }

    public func text(_ language: Speech) -> String { language == .vi ? vi : en }
}

/// The language that people are spoken to in.
public enum Speech: String, Sendable, CaseIterable {
    case vi, en
}

/// How a verb ended: the exit code of the process (docs/contracts.md).
public enum OfflineEnding: Int32, Sendable {
    case ok = 0
    case failed = 1
    case usage = 2
    case configuration = 78
}

/// Why something could not be done: what, where, and what to do about it.
public struct OfflineProblem: Error, Sendable, Hashable {
    /// A stable word for programs.
    public let code: String
    public let what: Wording
    /// File, folder or option that it is about.
    public let place: String
    public let remedy: Wording
    public let ending: OfflineEnding

    public init(
        _ code: String, _ what: Wording, place: String = "",
        remedy: Wording = Wording("", ""), ending: OfflineEnding = .failed
    ) {
        self.code = code
        self.what = what
        self.place = place
        self.remedy = remedy
        self.ending = ending
    }
}
