/// HTML as it is written: whatever text comes, it stays text.
///
/// Tags and names of attributes come from closed sets, text and values are escaped where they enter, and an element
/// is closed where its content ends, so no value of the store can open an element and no page is badly formed.
struct Markup: Sendable {
    private(set) var bytes: [UInt8] = []

    /// The beginning of a page.
    static func document(_ body: (inout Markup) -> Void) -> Markup {
        var markup = Markup()
        markup.raw("<!DOCTYPE html>\n")
        body(&markup)
        return markup
    }

    mutating func text(_ text: String) {
        Markup.escape(text, into: &bytes, quotes: false)
    }

    /// An element around what `body` writes.
    mutating func tag(
        _ tag: Tag, _ attributes: Attribute..., body: (inout Markup) -> Void
    ) {
        open(tag.rawValue, attributes)
        body(&self)
        raw("</\(tag.rawValue)>")
    }

    /// The same with attributes that were gathered before.
    mutating func tag(
        _ tag: Tag, with attributes: [Attribute], body: (inout Markup) -> Void
    ) {
        open(tag.rawValue, attributes)
        body(&self)
        raw("</\(tag.rawValue)>")
    }

    /// An element with nothing but text.
    mutating func tag(_ tag: Tag, _ attributes: Attribute..., text: String) {
        open(tag.rawValue, attributes)
        self.text(text)
        raw("</\(tag.rawValue)>")
    }

    mutating func void(_ tag: VoidTag, _ attributes: Attribute...) {
        void(tag, with: attributes)
    }

    mutating func void(_ tag: VoidTag, with attributes: [Attribute]) {
        write("<\(tag.rawValue)", attributes)
        raw("/>")
    }

    private mutating func open(_ name: String, _ attributes: [Attribute]) {
        write("<\(name)", attributes)
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func write(_ beginning: String, _ attributes: [Attribute]) {
        raw(beginning)
        for attribute in attributes {
            bytes.append(UInt8(ascii: " "))
            raw(attribute.name)
            guard let value = attribute.value else {
                raw("=\"\"")
                continue
            }
            raw("=\"")
            Markup.escape(value, into: &bytes, quotes: true)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    // MARK: Escaping

    private static let replacement = Array("\u{FFFD}".utf8)

    private static func escape(_ text: String, into bytes: inout [UInt8], quotes: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes.append(contentsOf: "&amp;".utf8)
            case "<": bytes.append(contentsOf: "&lt;".utf8)
            case ">": bytes.append(contentsOf: "&gt;".utf8)
            case "\"" where quotes: bytes.append(contentsOf: "&quot;".utf8)
            case "'" where quotes: bytes.append(contentsOf: "&#39;".utf8)
            default:
                if isDeceptive(scalar) {
                    bytes.append(contentsOf: replacement)
                } else {
                    bytes.append(
                        contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            }
        }
    }

    /// Control characters, which HTML forbids, and those that turn the direction of writing, with which a name
    /// can look like another.
    private static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
