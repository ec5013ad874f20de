/// A request as the board sees it, whatever server took it.
struct WebRequest: Sendable {
    /// `GET`, `HEAD`, `POST`
    let method: String
    /// Decoded parts of the path; none for `/`.
    let path: [String]
    let query: [(name: String, value: String)]
    /// Names in lower case.
    let headers: [String: String]
    /// The form that was sent, empty unless there is one.
    let form: [(name: String, value: String)]

    /// Nil for a target that does not decode.
    init?(method: String, target: String, headers: [String: String], body: [UInt8] = []) {
        let sides = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = sides.first, first.hasPrefix("/") else { return nil }
        var path: [String] = []
        for part in first.split(separator: "/") {
            guard let decoded = PercentCoding.decoded(part, form: false) else { return nil }
            path.append(decoded)
        }
        self.method = method
        self.path = path
        self.headers = headers
        query = sides.count > 1 ? PercentCoding.entries(sides[1]) : []
        let isForm =
            headers["content-type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded")
            ?? false
        form = isForm ? PercentCoding.entries(String(decoding: body, as: UTF8.self)) : []
    }

    /// The first answer to a question of the address; empty where there is none.
    func asked(_ name: String) -> String {
        query.first { $0.name == name }?.value ?? ""
    }

    func sent(_ name: String) -> String {
        form.first { $0.name == name }?.value ?? ""
    }

    /// Empty where the browser sends none.
    func cookie(_ name: String) -> String {
        for part in (headers["cookie"] ?? "").split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if sides.count == 2, sides[0].drop(while: { $0 == " " }) == name {
                return String(sides[1])
            }
        }
        return ""
    }

    /// The same page with all that it was asked.
    var link: Link { Link(path: path, query: query.map { ($0.name, $0.value) }) }
}

/// What the board answers.
struct WebReply: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// Server-sent events, until the reader goes.
        case events(AsyncStream<[UInt8]>)
    }

    var status: Int
    var headers: [(name: String, value: String)]
    var body: Body

    init(status: Int = 200, type: String, bytes: [UInt8]) {
        self.status = status
        headers = [("content-type", type)]
        body = .bytes(bytes)
    }

    init(page: Markup, status: Int = 200) {
        self.init(status: status, type: "text/html; charset=utf-8", bytes: page.bytes)
    }

    /// Sends the reader to another page of the board.
    static func see(_ link: Link) -> WebReply {
        var reply = WebReply(status: 303, type: "text/plain; charset=utf-8", bytes: [])
        reply.headers.append(("location", link.text))
        return reply
    }
}
