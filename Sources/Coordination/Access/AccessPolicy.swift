import Wire

/// Who may call what: the table of methods and the grants, as read from files. Says no where it says nothing.
struct AccessPolicy: Sendable, Equatable {
    /// Roles that may call one method, and where that stands.
    struct MethodRule: Sendable, Equatable {
        var roles: AccessRoles
        /// `file:line`.
        var place: String
    }

    /// By `/package.Service/Method`.
    var methods: [String: MethodRule] = [:]
    /// By principal.
    var grants: [String: [AccessGrant]] = [:]
    /// By role.
    var limits: [AccessRole: CallRate] = [:]
    /// Of roles that have no limits of their own, but for administrators.
    var usualLimit: CallRate?
    /// Files that were read.
    var files: [String] = []
    /// The owner of the data folder.
    var owner: UInt32 = 0

    /// What a principal may do: its grants, or those of the data folder's owner.
    func grants(of principal: String, isOwner: Bool) -> [AccessGrant] {
        let written = grants[principal] ?? []
        return written.isEmpty && isOwner ? [.owner] : written
    }

    /// The grants by which a call is allowed; none when nothing allows it.
    func rights(of grants: [AccessGrant], for path: String) -> [AccessGrant] {
        let roles = methods[path]?.roles ?? []
        return grants.filter { grant in
            grant.role == .administrator || roles.contains(AccessRoles(grant.role))
                || grant.methods.contains(path)
        }
    }

    /// What a principal may ask of the fleet at once: the widest of its roles' limits; nil for no limit.
    func rate(of grants: [AccessGrant]) -> CallRate? {
        var widest: CallRate?
        for grant in grants {
            guard let rate = limits[grant.role] ?? (grant.role == .administrator ? nil : usualLimit)
            else { return nil }
            widest = widest.map { $0.joined(rate) } ?? rate
        }
        return widest
    }
}

/// One right that a principal was given.
struct AccessGrant: Sendable, Equatable {
    var right: AccessRight
    /// Methods of its own, of a system.
    var methods: Set<String> = []
    /// `file:line`, or words for what needs no file.
    var place: String

    var role: AccessRole { right.role }

    /// Of the user who owns the data folder, and of root.
    static let owner = AccessGrant(
        right: AccessRight(.administrator, .province, unmasks: true),
        place: "owner of the data folder")
}

/// Why a call is allowed or refused: for people, and for the audit trail.
struct AccessVerdict: Sendable, Equatable {
    var isAllowed: Bool
    var reason: String
    var place = ""
    var hint = ""
}

extension AccessPolicy {
    /// Explains what `rights(of:for:)` decides.
    func verdict(
        on principal: String, _ path: String, _ grants: [AccessGrant]
    ) -> AccessVerdict {
        let rule = methods[path]
        let allowing = rights(of: grants, for: path)
        if let grant = allowing.first(where: { $0.role == .administrator }) {
            return AccessVerdict(
                isAllowed: true, reason: "\(principal) is an administrator", place: grant.place)
        }
        if let grant = allowing.first(where: { $0.methods.contains(path) }) {
            return AccessVerdict(
                isAllowed: true, reason: "the grant of \(principal) names \(path)",
                place: grant.place)
        }
        if !allowing.isEmpty, let rule {
            let names = allowing.map(\.role.rawValue).joined(separator: ", ")
            return AccessVerdict(
                isAllowed: true, reason: "\(principal) is \(names), which may call \(path)",
                place: rule.place)
        }
        if grants.isEmpty {
            return AccessVerdict(
                isAllowed: false, reason: "\(principal) has no rights in this fleet",
                hint: "an administrator grants them in access.yaml, as "
                    + "{principal: \"\(principal)\", role: \(suggested(rule))}")
        }
        let names = grants.map(\.role.rawValue).joined(separator: ", ")
        guard let rule else {
            return AccessVerdict(
                isAllowed: false,
                reason: "\(principal) is \(names), and no role is allowed \(path)",
                hint:
                    "only an administrator may; a row of it under 'methods' in access.yaml allows "
                    + "others")
        }
        let may = rule.roles.list.map(\.rawValue).joined(separator: ", ")
        return AccessVerdict(
            isAllowed: false, reason: "\(principal) is \(names), and may not call \(path)",
            place: rule.place,
            hint:
                "it takes one of the roles \(may.isEmpty ? "administrator" : may), as \(rule.place) "
                + "says; an administrator grants it in access.yaml")
    }

    private func suggested(_ rule: MethodRule?) -> String {
        rule?.roles.list.first?.rawValue ?? AccessRole.administrator.rawValue
    }
}
