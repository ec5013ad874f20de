/// What a command has to say: for programs and for people.
struct Answer: Sendable {
    var json: JSON
    var text: @Sendable (Terminal) -> String
    var status: ExitStatus = .ok

    init(
        _ json: JSON, status: ExitStatus = .ok, text: @escaping @Sendable (Terminal) -> String
    ) {
        self.json = json
        self.status = status
        self.text = text
    }
}
