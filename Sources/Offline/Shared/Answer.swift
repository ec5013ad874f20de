/// What a verb has to say: for programs and for people.
public struct OfflineAnswer: Sendable {
    public let ending: OfflineEnding
    private let encoded: @Sendable () throws -> [UInt8]
    private let lines: [Wording]

    public init(
        _ value: some Encodable & Sendable, _ lines: [Wording], ending: OfflineEnding = .ok
    ) {
        encoded = { try Answers.bytes(value) }
        self.lines = lines
        self.ending = ending
    }

    public func json() throws -> String { String(decoding: try encoded(), as: UTF8.self) }

    public func text(_ language: Speech) -> String {
        lines.map { $0.text(language) }.joined(separator: "\n")
    }
}

extension OfflineProblem {
    private struct Shape: Encodable {
        let schema = "caodiem.error/1"
        let code: String
        let message: String
        let field: String?
        let hint: String?
    }

    /// `caodiem.error/1`
    public var json: String {
        let shape = Shape(
            code: code, message: what.en, field: place.isEmpty ? nil : place,
            hint: remedy.en.isEmpty ? nil : remedy.en)
        let bytes = (try? Answers.bytes(shape)) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    public func text(_ language: Speech) -> String {
        let said = what.text(language)
        let at = place.isEmpty || said.contains(place) ? "" : " (\(place))"
        let head = Wording("lỗi: ", "error: ").text(language) + said + at
        guard !remedy.en.isEmpty else { return head }
        return head + "\n  " + Wording("gợi ý: ", "hint: ").text(language) + remedy.text(language)
    }
}
