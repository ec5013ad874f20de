internal import Store
internal import StrictYAML

/// How heavy each finding of an import is: `import/findings.yaml` of the law book.
struct FindingTable: Sendable {
    enum Severity: String, CaseIterable, Sendable {
        /// Not told.
        case silent
        case notice, warning, serious
    }

    private let severities: [RecordedFinding.Code: Severity]

    /// Every finding is a warning.
    init() { severities = [:] }

    private init(_ severities: [RecordedFinding.Code: Severity]) { self.severities = severities }

    subscript(code: RecordedFinding.Code) -> Severity { severities[code] ?? .warning }

    /// The product's file, under the folder of the law book.
    static func productFile(lawBook: String) -> String { lawBook + "/import/findings.yaml" }

    /// Reads the table; throws all that is wrong with it, one sentence a fault. Every finding must stand in it.
    static func read(_ file: String) throws(HeadingBook.Unreadable) -> FindingTable {
        let bytes = try HeadingBook.bytes(of: file)
        do {
            return try StrictReader.read(bytes, name: file, as: shape)
        } catch {
            throw HeadingBook.Unreadable(sentences: error.issues.map(\.description))
        }
    }

    private static var shape: Shape<FindingTable> {
        .mapping { keys in
            _ = keys.required("schema_version", .integer(in: 1...1))
            return keys.required(
                "findings",
                .mapping { findings in
                    var severities: [RecordedFinding.Code: Severity] = [:]
                    for code in RecordedFinding.Code.allCases {
                        severities[code] = findings.required(
                            code.rawValue, .choice(Severity.self))
                    }
                    return FindingTable(severities)
                })
        }
    }
}
