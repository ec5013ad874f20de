/// A JSON value whose members keep the order in which they were given.
indirect enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A name and its value in an object.
    struct Member: Hashable, Sendable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// An answer: the schema first, as contracts want it.
    static func answer(_ schema: String, _ members: [Member]) -> JSON {
        .object([Member("schema", .string("caodiem.\(schema)"))] + members)
    }

    /// null where there is no text: what the protocol leaves empty is absent.
    static func text(_ value: String?) -> JSON {
        guard let value, !value.isEmpty else { return .null }
        return .string(value)
    }

    static func number(_ value: some BinaryInteger) -> JSON {
        Int64(exactly: value).map(JSON.integer) ?? .unsigned(UInt64(clamping: value))
    }

    static func number(_ value: Int64?) -> JSON { value.map(JSON.integer) ?? .null }

    static func list<Element>(_ elements: [Element], _ value: (Element) -> JSON) -> JSON {
        .array(elements.map(value))
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSON {
    /// The value as text: one line, or indented by two spaces.
    func written(pretty: Bool = false) -> String {
        var out = ""
        write(into: &out, pretty: pretty, depth: 0)
        return out
    }

    private func write(into out: inout String, pretty: Bool, depth: Int) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .unsigned(let value): out += String(value)
        case .string(let value): JSON.write(value, into: &out)
        case .array(let values):
            JSON.write(values, "[", "]", into: &out, pretty, depth) { value, out in
                value.write(into: &out, pretty: pretty, depth: depth + 1)
            }
        case .object(let members):
            JSON.write(members, "{", "}", into: &out, pretty, depth) { member, out in
                JSON.write(member.name, into: &out)
                out += pretty ? ": " : ":"
                member.value.write(into: &out, pretty: pretty, depth: depth + 1)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ open: String, _ close: String, into out: inout String,
        _ pretty: Bool, _ depth: Int, _ writeOne: (Element, inout String) -> Void
    ) {
        out += open
        for (index, element) in elements.enumerated() {
            if index > 0 { out += "," }
            if pretty { out += "\n" + String(repeating: "  ", count: depth + 1) }
            writeOne(element, &out)
        }
        if pretty, !elements.isEmpty { out += "\n" + String(repeating: "  ", count: depth) }
        out += close
    }

    private static func write(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{08}": out += "\\b"
            case "\u{0C}": out += "\\f"
            case "\u{00}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
