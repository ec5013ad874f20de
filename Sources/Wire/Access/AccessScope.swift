/// Whose rows a grant shows.
public enum AccessScope: Sendable, Hashable {
    case nothing
    /// Everything of these units.
    case units([String])
    /// Of these units, the cases of these officers.
    case officers([String], units: [String])
    case province

    public enum Kind: String, CaseIterable, Sendable {
        case nothing, units, officers, province
    }

    public var kind: Kind {
        switch self {
        case .nothing: .nothing
        case .units: .units
        case .officers: .officers
        case .province: .province
        }
    }

    public var units: [String] {
        switch self {
        case .units(let codes), .officers(_, let codes): codes
        case .nothing, .province: []
        }
    }

    public var officers: [String] {
        if case .officers(let codes, _) = self { codes } else { [] }
    }
}

/// One role, and whose rows it sees: what a call is allowed by, as a worker is told.
public struct AccessRight: Sendable, Hashable {
    public var role: AccessRole
    public var scope: AccessScope
    /// Whether parties' names and addresses are shown in full.
    public var unmasks: Bool

    public init(_ role: AccessRole, _ scope: AccessScope, unmasks: Bool) {
        self.role = role
        self.scope = scope
        self.unmasks = unmasks
    }
}

/// The value of the metadata entry `caodiem-access`, by which the coordinator tells a worker by which rights a
/// call is allowed. One right a line: role, `full` or `masked`, kind of scope, then codes behind `u:` (unit) and
/// `o:` (officer), all separated by tabs.
public enum AccessStamp {
    public static let key = "caodiem-access"
    /// The longest value, bytes: rights beyond are refused where they are granted.
    public static let limit = 1 << 10

    public static func encoded(_ rights: [AccessRight]) -> [UInt8] {
        let lines = rights.map { right in
            ([right.role.rawValue, right.unmasks ? "full" : "masked", right.scope.kind.rawValue]
                + right.scope.units.map { "u:\($0)" } + right.scope.officers.map { "o:\($0)" })
                .joined(separator: "\t")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// nil when the text is no stamp of this version.
    public static func decoded(_ text: String) -> [AccessRight]? {
        var rights: [AccessRight] = []
        for line in text.split(separator: "\n") {
            guard let right = right(line) else { return nil }
            rights.append(right)
        }
        return rights
    }

    private static func right(_ line: Substring) -> AccessRight? {
        let parts = line.split(separator: "\t").map(String.init)
        guard parts.count >= 3, let role = AccessRole(rawValue: parts[0]),
            ["full", "masked"].contains(parts[1]),
            let kind = AccessScope.Kind(rawValue: parts[2])
        else { return nil }
        let codes = parts.dropFirst(3)
        let units = codes.filter { $0.hasPrefix("u:") }.map { String($0.dropFirst(2)) }
        let officers = codes.filter { $0.hasPrefix("o:") }.map { String($0.dropFirst(2)) }
        guard units.count + officers.count == codes.count else { return nil }
        let scope: AccessScope =
            switch kind {
            case .nothing: .nothing
            case .units: .units(units)
            case .officers: .officers(officers, units: units)
            case .province: .province
            }
        return AccessRight(role, scope, unmasks: parts[1] == "full")
    }

    /// Whether a unit's or an officer's code can stand in a stamp: text without tabs and line ends.
    public static func canCarry(_ code: String) -> Bool {
        (1...64).contains(code.utf8.count)
            && code.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }
}
