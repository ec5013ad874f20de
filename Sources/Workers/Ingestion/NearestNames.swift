internal import Rules
internal import Store

/// Units and officers that a mistyped code may have meant.
final class NearestNames {
    private typealias Named = (code: String, name: String)

    /// Read when the first code is not found: units and officers come before what names them.
    private var units: [Named]?
    private var officers: [Named]?
    private var known: [String: Message?] = [:]

    /// The unit nearest by code or name.
    func unit(_ text: String, in scope: ReadScope) -> Message? {
        let named = units ?? (try? scope.unitNames()) ?? []
        units = named
        return suggestion(.nearestUnit, text, named)
    }

    func officer(_ text: String, in scope: ReadScope) -> Message? {
        let named = officers ?? (try? scope.officerNames()) ?? []
        officers = named
        return suggestion(.nearestOfficer, text, named)
    }

    private func suggestion(_ key: MessageKey, _ text: String, _ named: [Named]) -> Message? {
        let cached = "\(key.rawValue) \(text)"
        if let found = known[cached] { return found }
        let folded = VietnameseText.folded(text)
        let found =
            named.first { VietnameseText.folded($0.name) == folded }
            ?? VietnameseText.nearest(to: text, among: named.map(\.code))
            .flatMap { code in named.first { $0.code == code } }
            ?? VietnameseText.nearest(to: text, among: named.map(\.name))
            .flatMap { name in named.first { $0.name == name } }
        let message = found.map { Message(key, ["code": $0.code, "name": $0.name]) }
        known[cached] = message
        return message
    }
}
