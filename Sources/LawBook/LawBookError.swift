public import StrictYAML

/// Everything that is wrong in the law book, each as `file:line: what; what to do`; never empty.
public struct LawBookError: Error, Sendable, CustomStringConvertible {
    public let issues: [YAMLIssue]

    init(_ issues: [YAMLIssue]) { self.issues = YAMLRefusal(issues).issues }

    /// One issue a line.
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}

extension YAMLIssue {
    init(file: String, what: String, fix: String) {
        self.init(position: YAMLPosition(file: file, line: 1, column: 1), what: what, fix: fix)
    }
}
