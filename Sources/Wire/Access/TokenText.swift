/// The text of a token: a word by which people and scanners know it, and 64 hex digits.
public enum TokenText {
    public static let prefix = Array("caodiem-token-".utf8)
    public static let secretBytes = 32

    /// The secret of a token's text, white space around it forgiven; nil when it is none.
    public static func bytes(_ text: [UInt8]) -> [UInt8]? {
        let blanks: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09]
        let bare = text.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }
            .reversed()
        guard bare.starts(with: prefix) else { return nil }
        let digits = bare.dropFirst(prefix.count)
        guard digits.count == 2 * secretBytes else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            if let first = high {
                bytes.append(first << 4 | UInt8(value))
                high = nil
            } else {
                high = UInt8(value)
            }
        }
        return bytes
    }

    /// As a person keeps it, in a file of its own.
    public static func text(_ secret: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hex = secret.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: prefix + hex, as: UTF8.self)
    }
}
