/// What a command has to say: for programs and for people.
struct Answer: Sendable {
    var json: JSON
    var text: @Sendable (Terminal) -> String
    var status: Ending = .ok
    /// It was shown as it came; nothing is left to show.
    private(set) var isSaid = false

    static let said: Answer = {
        var answer = Answer(.null) { _ in "" }
        answer.isSaid = true
        return answer
    }()

    init(
        _ json: JSON, status: Ending = .ok, text: @escaping @Sendable (Terminal) -> String
    ) {
        self.json = json
        self.status = status
        self.text = text
    }
}
