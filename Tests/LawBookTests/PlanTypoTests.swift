import LawBook
import Rules
import StrictYAML
import Testing

/// A key of the real plan: its place in the text and its name.
private struct Key {
    let range: Range<String.Index>
    let name: String
}

@Suite("Typos in the sample's plan")
struct PlanTypoTests {
    @Test("any slip in any single key is refused, and the refusal names it")
    func everyKey() throws {
        let text = String(
            decoding: try RealFiles.bytes(RealFiles.planPath), as: UTF8.self)
        let keys = keys(of: text)
        let known = Set(keys.map(\.name))
        #expect(keys.count > 100)
        for key in keys {
            for slip in slips(of: key.name) where !known.contains(slip) {
                let spoiled = text.replacingCharacters(in: key.range, with: slip)
                let line = text[..<key.range.lowerBound].count { $0 == "\n" } + 1
                let error = #expect(throws: PlanError.self) {
                    try PlanFile.parse(bytes: Array(spoiled.utf8), name: "plan.yaml")
                }
                let named = error?.issues.contains {
                    $0.position.line == line && $0.what.hasPrefix("unknown key '\(slip)'")
                }
                #expect(named == true, "\(slip) on line \(line)")
            }
        }
    }

    /// Words before a colon, outside comments.
    private func keys(of text: String) -> [Key] {
        var found: [Key] = []
        for line in text.split(separator: "\n") {
            let code = line[..<(line.firstIndex(of: "#") ?? line.endIndex)]
            var start = code.startIndex
            while let colon = code[start...].firstIndex(of: ":") {
                let word = code[..<colon].reversed().prefix {
                    $0 == "_" || $0.isASCII && $0.isLetter
                }
                let from = text.index(colon, offsetBy: -word.count)
                found.append(Key(range: from..<colon, name: String(text[from..<colon])))
                start = code.index(after: colon)
            }
        }
        return found
    }

    /// A letter left out, doubled, swapped, changed; an upper-case start.
    private func slips(of name: String) -> [String] {
        let letters = Array(name)
        let middle = letters.count / 2
        var (short, long, swapped, changed) = (letters, letters, letters, letters)
        short.remove(at: middle)
        long.insert(letters[middle], at: middle)
        swapped.swapAt(0, letters.count - 1)
        changed[letters.count - 1] = "x"
        return [short, long, swapped, changed].map { String($0) }.filter {
            $0 != name && !$0.isEmpty
        }
            + [name.uppercased()]
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
