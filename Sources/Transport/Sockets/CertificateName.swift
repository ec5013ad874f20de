/// Who a certificate speaks for: its one subject alternative name of the form
/// `URI:caodiem:plugin:ID` or `URI:caodiem:principal:NAME`.
public enum CertificateName: Hashable, Sendable, CustomStringConvertible {
    /// The worker of the manifest with this id.
    case plugin(String)
    /// A person or a system that calls.
    case principal(String)

    /// nil when the text is no such name.
    public init?(uri: String) {
        let parts = uri.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "caodiem", CertificateName.isName(parts[2]) else {
            return nil
        }
        switch parts[1] {
        case "plugin": self = .plugin(String(parts[2]))
        case "principal": self = .principal(String(parts[2]))
        default: return nil
        }
    }

    /// `plugin:ID` or NAME, which never contains a colon.
    public var description: String {
        switch self {
        case .plugin(let id): "plugin:\(id)"
        case .principal(let name): name
        }
    }

    /// 1 to 64 of a–z, A–Z, 0–9, `.`, `_`, `-`, `@`.
    private static func isName(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                    || ".-_@".unicodeScalars.contains($0)
            }
    }
}
