internal import Digests

/// The files that pages refer to: each under a name of its own content, so that a browser may keep it for ever.
struct Asset: Sendable {
    let link: Link
    let type: String
    let bytes: [UInt8]

    init(_ name: String, _ ending: String, type: String, text: String) {
        bytes = Array(text.utf8)
        let digest = Digests.sha256(of: bytes).prefix(12)
        link = Link("static", "\(name)-\(digest).\(ending)")
        self.type = type
    }
}

enum Assets {
    static let style = Asset(
        "board", "css", type: "text/css; charset=utf-8", text: Stylesheet.text)
    static let script = Asset(
        "board", "js", type: "text/javascript; charset=utf-8", text: LiveScript.text)
    static let icon = Asset(
        "icon", "svg", type: "image/svg+xml",
        text: """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" \
            fill="#0a559e"/><path d="M7 23h4v-7H7zm7 0h4V9h-4zm7 0h4v-11h-4z" fill="#fff"/></svg>
            """)

    private static let all = [style, script, icon]

    /// Nil for a path that names no asset.
    static func reply(_ request: WebRequest) -> WebReply? {
        guard request.path.first == "static" else { return nil }
        guard ["GET", "HEAD"].contains(request.method),
            let asset = all.first(where: { $0.link.path == request.path })
        else { return Site.refusal(404, "there is no such file") }
        var reply = WebReply(type: asset.type, bytes: asset.bytes)
        reply.headers.append(("cache-control", "public, max-age=31536000, immutable"))
        return reply
    }
}
