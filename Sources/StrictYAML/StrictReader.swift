/// Reads one YAML file strictly: known keys only, each value of its kind, no duplicate keys, no
/// anchors, aliases, tags or merge keys, at most 1 MiB and 32 levels; all faults of a file are
/// reported together.
public enum StrictReader {
    /// The file's bytes as a value of that shape; `name` is what messages call the file.
    /// Throws every fault found, each as `file:line: what; what to do`.
    public static func read<Value>(
        _ bytes: [UInt8], name: String, as shape: Shape<Value>
    ) throws(YAMLRefusal) -> Value {
        let findings = Findings()
        var source = Source(file: name, findings: findings)
        let value = source.tree(of: bytes).flatMap {
            shape.read($0, Reading(findings: findings))
        }
        guard findings.issues.isEmpty else { throw YAMLRefusal(findings.issues) }
        guard let value else {
            throw YAMLRefusal([
                YAMLIssue(
                    position: YAMLPosition(file: name, line: 1, column: 1),
                    what: "the file could not be read", fix: "check it against its description")
            ])
        }
        return value
    }
}
