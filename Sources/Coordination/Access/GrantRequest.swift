import Wire

/// A grant as somebody wrote it, in a policy or for a token, before it is found to make sense.
struct GrantRequest: Sendable, Equatable {
    var role: AccessRole
    var units: [String]?
    var officers: [String]?
    var isProvince = false
    var unmasks: Bool?
    var methods: [String]?

    /// - Throws: what does not go with the role.
    func grant(place: String) throws(GrantFault) -> AccessGrant {
        let right = AccessRight(role, try scope(), unmasks: unmasks ?? role.unmasksByDefault)
        if methods != nil, role != .system {
            throw GrantFault(
                key: "methods",
                what: "are for the role system; \(role.rawValue) has those of the table",
                fix: "remove 'methods', or write role: system")
        }
        guard AccessStamp.encoded([right]).count <= AccessStamp.limit / 2 else {
            throw GrantFault(
                key: "units", what: "are too many for one grant",
                fix: "give a role of the province, or several principals")
        }
        return AccessGrant(right: right, methods: Set(methods ?? []), place: place)
    }

    private func scope() throws(GrantFault) -> AccessScope {
        switch role.reach {
        case .nothing:
            try refuse(units, officers)
            if isProvince { throw unfit("province") }
            return .nothing
        case .province:
            try refuse(units, officers)
            return .province
        case .units:
            if officers != nil { throw unfit("officers") }
            if isProvince { throw unfit("province") }
            return .units(try required(units, "units"))
        case .officers:
            if isProvince { throw unfit("province") }
            return .officers(
                try required(officers, "officers"), units: try required(units, "units"))
        case .any:
            if isProvince {
                try refuse(units, officers)
                return .province
            }
            if let officers { return .officers(officers, units: try required(units, "units")) }
            return units.map { .units($0) } ?? .nothing
        }
    }

    private func required(_ codes: [String]?, _ key: String) throws(GrantFault) -> [String] {
        guard let codes, !codes.isEmpty else {
            throw GrantFault(
                key: key, what: "must say which, for the role \(role.rawValue)",
                fix: "add \(key): [CODE]")
        }
        guard codes.count <= PolicyReader.codeLimit else {
            throw GrantFault(
                key: key, what: "are more than \(PolicyReader.codeLimit)",
                fix: "give a role of the province")
        }
        return codes
    }

    private func refuse(_ units: [String]?, _ officers: [String]?) throws(GrantFault) {
        if units != nil { throw unfit("units") }
        if officers != nil { throw unfit("officers") }
    }

    private func unfit(_ key: String) -> GrantFault {
        let sees =
            switch role.reach {
            case .nothing: "sees no rows of cases"
            case .units: "sees whole units"
            case .officers: "sees cases of officers in units"
            case .province, .any: "sees the province"
            }
        return GrantFault(
            key: key, what: "do not go with the role \(role.rawValue), which \(sees)",
            fix: "remove '\(key)', or choose another role")
    }
}

/// What does not make sense in a grant.
struct GrantFault: Error, Equatable {
    var key: String
    var what: String
    var fix: String
}
