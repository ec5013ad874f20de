/// An address within the board: a path and its questions, percent-encoded.
struct Link: Equatable, Sendable {
    let path: [String]
    private(set) var query: [(name: String, value: String)]
    private var fragment = ""

    /// - Parameter query: entries with an empty value are left out.
    init(_ path: String..., query: [(String, String)] = []) {
        self.init(path: path, query: query)
    }

    init(path: [String], query: [(String, String)] = []) {
        self.path = path
        self.query = query.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
    }

    static func == (a: Link, b: Link) -> Bool { a.text == b.text }

    /// The place of that id in the same page.
    static func here(_ id: String) -> Link {
        var link = Link(path: [])
        link.fragment = id
        return link
    }

    /// The same with this question asked so; an empty value takes it away.
    func with(_ name: String, _ value: String) -> Link {
        var link = self
        link.query.removeAll { $0.name == name }
        if !value.isEmpty { link.query.append((name: name, value: value)) }
        return link
    }

    var text: String {
        if !fragment.isEmpty { return "#" + PercentCoding.encoded(fragment) }
        let questions = query.map {
            PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value)
        }
        return "/" + path.map(PercentCoding.encoded).joined(separator: "/")
            + (questions.isEmpty ? "" : "?" + questions.joined(separator: "&"))
    }
}

/// The percent coding of addresses and forms.
enum PercentCoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// All but letters, digits, `-`, `.`, `_` and `~` of ASCII as `%XX`.
    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil for a broken sequence, and for bytes that are no UTF-8.
    ///
    /// - Parameter form: `+` is a space, as forms and queries write it.
    static func decoded(_ text: some StringProtocol, form: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.next().flatMap(value), let low = rest.next().flatMap(value)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(form && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The entries of a query or a form; those that do not decode are left out.
    static func entries(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").compactMap { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(sides[0], form: true),
                let value = decoded(sides.count > 1 ? sides[1] : "", form: true)
            else { return nil }
            return (name: name, value: value)
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
