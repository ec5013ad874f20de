public import StrictYAML

/// Everything that is wrong in a campaign's plan, each as `file:line: what; what to do`; never
/// empty.
public struct PlanError: Error, Sendable, CustomStringConvertible {
    public let issues: [YAMLIssue]

    init(_ refusal: YAMLRefusal) { issues = refusal.issues }

    /// One issue a line.
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}
