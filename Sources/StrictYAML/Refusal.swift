/// Where a value stands in its file. Lines and columns count from 1; columns count Unicode scalars.
public struct YAMLPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    public static func < (a: YAMLPosition, b: YAMLPosition) -> Bool {
        (a.file, a.line, a.column) < (b.file, b.line, b.column)
    }

    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// One thing that is wrong in a file: where, what, and what to do about it.
public struct YAMLIssue: Hashable, Sendable, CustomStringConvertible {
    public let position: YAMLPosition
    public let what: String
    public let fix: String

    public init(position: YAMLPosition, what: String, fix: String) {
        self.position = position
        self.what = what
        self.fix = fix
    }

    /// `file:line: what; what to do`.
    public var description: String { "\(position.file):\(position.line): \(what); \(fix)" }
}

/// Everything that is wrong in one file (or one set of files), in order of place; never empty.
public struct YAMLRefusal: Error, Sendable, CustomStringConvertible {
    public let issues: [YAMLIssue]

    public init(_ issues: [YAMLIssue]) {
        precondition(!issues.isEmpty, "a refusal names what is wrong")
        var seen: Set<YAMLIssue> = []
        self.issues = issues.filter { seen.insert($0).inserted }
            .sorted { ($0.position, $0.what) < ($1.position, $1.what) }
    }

    /// One issue a line.
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}
