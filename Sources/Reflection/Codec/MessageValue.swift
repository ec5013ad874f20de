/// A decoded message of any type: what was there, by field number.
struct MessageValue: Hashable, Sendable {
    indirect enum Field: Hashable, Sendable {
        case scalar(ScalarValue)
        case message(MessageValue)
        case list([Field])
    }

    var fields: [Int32: Field] = [:]
}
