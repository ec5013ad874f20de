/// Writes JSON text piece by piece, on one line or indented by two spaces.
struct JSONWriter {
    private(set) var text = ""
    private let isPretty: Bool
    private var depth = 0
    private var isFirst = true

    init(isPretty: Bool) { self.isPretty = isPretty }

    mutating func open(_ bracket: Character) {
        text.append(bracket)
        depth += 1
        isFirst = true
    }

    mutating func close(_ bracket: Character) {
        depth -= 1
        if !isFirst { breakLine() }
        text.append(bracket)
        isFirst = false
    }

    /// What stands before each member or element.
    mutating func element() {
        if !isFirst { text += "," }
        breakLine()
        isFirst = false
    }

    mutating func name(_ name: String) {
        element()
        string(name)
        text += isPretty ? ": " : ":"
    }

    mutating func word(_ word: String) { text += word }

    mutating func string(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars { JSONWriter.append(scalar, to: &text) }
        text += "\""
    }

    private mutating func breakLine() {
        if isPretty { text += "\n" + String(repeating: "  ", count: depth) }
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
    }
}
