/// `/package.Service/Method` taken apart.
struct MethodPath: Sendable, Equatable {
    let service: String
    let method: String

    /// nil when the text is not of that form.
    init?(_ path: String) {
        // By bytes: to part a text by characters takes longer than all else that a call costs here.
        let bytes = path.utf8
        let slash = UInt8(ascii: "/")
        guard bytes.first == slash else { return nil }
        let rest = bytes.dropFirst()
        guard let middle = rest.firstIndex(of: slash) else { return nil }
        let after = rest.index(after: middle)
        guard middle > rest.startIndex, after < rest.endIndex,
            !rest[after...].contains(slash)
        else { return nil }
        service = String(path[rest.startIndex..<middle])
        method = String(path[after...])
    }
}
