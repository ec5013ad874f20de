/// What a command has to say: for programs and for people.
struct Answer: Sendable {
    var json: JSON
    var text: @Sendable (Terminal) -> String
    var status: Ending = .ok

    init(
        _ json: JSON, status: Ending = .ok, text: @escaping @Sendable (Terminal) -> String
    ) {
        self.json = json
        self.status = status
        self.text = text
    }
}
