internal import Rules
internal import StrictYAML

/// How heavy each missed duty and each finding is: `casework/consequences.yaml` under the law book's folder.
enum ConsequenceFile {
    private static let name = "casework/consequences.yaml"

    /// Reads the table among the files of a law book; every duty and every finding must stand in it.
    ///
    /// Throws everything that is wrong in it together.
    static func read(_ files: [LawBookFile]) throws(LawBookError) -> ConsequenceTable {
        guard let file = files.first(where: { $0.name == name }) else {
            throw LawBookError([
                YAMLIssue(
                    file: name, what: "the law book lacks this file",
                    fix: "put it into the law book's folder, as it is delivered")
            ])
        }
        do {
            return try StrictReader.read(file.bytes, name: file.name, as: .consequences)
        } catch {
            throw LawBookError(error.issues)
        }
    }
}

extension Shape where Value == ConsequenceTable {
    fileprivate static var consequences: Shape<ConsequenceTable> {
        .mapping { map in
            _ = map.required("schema_version", .integer(in: 1...1))
            let duties = map.required("duties", .classes(of: DutyKind.self))
            let findings = map.required("findings", .classes(of: FindingKind.self))
            guard let duties, let findings else { return nil }
            return ConsequenceTable(duties: duties, findings: findings)
        }
    }
}

extension Shape {
    /// A class for each name of `Kind`, none left out.
    fileprivate static func classes<Kind>(of kind: Kind.Type) -> Shape<[Kind: Consequence]>
    where
        Value == [Kind: Consequence], Kind: RawRepresentable & CaseIterable & Hashable,
        Kind.RawValue == String
    {
        .mapping { map in
            var classes: [Kind: Consequence] = [:]
            for name in Kind.allCases {
                classes[name] = map.required(name.rawValue, .consequence)
            }
            return classes
        }
    }
}

extension Shape where Value == Consequence {
    fileprivate static var consequence: Shape<Consequence> {
        Shape<String>.text.narrowed(
            to: Consequence.allCases.map(\.name).joined(separator: ", ") + " (one of them)"
        ) { text in Consequence.allCases.first { $0.name == text } }
    }
}
