internal import Spelling

/// Reads the JSON of one number, text, enum or run of bytes.
struct ScalarParser {
    let path: JSONPath
    /// The type of an enum field.
    let enumeration: EnumDescriptor?

    func value(
        _ json: JSONValue, _ kind: FieldDescriptor.Kind
    ) throws(ReflectionFailure) -> ScalarValue {
        switch kind {
        case .int32, .sint32, .sfixed32: return .signed(Int64(try integer(json, Int32.self)))
        case .int64, .sint64, .sfixed64: return .signed(try integer(json, Int64.self))
        case .uint32, .fixed32: return .unsigned(UInt64(try integer(json, UInt32.self)))
        case .uint64, .fixed64: return .unsigned(try integer(json, UInt64.self))
        case .float: return .float(try real(json) { Float($0) })
        case .double: return .double(try real(json) { Double($0) })
        case .bool:
            guard case .bool(let value) = json else { throw wrong(json, "true or false") }
            return .bool(value)
        case .string: return .string(try text(json))
        case .bytes:
            guard case .string(let text) = json, let bytes = Base64.bytes(text) else {
                throw wrong(json, "the bytes in base64, as a text")
            }
            return .bytes(bytes)
        case .enumeration: return .enumeration(try enumerated(json))
        case .message, .group: throw wrong(json, "an object")
        }
    }

    private func integer<Value: FixedWidthInteger>(
        _ json: JSONValue, _ type: Value.Type
    ) throws(ReflectionFailure) -> Value {
        guard let text = digits(json) else { throw wrong(json, "a whole number") }
        guard let whole = ScalarParser.whole(text) else {
            throw fault("“\(text)” is no whole number, or one far too large")
        }
        guard let value = Value(whole) else {
            throw fault("\(text) is out of range", hint: "\(Value.min) … \(Value.max)")
        }
        return value
    }

    private func real<Value: BinaryFloatingPoint>(
        _ json: JSONValue, _ parse: (String) -> Value?
    ) throws(ReflectionFailure) -> Value {
        if case .string(let word) = json {
            switch word {
            case "NaN": return .nan
            case "Infinity": return .infinity
            case "-Infinity": return -.infinity
            default: break
            }
        }
        guard let text = digits(json), let value = parse(text) else {
            throw wrong(json, "a number, or NaN, Infinity, -Infinity as a text")
        }
        guard value.isFinite else { throw fault("\(text) is out of range") }
        return value
    }

    private func text(_ json: JSONValue) throws(ReflectionFailure) -> String {
        guard case .string(let text) = json else { throw wrong(json, "a text") }
        guard !text.utf8.contains(0) else {
            throw fault("the text holds a NUL character", hint: "take it out, or use bytes")
        }
        return text
    }

    private func enumerated(_ json: JSONValue) throws(ReflectionFailure) -> Int32 {
        if case .number = json { return try integer(json, Int32.self) }
        guard case .string(let name) = json, let enumeration else {
            throw wrong(json, "a name of the enum, as a text")
        }
        if let number = enumeration.number(named: name) { return number }
        let names = enumeration.values.map(\.name)
        let near = nearestName(to: name, among: names).map { "did you mean “\($0)”?" }
        throw fault(
            "\(enumeration.name) has no value “\(name)”",
            hint: near ?? "its values: \(names.prefix(16).joined(separator: ", "))")
    }

    /// The digits of a number, or of a text that is a number.
    private func digits(_ json: JSONValue) -> String? {
        switch json {
        case .number(let text): return text
        case .string(let text):
            guard let first = text.utf8.first, let last = text.utf8.last, first > 0x20,
                last > 0x20, text.utf8.count < 400,
                var reader = try? JSONReader(Array(text.utf8), ReflectionLimits()),
                case .number(let digits) = try? reader.next(), digits == text
            else { return nil }
            return text
        default: return nil
        }
    }

    /// A number of JSON's grammar as a plain whole one: `1.50e2` is `150`; nil where a fraction
    /// is left or it has more than 20 digits.
    static func whole(_ text: String) -> String? {
        let isNegative = text.hasPrefix("-")
        let parts = text.lowercased().drop { $0 == "-" }.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        guard var exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        var digits = mantissa[0] + fraction
        guard digits.contains(where: { $0 != "0" }) else { return "0" }
        exponent -= fraction.count
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        let significant = digits.drop { $0 == "0" }
        guard exponent >= 0, significant.count + exponent <= 20 else { return nil }
        return (isNegative ? "-" : "") + significant + String(repeating: "0", count: exponent)
    }

    private func fault(_ message: String, hint: String = "") -> ReflectionFailure {
        ReflectionFailure(message, path: path.text, hint: hint)
    }

    private func wrong(_ json: JSONValue, _ wanted: String) -> ReflectionFailure {
        fault("\(json.word) stands here", hint: "write \(wanted)")
    }
}
