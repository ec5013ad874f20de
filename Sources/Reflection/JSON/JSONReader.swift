/// Reads JSON texts (RFC 8259), strictly and within bounds: UTF-8 only, no comma too many, no
/// half of a surrogate pair.
struct JSONReader {
    private let bytes: [UInt8]
    private let limits: ReflectionLimits
    private var position = 0
    private var values = 0

    /// - Parameter bytes: one text, or several after each other.
    init(_ bytes: [UInt8], _ limits: ReflectionLimits) throws(ReflectionFailure) {
        guard bytes.count <= limits.jsonBytes else {
            throw ReflectionFailure(
                "the JSON is \(bytes.count) bytes, at most \(limits.jsonBytes) are read",
                hint: "send less at once")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw ReflectionFailure("the JSON is not UTF-8", hint: "save it as UTF-8")
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// The next text; nil when only white space is left.
    mutating func next() throws(ReflectionFailure) -> JSONValue? {
        skipSpace()
        guard position < bytes.count else { return nil }
        values = 0
        // Lists and messages alternate, so JSON nests twice as deep as the message.
        return try value(depth: 2 * limits.depth)
    }

    private mutating func value(depth: Int) throws(ReflectionFailure) -> JSONValue {
        guard depth > 0 else { throw fault("it is nested too deeply") }
        values += 1
        guard values <= limits.values else { throw fault("it holds too many values") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("it ends where a value should stand")
        case let byte? where byte == UInt8(ascii: "-") || JSONReader.isDigit(byte):
            return try number()
        default: throw fault("no value begins like that")
        }
    }

    private mutating func object(depth: Int) throws(ReflectionFailure) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name is missing") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw fault("a colon is missing") }
            members.append(JSONValue.Member(name: name, value: try value(depth: depth - 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("a comma or } is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(ReflectionFailure) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth - 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("a comma or ] is missing") }
        return .array(elements)
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(ReflectionFailure) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[index] else { throw fault("no value begins like that") }
            position += 1
        }
        return value
    }

    private mutating func number() throws(ReflectionFailure) -> JSONValue {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(ReflectionFailure) {
        let start = position
        while let byte = peek, JSONReader.isDigit(byte) { position += 1 }
        guard position > start else { throw fault("a digit is missing") }
    }

    private mutating func string() throws(ReflectionFailure) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20: throw fault("a control character stands in a text; write it as \\u00…")
            default:
                content.append(byte)
                position += 1
            }
        }
        throw fault("a text has no end")
    }

    private mutating func escape() throws(ReflectionFailure) -> [UInt8] {
        position += 1
        guard let letter = peek else { throw fault("a text has no end") }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try character()).utf8)
        default: throw fault("an escape that JSON does not have")
        }
    }

    /// The character of one escape, or of the pair that makes one.
    private mutating func character() throws(ReflectionFailure) -> Character {
        let first = try unit()
        var code = UInt32(first)
        if UTF16.isLeadSurrogate(first), take("\\"), take("u") {
            let second = try unit()
            guard UTF16.isTrailSurrogate(second) else { throw fault("half a surrogate pair") }
            code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
        return Character(scalar)
    }

    private mutating func unit() throws(ReflectionFailure) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("\\u takes four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private func fault(_ what: String) -> ReflectionFailure {
        let before = bytes[..<min(position, bytes.count)]
        let line = 1 + before.count { $0 == 0x0A }
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
        return ReflectionFailure("this is no JSON, line \(line), column \(column): \(what)")
    }
}
