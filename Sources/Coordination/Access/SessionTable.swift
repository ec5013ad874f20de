import Wire

/// Who has signed in through which plugin. A session is good for the plugin that began it, as long as its token.
struct SessionTable: Sendable {
    /// Sessions of one plugin.
    static let limit = 10_000

    private struct Session {
        var token: String
        var plugin: String
    }

    private var sessions: [String: Session] = [:]
    private var counts: [String: Int] = [:]
    private var random = SystemRandomNumberGenerator()

    func token(of session: String, plugin: String) -> String? {
        guard let found = sessions[session], found.plugin == plugin else { return nil }
        return found.token
    }

    func has(_ token: String) -> Bool { sessions.values.contains { $0.token == token } }

    /// - Throws: RESOURCE_EXHAUSTED when the plugin has as many as it may.
    mutating func begin(_ token: String, plugin: String) throws(Failure) -> String {
        guard counts[plugin, default: 0] < SessionTable.limit else {
            throw Failure(
                .resourceExhausted, "plugin \(plugin) has \(SessionTable.limit) sessions",
                hint: "sign out of those that are not used", reason: "SESSION_LIMIT")
        }
        let parts = [random.next(), random.next()] as [UInt64]
        let name = parts.map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        sessions[name] = Session(token: token, plugin: plugin)
        counts[plugin, default: 0] += 1
        return name
    }

    mutating func end(_ session: String, plugin: String) {
        guard sessions[session]?.plugin == plugin else { return }
        remove(session)
    }

    /// Ends all sessions that a token opened.
    mutating func end(of token: String) {
        for (name, session) in sessions where session.token == token { remove(name) }
    }

    /// The plugin is gone, and its sessions with it.
    mutating func end(plugin: String) {
        for (name, session) in sessions where session.plugin == plugin { remove(name) }
    }

    private mutating func remove(_ name: String) {
        guard let former = sessions.removeValue(forKey: name) else { return }
        counts[former.plugin, default: 1] -= 1
    }
}
