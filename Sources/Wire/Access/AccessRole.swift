/// What a principal is to the fleet: decides which methods it may call, and which kind of scope it has.
public enum AccessRole: String, CaseIterable, Sendable, Hashable {
    /// Runs the fleet; sees no case.
    case ops
    /// Sends a unit's lists and results (văn thư, kế toán nghiệp vụ).
    case clerk
    /// Works cases of its own (chấp hành viên).
    case officer
    /// Leads a unit (Chi cục trưởng).
    case headOfUnit = "head_of_unit"
    /// Directs and checks the province (Phòng Nghiệp vụ, Tổ theo dõi).
    case division
    /// Decides for the province (Cục trưởng, steering committee).
    case leader
    /// Another program; what it may call stands in its grant.
    case system
    /// Everything: the user who owns the data folder, and root.
    case administrator

    /// What kind of rows the role can be given.
    public enum Reach: Sendable {
        /// Rows of no case.
        case nothing
        case units
        case officers
        case province
        /// Whatever the grant says.
        case any
    }

    public var reach: Reach {
        switch self {
        case .ops: .nothing
        case .clerk, .headOfUnit: .units
        case .officer: .officers
        case .division, .leader, .administrator: .province
        case .system: .any
        }
    }

    /// Whether it sees parties' names and addresses in full unless its grant says otherwise.
    public var unmasksByDefault: Bool {
        switch self {
        case .ops, .system: false
        default: true
        }
    }
}

/// Roles, as one number.
public struct AccessRoles: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public init(_ role: AccessRole) {
        let place = AccessRole.allCases.firstIndex(of: role) ?? 0
        rawValue = 1 << UInt16(place)
    }

    public init(_ roles: some Sequence<AccessRole>) {
        self = roles.reduce(into: []) { $0.formUnion(AccessRoles($1)) }
    }

    /// In the order of `AccessRole.allCases`.
    public var list: [AccessRole] { AccessRole.allCases.filter { contains(AccessRoles($0)) } }
}
