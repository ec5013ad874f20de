/// A value of a file with the place where it stands.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// `plain` is true for text without quotes.
        case scalar(String, plain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    public struct Entry: Sendable {
        public let key: String
        public let keyPosition: YAMLPosition
        public let value: YAMLNode
    }

    public let content: Content
    public let position: YAMLPosition
    /// How the value is reached from the root, e.g. `targets[2].threshold`; empty at the root.
    public let path: String

    /// No value at all: `key:`, `~` or `null`.
    public var isEmpty: Bool {
        guard case .scalar(let text, plain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// The value as a message names it.
    var named: String { path.isEmpty ? "the file" : "'\(path)'" }

    /// The value as a message shows it, cut at 40 characters.
    public var shown: String {
        switch content {
        case .scalar where isEmpty: return "nothing"
        case .scalar(let text, _):
            return "'\(text.prefix(40))\(text.count > 40 ? "…" : "")'"
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        }
    }
}

/// Bounds of what is read; a file beyond them is refused whole.
public enum YAMLLimits {
    public static let bytes = 1 << 20
    public static let depth = 32
    /// Faults reported of one file; the rest shows once these are mended.
    public static let faults = 100
    /// Duplicate keys after which reading stops.
    static let duplicates = 8
    /// Apparent aliases up to which a file is handed to the parser, which expands them.
    static let aliases = 24
}

/// What is noted while one file is read.
final class Findings {
    private(set) var issues: [YAMLIssue] = []

    var isFull: Bool { issues.count >= YAMLLimits.faults }

    func note(_ position: YAMLPosition, _ what: String, _ fix: String) {
        guard !isFull else { return }
        issues.append(YAMLIssue(position: position, what: what, fix: fix))
    }
}
