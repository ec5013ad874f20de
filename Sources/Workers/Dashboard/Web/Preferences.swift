/// The language and the colours that a browser has chosen, kept in its cookies.
enum Preferences {
    private static let year = 31_536_000

    static func language(_ request: WebRequest) -> Language {
        Language(rawValue: request.cookie("caodiem_lang")) ?? .vi
    }

    static func theme(_ request: WebRequest) -> Theme {
        Theme(rawValue: request.cookie("caodiem_theme")) ?? .auto
    }

    /// Keeps what `?lang=` or `?theme=` asks for and leads back to the page; nil where neither is asked.
    static func reply(_ request: WebRequest, _ security: Security) -> WebReply? {
        guard request.method == "GET" else { return nil }
        let language = Language(rawValue: request.asked("lang"))
        let theme = Theme(rawValue: request.asked("theme"))
        guard language != nil || theme != nil else { return nil }
        var reply = WebReply.see(request.link.with("lang", "").with("theme", ""))
        if let language {
            reply.headers.append(security.cookie("caodiem_lang", language.rawValue, maxAge: year))
        }
        if let theme {
            reply.headers.append(security.cookie("caodiem_theme", theme.rawValue, maxAge: year))
        }
        return reply
    }
}
