import Glibc

/// What the place that text goes to can show.
struct Terminal: Sendable {
    /// Columns; nil = unlimited, for a pipe or a file.
    var width: Int?
    var colour: Bool
    var interactive: Bool

    static let plain = Terminal(width: nil, colour: false, interactive: false)

    /// Columns for running text: long lines are hard to read even where there is room.
    var paragraphWidth: Int { min(width ?? Limits.paragraphColumns, Limits.paragraphColumns) }

    /// The terminal behind a descriptor: COLUMNS, else what the terminal says; colour only on a
    /// terminal that is not `dumb`, and never with NO_COLOR set.
    static func of(descriptor: Int32, environment: Environment) -> Terminal {
        let interactive = isatty(descriptor) == 1
        let noColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Terminal(
            width: columns(of: descriptor, interactive: interactive, environment: environment),
            colour: interactive && !noColour && environment["TERM"] != "dumb",
            interactive: interactive)
    }

    private static func columns(
        of descriptor: Int32, interactive: Bool, environment: Environment
    ) -> Int? {
        if let told = environment["COLUMNS"].flatMap({ Int($0) }), told > 0 {
            return max(told, Limits.leastColumns)
        }
        guard interactive else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return Limits.usualColumns
        }
        return max(Int(size.ws_col), Limits.leastColumns)
    }

    /// Text in a style, where the terminal has colours.
    func styled(_ text: String, _ style: Style) -> String {
        guard colour, let code = style.code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// Running text in lines that fit.
    func paragraph(_ text: String, indent: Int = 0) -> String {
        let margin = String(repeating: " ", count: indent)
        return text.printable.wrapped(to: paragraphWidth - indent)
            .map { margin + $0 }.joined(separator: "\n")
    }

    /// `Label: value` lines with the values under each other.
    func fields(_ pairs: [(Phrase, String)]) -> String {
        let shown = pairs.filter { !$0.1.isEmpty }
        let label = shown.map { Width.of($0.0.text) }.max() ?? 0
        guard label + Limits.leastValueColumns <= paragraphWidth else {
            return shown.map { pair in
                styled(paragraph("\(pair.0):"), .quiet) + "\n" + paragraph(pair.1, indent: 2)
            }.joined(separator: "\n")
        }
        return shown.map { pair in
            let lines = pair.1.printable.wrapped(to: paragraphWidth - label - 2)
            let margin = String(repeating: " ", count: label + 2)
            let head = styled("\(pair.0):".padded(to: label + 1), .quiet) + " "
            return head + lines.joined(separator: "\n" + margin)
        }.joined(separator: "\n")
    }
}

enum Style: Sendable {
    case plain, strong, good, bad, pending, quiet

    fileprivate var code: String? {
        switch self {
        case .plain: nil
        case .strong: "1"
        case .good: "32"
        case .bad: "31"
        case .pending: "33"
        case .quiet: "2"
        }
    }
}

/// The variables of the environment that the commands read.
struct Environment: Sendable {
    private var values: [String: String]

    init(_ values: [String: String] = [:]) { self.values = values }

    /// What the process was started with, for the names that matter here.
    static func ofProcess() -> Environment {
        var values: [String: String] = [:]
        for name in [
            "CAODIEM_DATA", "CAODIEM_ENDPOINT", "CAODIEM_TLS_CERT", "CAODIEM_TLS_KEY",
            "CAODIEM_TLS_CA", "CAODIEM_TOKEN_FILE", "COLUMNS", "NO_COLOR", "TERM",
        ] {
            if let value = getenv(name) { values[name] = String(cString: value) }
        }
        return Environment(values)
    }

    subscript(name: String) -> String? { values[name] }
}
