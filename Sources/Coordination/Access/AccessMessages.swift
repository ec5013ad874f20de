import Spelling
import Wire

/// Policies and grants as messages, and back.
extension AccessPolicy {
    var message: AdminV1.ShowPolicyReply {
        .with {
            $0.files = files
            $0.methods = methods.sorted { $0.key < $1.key }.map { path, rule in
                .with {
                    $0.method = path
                    $0.roles = rule.roles.list.map(\.rawValue)
                    $0.place = rule.place
                }
            }
            $0.principals = grants.sorted { $0.key < $1.key }.map { principal, grants in
                .with {
                    $0.principal = principal
                    $0.grants = grants.map(\.message)
                }
            }
            $0.limits = limitMessages
        }
    }

    private var limitMessages: [AdminV1.CallLimits] {
        let ofRoles = AccessRole.allCases.compactMap { role in
            limits[role].map { CallRate.message($0, role.rawValue) }
        }
        return (usualLimit.map { [CallRate.message($0, "default")] } ?? []) + ofRoles
    }

    /// What the definitions show to be wrong, beside what the reader refuses: rows and grants of methods that
    /// a known service does not have.
    func faults(_ known: KnownMethods) -> [String] {
        var problems: [String] = []
        for (path, rule) in methods.sorted(by: { $0.key < $1.key }) {
            if let fault = known.fault(path) { problems.append("\(rule.place): \(fault)") }
        }
        for grant in grants.values.joined() {
            for path in grant.methods {
                if let fault = known.fault(path) { problems.append("\(grant.place): \(fault)") }
            }
        }
        problems.sort()
        return problems + crowded()
    }

    /// Principals with more rights than a call can carry.
    func crowded() -> [String] {
        grants.sorted { $0.key < $1.key }.compactMap { principal, grants in
            guard AccessStamp.encoded(grants.map(\.right)).count > AccessStamp.limit else {
                return nil
            }
            return
                "\(grants.last?.place ?? ""): \(principal) has more rights than a call can carry; "
                + "give it a role of the province"
        }
    }
}

extension CallRate {
    fileprivate static func message(_ rate: CallRate, _ role: String) -> AdminV1.CallLimits {
        .with {
            $0.role = role
            $0.rate = UInt32(clamping: rate.perSecond)
            $0.burst = UInt32(clamping: rate.burst)
            $0.concurrent = UInt32(clamping: rate.concurrent)
        }
    }
}

extension AccessGrant {
    var message: AdminV1.AccessGrant {
        .with {
            $0.role = role.rawValue
            $0.scope = right.scope.message
            $0.unmask = right.unmasks
            $0.methods = methods.sorted()
            $0.place = place
        }
    }

    /// The grant of a token as it was kept; nil for one that this version does not understand.
    init?(_ token: AdminV1.AccessToken) {
        do throws(GrantFault) {
            self = try AccessGrant(asked: token)
        } catch {
            return nil
        }
    }

    /// - Throws: what does not go together in it.
    init(asked token: AdminV1.AccessToken) throws(GrantFault) {
        let asked = token.grant ?? AdminV1.AccessGrant()
        let scope = asked.scope ?? AdminV1.AccessScope()
        let names = AccessRole.allCases.map(\.rawValue)
        guard let role = AccessRole(rawValue: asked.role) else {
            throw GrantFault(
                key: "role", what: "'\(asked.role.prefix(40))' is none",
                fix: nearest(asked.role, among: names)
                    ?? "roles: \(names.joined(separator: ", "))")
        }
        let codes = scope.units + scope.officers
        if let bad = codes.first(where: { !AccessStamp.canCarry($0) }) {
            throw GrantFault(
                key: "units", what: "name '\(bad.prefix(40))', which is no code", fix: "correct it")
        }
        var methods: [String]?
        for method in asked.methods {
            guard let path = PrincipalName.path(method) else {
                throw GrantFault(
                    key: "methods", what: "name '\(method.prefix(80))'",
                    fix: "write package.Service/Method")
            }
            methods = (methods ?? []) + [path]
        }
        let request = GrantRequest(
            role: role, units: scope.units.isEmpty ? nil : scope.units,
            officers: scope.officers.isEmpty ? nil : scope.officers,
            isProvince: role == .system && scope.kind == AccessScope.Kind.province.rawValue,
            unmasks: role.unmasksByDefault || asked.unmask, methods: methods)
        self = try request.grant(place: asked.place)
    }
}

extension AccessScope {
    var message: AdminV1.AccessScope {
        .with {
            $0.kind = kind.rawValue
            $0.units = units
            $0.officers = officers
        }
    }
}

/// `did you mean …?`, nil when nothing is near.
func nearest(_ word: String, among names: [String]) -> String? {
    nearestName(to: word, among: names).map { "did you mean '\($0)'?" }
}
