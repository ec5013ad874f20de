import Yams

/// The text of one file on its way to a tree. A duplicate key is noted and set aside, so that the
/// rest is still read.
struct Source {
    let file: String
    let findings: Findings
    private var text = ""
    private var setAside: Set<YAMLPosition> = []

    init(file: String, findings: Findings) {
        self.file = file
        self.findings = findings
    }

    /// The tree of the file, or nil with the reasons in `findings`.
    mutating func tree(of bytes: [UInt8]) -> YAMLNode? {
        guard accept(bytes) else { return nil }
        for _ in 0...YAMLLimits.duplicates {
            do {
                let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
                // Anchors are held weakly by the nodes: the parser must outlive the walk.
                return try withExtendedLifetime(parser) {
                    guard let root = try parser.singleRoot() else {
                        note(1, 1, "the file is empty", "write its keys")
                        return nil
                    }
                    return TreeBuilder(file: file, setAside: setAside, findings: findings)
                        .tree(root)
                }
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard let key = keys.first, putAside(key, first: context.mark) else { return nil }
            } catch {
                noteSyntax(error)
                return nil
            }
        }
        return nil
    }

    private mutating func accept(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= YAMLLimits.bytes else {
            note(
                1, 1, "the file has \(bytes.count) bytes; at most \(YAMLLimits.bytes) are read",
                "split it or remove what does not belong here")
            return false
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let decoded = String(validating: body, as: UTF8.self) else {
            let valid = String(decoding: body, as: UTF8.self).unicodeScalars
            let good = valid.prefix { $0 != "\u{FFFD}" }
            let line = 1 + good.count { $0 == "\n" }
            note(line, 1, "the text is not UTF-8", "save the file as UTF-8")
            return false
        }
        text = decoded
        return !hasManyAliases()
    }

    /// The parser expands aliases, and a few lines of them can grow without bound; so it never sees
    /// many.
    private func hasManyAliases() -> Bool {
        var found = 0
        var line = 1
        var beforeLast: Unicode.Scalar = "\n"
        var last: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            if last == "*", !" \n*".unicodeScalars.contains(scalar),
                " \t\r\n[{,:-?".unicodeScalars.contains(beforeLast)
            {
                found += 1
            }
            if scalar == "\n" { line += 1 }
            guard found <= YAMLLimits.aliases else {
                note(
                    line, 1, "more than \(YAMLLimits.aliases) words start with '*' like aliases",
                    "write the values out; aliases are not read")
                return true
            }
            (beforeLast, last) = (last, scalar)
        }
        return false
    }

    private func note(_ line: Int, _ column: Int, _ what: String, _ fix: String) {
        findings.note(YAMLPosition(file: file, line: line, column: column), what, fix)
    }

    private func noteSyntax(_ error: any Error) {
        let fix = "mend the syntax here: indentation, quotes, or a ': ' inside unquoted text"
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let during = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
            if problem.hasPrefix("but found another document") {
                note(mark.line, mark.column, "a second document starts here", "keep one a file")
            } else {
                note(mark.line, mark.column, "this is no YAML: \(problem)\(during)", fix)
            }
        case YamlError.reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0)
            let line = 1 + before.unicodeScalars.count { $0 == "\n" }
            note(line, 1, "this is no YAML: \(problem)", "remove the character")
        default:
            note(1, 1, "this is no YAML: \(error)", fix)
        }
    }
}

extension Source {
    /// Notes the second of two equal keys and renames it, so that the parser goes on; false when it
    /// is not found.
    private mutating func putAside(_ key: String, first: Mark) -> Bool {
        let fix = "keep one of them (the first is on line \(first.line))"
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            Array($0.unicodeScalars)
        }
        guard let (line, column) = repetition(of: key, after: first, in: lines) else {
            note(first.line, first.column, "key '\(key)' stands twice in one mapping", fix)
            return false
        }
        note(line, column, "key '\(key)' stands twice in one mapping", fix)
        let open = column - 1
        let quote = lines[line - 1][open] == "\"" || lines[line - 1][open] == "'" ? 1 : 0
        let end = open + quote + key.unicodeScalars.count
        lines[line - 1].insert(contentsOf: "~\(setAside.count)".unicodeScalars, at: end)
        setAside.insert(YAMLPosition(file: file, line: line, column: column))
        text = lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
        return true
    }

    /// Looks further on the same line (flow mapping), then down the same column until the mapping
    /// ends.
    private func repetition(
        of key: String, after first: Mark, in lines: [[Unicode.Scalar]]
    ) -> (line: Int, column: Int)? {
        for column in (first.column + 1)...max(first.column + 1, lines[first.line - 1].count)
        where keyStands(key, in: lines[first.line - 1], at: column) {
            return (first.line, column)
        }
        for line in (first.line + 1)...max(first.line + 1, lines.count) where line <= lines.count {
            let scalars = lines[line - 1]
            let indent = scalars.prefix { $0 == " " }.count
            guard indent < scalars.count, scalars[indent] != "#" else { continue }
            if indent < first.column - 1 { return nil }
            if indent == first.column - 1, keyStands(key, in: scalars, at: first.column) {
                return (line, first.column)
            }
        }
        return nil
    }

    private func keyStands(_ key: String, in line: [Unicode.Scalar], at column: Int) -> Bool {
        if column >= 2, column - 2 < line.count, !" {,".unicodeScalars.contains(line[column - 2]) {
            return false
        }
        for quote in ["", "\"", "'"] {
            let written = Array((quote + key + quote).unicodeScalars)
            let rest = line.dropFirst(column - 1)
            if rest.starts(with: written),
                rest.dropFirst(written.count).first(where: { $0 != " " }) == ":"
            {
                return true
            }
        }
        return false
    }
}
