/// What every answer says about what a browser may do with it, and which requests are turned away before
/// anything looks at them.
struct Security: Sendable {
    /// Where readers find the board, when that is not a loopback address: `https://thads.example`.
    let publicURL: PublicURL?

    var isTLS: Bool { publicURL?.isTLS ?? false }

    /// The board's own style sheet, script and pictures, and nothing else: no inline script, no inline style.
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    var headers: [(name: String, value: String)] {
        var headers = [
            (name: "content-security-policy", value: Security.policy),
            (name: "x-content-type-options", value: "nosniff"),
            (name: "referrer-policy", value: "no-referrer"),
            (name: "cross-origin-opener-policy", value: "same-origin"),
            (name: "cross-origin-resource-policy", value: "same-origin"),
            (name: "permissions-policy", value: "camera=(), geolocation=(), microphone=()"),
            (name: "x-frame-options", value: "DENY"),
        ]
        if isTLS {
            headers.append((name: "strict-transport-security", value: "max-age=31536000"))
        }
        return headers
    }

    /// Whether the request names this board: another name that leads here is a trick of a foreign page.
    func isOwn(host: String?) -> Bool {
        guard let host = host?.lowercased() else { return false }
        if host == publicURL?.host { return true }
        let name = Security.name(of: host)
        return ["localhost", "[::1]"].contains(name) || Security.isLoopback(name)
    }

    /// Whether a form was sent from a page of the board, as far as the browser says.
    func isOwn(formFrom request: WebRequest) -> Bool {
        if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
            return false
        }
        guard let origin = request.headers["origin"] else { return true }
        let parts = origin.split(separator: "/", maxSplits: 2)
        return parts.count == 2 && parts[1].lowercased() == request.headers["host"]?.lowercased()
    }

    /// A cookie that no script reads and no other site sends.
    func cookie(_ name: String, _ value: String, maxAge: Int) -> (name: String, value: String) {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(maxAge)"
        if isTLS { text += "; Secure" }
        return ("set-cookie", text)
    }

    private static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
        return String(host.prefix { $0 != ":" })
    }

    private static func isLoopback(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// `http://HOST[:PORT]` or `https://HOST[:PORT]` as readers write it.
struct PublicURL: Equatable, Sendable {
    let isTLS: Bool
    /// In lower case, with the port where one is written.
    let host: String

    init?(_ text: String) {
        let lower = text.lowercased()
        let rest: Substring
        if lower.hasPrefix("https://") {
            isTLS = true
            rest = lower.dropFirst(8)
        } else if lower.hasPrefix("http://") {
            isTLS = false
            rest = lower.dropFirst(7)
        } else {
            return nil
        }
        let name = rest.hasSuffix("/") ? rest.dropLast() : rest
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["),
                UInt8(ascii: "]"):
                true
            default: false
            }
        }
        guard !name.isEmpty, allowed else { return nil }
        host = String(name)
    }
}

/// Numbers that nobody can guess.
enum Secret {
    /// 256 bits in hexadecimal.
    static func make() -> String {
        var source = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(source.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Takes as long for any two texts of one length.
    static func isEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count, !a.isEmpty else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
