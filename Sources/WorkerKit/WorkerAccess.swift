public import Rules
public import Store
public import Wire

/// Who asks, and whose rows the call may touch: the rights by which the coordinator allowed it.
///
/// What is outside of them looks to the caller like what is not there: the same refusal, and no hint of it.
public struct WorkerAccess: Sendable, Hashable {
    /// `uid:1000`, `cert:NAME`, `token:NAME`, `plugin:ID`.
    public let principal: String
    /// Only those rights by which this call is allowed.
    public let rights: [AccessRight]

    /// What reads are bounded by; nil where the whole province may be seen.
    public let sight: RowSight?

    public init(principal: String, rights: [AccessRight]) {
        self.principal = principal
        self.rights = rights
        sight = RowSight(principal: principal, rights)
    }

    /// All rights: of the coordinator's own work, and of tests.
    public static func everything(_ principal: String) -> WorkerAccess {
        WorkerAccess(
            principal: principal,
            rights: [AccessRight(.administrator, .province, unmasks: true)])
    }

    public var roles: Set<AccessRole> { Set(rights.map(\.role)) }

    /// Whether every row of the province may be seen.
    public var coversProvince: Bool { sight == nil }

    /// Whether every row of the unit may be seen; false for an officer, who sees some.
    public func covers(unit: String) -> Bool { sight?.covers(unit: unit) ?? true }

    /// Whether a case of that unit and officer may be seen; an officer sees no case without an officer.
    public func covers(unit: String, officer: String?) -> Bool {
        sight?.covers(unit: unit, officer: officer) ?? true
    }

    /// Whether some case of the unit may be seen.
    public func touches(unit: String) -> Bool { sight?.touches(unit: unit) ?? true }

    /// Whether parties' names and addresses may be shown in full.
    public var mayUnmask: Bool { rights.contains(where: \.unmasks) }
}

extension RowSight {
    /// The rows that the rights show together; nil where one of them shows the whole province.
    fileprivate init?(principal: String, _ rights: [AccessRight]) {
        self.init(principal: principal, units: [], officers: [:])
        for right in rights {
            switch right.scope {
            case .province: return nil
            case .nothing: break
            case .units(let codes): units.formUnion(codes)
            case .officers(let codes, let codesOfUnits):
                for unit in codesOfUnits { officers[unit, default: []].formUnion(codes) }
            }
        }
    }

    /// Units of which something may be seen, for people; empty where nothing is.
    var named: String { units.union(officers.keys).sorted().joined(separator: ", ") }
}

extension WorkerAccess {
    /// - Throws: PERMISSION_DENIED unless every row of the unit may be seen, whether there is such a unit or not.
    public func require(unit: String) throws(Failure) {
        guard let sight, !sight.covers(unit: unit) else { return }
        throw .outOfScope(unit, principal, mine: sight.named)
    }

    /// - Throws: PERMISSION_DENIED unless the whole province may be seen.
    public func requireProvince() throws(Failure) {
        guard let sight else { return }
        throw Failure(
            .permissionDenied, "\(principal) không xem được số liệu toàn tỉnh",
            field: "unit", hint: "nêu một đơn vị trong phạm vi của mình: \(sight.named)",
            reason: "OUT_OF_SCOPE")
    }
}

extension Failure {
    /// The unit is not the caller's, or is not there: nobody learns which.
    public static func outOfScope(_ unit: String, _ principal: String, mine: String) -> Failure {
        Failure(
            .permissionDenied, "đơn vị “\(unit.prefix(64))” ngoài phạm vi của \(principal)",
            field: "unit",
            hint: mine.isEmpty
                ? "người quản trị cấp phạm vi trong access.yaml: units hoặc vai trò cấp tỉnh"
                : "phạm vi được cấp: \(mine); người quản trị cấp thêm trong access.yaml",
            reason: "OUT_OF_SCOPE")
    }

    /// The case is not the caller's, or is not there: nobody learns which.
    public static func outOfScope(_ key: CaseKey, _ principal: String) -> Failure {
        Failure(
            .permissionDenied,
            "việc “\(key.decisionNo.prefix(64))” của đơn vị \(key.unit.prefix(64)) ngoài phạm vi của "
                + principal,
            field: "decision_no",
            hint: "chỉ xem và sửa việc được giao; người quản trị cấp phạm vi trong access.yaml",
            reason: "OUT_OF_SCOPE")
    }
}
