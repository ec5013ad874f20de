/// How the program ends; scripts read these numbers (contracts: "Running").
public enum Ending: Int32, Sendable {
    case ok = 0
    case failed = 1
    /// What was typed cannot be understood.
    case usage = 2
    /// Nobody answers.
    case unreachable = 3
    /// The law, the plan or the policy says no.
    case refused = 4
    /// The place it runs in is set up wrongly.
    case configuration = 78
}

/// Why a command did not do what was asked: what, where, and what to do next.
struct Trouble: Error, Hashable, Sendable {
    var status: Ending
    /// A stable word for programs, e.g. UNAVAILABLE.
    var code: String
    var message: String
    /// The field, option or file that it is about; empty when there is none.
    var field: String
    var hint: String

    init(
        _ status: Ending, code: String, _ message: String, field: String = "",
        hint: String = ""
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.hint = hint
    }

    static func usage(_ message: Phrase, field: String = "", hint: Phrase? = nil) -> Trouble {
        Trouble(.usage, code: "USAGE", message.text, field: field, hint: hint?.text ?? "")
    }

    /// The error for people, a line a fault, with the hint on the next.
    func text(on terminal: Terminal) -> String {
        let place = field.isEmpty || message.contains(field) ? "" : " (\(field.printable))"
        let label = terminal.styled(TroubleText.error.text, .bad)
        let said = message.split(separator: "\n").map { String($0).printable }
        var lines = ["\(label) \(said.first ?? "")\(said.count > 1 ? "" : place)"]
        lines += said.dropFirst().map { "     \($0)" }
        if !hint.isEmpty { lines.append("  \(TroubleText.hint) \(hint.printable)") }
        return lines.joined(separator: "\n")
    }

    /// `caodiem.error/1`
    var json: JSON {
        .answer(
            "error/1",
            [
                .init("code", .string(code)), .init("message", .string(message)),
                .init("field", .text(field)), .init("hint", .text(hint)),
            ])
    }
}

private enum TroubleText {
    static let error = Phrase("lỗi:", "error:")
    static let hint = Phrase("gợi ý:", "hint:")
}
