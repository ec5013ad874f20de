/// A JSON text as it was written: numbers keep their digits, objects their order and repetitions.
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number's own text, of JSON's grammar.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: JSONValue
    }

    /// What it is, for messages.
    var word: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
