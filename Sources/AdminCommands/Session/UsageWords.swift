/// What the argument parser says about a wrong command line, in the language in force.
enum UsageWords {
    /// The sentence in Vietnamese where its form is known, else as it is.
    static func translated(_ message: String) -> String {
        guard Language.current == .vi else { return message }
        for (head, said) in heads where message.hasPrefix(head) {
            return said + tail(message.dropFirst(head.count))
        }
        return tail(message[...])
    }

    /// The word that the parser could not place; nil when it complains of something else.
    static func unexpected(in message: String) -> String? {
        guard message.hasPrefix("Unexpected argument ") else { return nil }
        let parts = message.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count > 1 ? String(parts[1]) : nil
    }

    private static func tail(_ text: Substring) -> String {
        var out = String(text)
        for (english, said) in inner {
            guard let range = out.firstRange(of: english) else { continue }
            out.replaceSubrange(range, with: said)
        }
        return out
    }

    private static let heads: [(String, String)] = [
        ("Missing expected argument ", "thiếu "),
        ("Missing one of: ", "thiếu một trong: "),
        ("Missing value for ", "thiếu giá trị của "),
        ("Missing required subcommand.", "thiếu tên lệnh con."),
        ("Unknown option ", "không có tùy chọn "),
        ("Unexpected argument ", "thừa tham số "),
        ("The value ", "giá trị "),
        ("The option ", "tùy chọn "),
        ("Invalid option: ", "tùy chọn sai: "),
    ]

    private static let inner: [(String, String)] = [
        (" Did you mean ", " Có phải "),
        (" unexpected arguments: ", " tham số thừa: "),
        (" is invalid for ", " không dùng được cho "),
        (" does not take any value, but ", " không nhận giá trị, nhưng có "),
        (" was specified.", "."),
        ("Please provide one of ", "Chọn một trong "),
        (" or '", " hoặc '"),
    ]
}
