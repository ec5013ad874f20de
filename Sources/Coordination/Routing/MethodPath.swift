/// `/package.Service/Method` taken apart.
struct MethodPath: Sendable, Equatable {
    let service: String
    let method: String

    /// nil when the text is not of that form.
    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, !parts[1].isEmpty, !parts[2].isEmpty else {
            return nil
        }
        service = String(parts[1])
        method = String(parts[2])
    }
}
