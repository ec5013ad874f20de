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

    public init(principal: String, rights: [AccessRight]) {
        self.principal = principal
        self.rights = rights
    }

    /// All rights: of the coordinator's own work, and of tests.
    public static func everything(_ principal: String) -> WorkerAccess {
        WorkerAccess(
            principal: principal,
            rights: [AccessRight(.administrator, .province, unmasks: true)])
    }

    public var roles: Set<AccessRole> { Set(rights.map(\.role)) }

    /// Whether every row of the province may be seen.
    public var coversProvince: Bool { rights.contains { $0.scope == .province } }

    /// Whether every row of the unit may be seen; false for an officer, who sees some.
    public func covers(unit: String) -> Bool {
        rights.contains { right in
            switch right.scope {
            case .province: true
            case .units(let codes): codes.contains(unit)
            case .officers, .nothing: false
            }
        }
    }

    /// Whether a case of that unit and officer may be seen; an officer sees no case without an officer.
    public func covers(unit: String, officer: String?) -> Bool {
        rights.contains { right in
            switch right.scope {
            case .province: true
            case .units(let codes): codes.contains(unit)
            case .officers(let officers, let units):
                units.contains(unit) && officer.map(officers.contains) ?? false
            case .nothing: false
            }
        }
    }

    /// Whether some case of the unit may be seen.
    public func touches(unit: String) -> Bool {
        rights.contains { right in
            switch right.scope {
            case .province: true
            case .units(let codes), .officers(_, let codes): codes.contains(unit)
            case .nothing: false
            }
        }
    }

    /// Whether parties' names and addresses may be shown in full.
    public var mayUnmask: Bool { rights.contains(where: \.unmasks) }

    /// What reads are bounded by; nil where the whole province may be seen.
    public var sight: RowSight? {
        guard !coversProvince else { return nil }
        var sight = RowSight(principal: principal, units: [], officers: [:])
        for right in rights {
            switch right.scope {
            case .units(let codes): sight.units.formUnion(codes)
            case .officers(let officers, let units):
                for unit in units { sight.officers[unit, default: []].formUnion(officers) }
            case .nothing, .province: break
            }
        }
        return sight
    }

    /// Units of which something may be seen, for people; empty for all or none.
    var named: String {
        Set(rights.flatMap(\.scope.units)).sorted().joined(separator: ", ")
    }
}

extension WorkerAccess {
    /// - Throws: PERMISSION_DENIED unless every row of the unit may be seen, whether there is such a unit or not.
    public func require(unit: String) throws(Failure) {
        guard covers(unit: unit) else { throw .outOfScope(unit, principal, mine: named) }
    }

    /// - Throws: PERMISSION_DENIED unless the whole province may be seen.
    public func requireProvince() throws(Failure) {
        guard coversProvince else {
            throw Failure(
                .permissionDenied, "\(principal) không xem được số liệu toàn tỉnh",
                field: "unit", hint: "nêu một đơn vị trong phạm vi của mình: \(named)",
                reason: "OUT_OF_SCOPE")
        }
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
