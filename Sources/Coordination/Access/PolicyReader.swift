import Glibc
import StrictYAML
import Wire

/// Reads policies strictly: known keys only, all faults of a file at once.
///
/// Two files make a policy: the table that comes with the plugins (`access.yaml` in their folder), and the
/// site's own, whose rows replace the table's and whose grants say who is who.
enum PolicyReader {
    static let fileName = "access.yaml"
    /// Units or officers of one grant.
    static let codeLimit = 64

    /// The policy of the files that are there; every fault of both at once.
    static func read(_ files: [String], owner: UInt32) throws(ManifestRefusal) -> AccessPolicy {
        var policy = AccessPolicy()
        policy.owner = owner
        var problems: [String] = []
        for file in files where file.realPath != nil {
            do {
                policy.take(try parse(try TrustedFile.read(file), file: file))
            } catch let refusal as ManifestRefusal {
                problems += refusal.problems
            } catch {
                problems.append("\(error)")
            }
        }
        if problems.isEmpty { problems = policy.crowded() }
        guard problems.isEmpty else { throw ManifestRefusal(problems: problems) }
        return policy
    }

    /// The policy that the configuration names, for this process's user as the owner.
    static func read(of options: ResolvedOptions) throws(ConfigurationRefusal) -> AccessPolicy {
        do throws(ManifestRefusal) {
            return try read(options.access, owner: geteuid())
        } catch {
            throw ConfigurationRefusal(description: error.description)
        }
    }

    static func parse(_ bytes: [UInt8], file: String) throws(ManifestRefusal) -> AccessPolicy {
        do {
            return try StrictReader.read(bytes, name: file, as: shape)
        } catch {
            throw ManifestRefusal(problems: error.issues.map(\.description))
        }
    }

    private static var shape: Shape<AccessPolicy> {
        .mapping { keys in
            _ = keys.required("schema_version", .integer(in: 1...1))
            var policy = AccessPolicy()
            for (service, rows) in keys.optional("methods", .named(services), or: []) {
                for row in rows { policy.methods["/\(service)/\(row.name)"] = row.value }
            }
            for grant in keys.optional("grants", .list(grant), or: []) {
                policy.grants[grant.principal, default: []].append(grant.grant)
            }
            for (name, limit) in keys.optional("limits", .named(rate), or: []) {
                if name == "default" {
                    policy.usualLimit = limit
                } else if let role = AccessRole(rawValue: name) {
                    policy.limits[role] = limit
                } else {
                    keys.refuse(
                        "limits", "names '\(name)', which is no role",
                        "roles: \(roleNames), or default")
                }
            }
            policy.files = [keys.node.position.file]
            return policy
        }
    }

    private static var roleNames: String {
        AccessRole.allCases.map(\.rawValue).joined(separator: ", ")
    }

    // MARK: Methods

    /// The rows of one service: method by method, the roles that may call it.
    private static var services: Shape<[(name: String, value: AccessPolicy.MethodRule)]> {
        .named(
            Shape { node, reading in
                guard let roles = Shape.list(.choice(AccessRole.self)).read(node, reading) else {
                    return nil
                }
                return AccessPolicy.MethodRule(
                    roles: AccessRoles(roles),
                    place: "\(node.position.file):\(node.position.line)")
            })
    }

    private static var rate: Shape<CallRate> {
        .mapping { keys in
            let rate = keys.required("calls_per_second", .integer(in: 1...1_000_000))
            let burst = keys.required("burst", .integer(in: 1...1_000_000))
            let concurrent = keys.required("concurrent", .integer(in: 1...10_000))
            guard let rate, let burst, let concurrent else { return nil }
            return CallRate(perSecond: rate, burst: burst, concurrent: concurrent)
        }
    }

    // MARK: Grants

    private static var grant: Shape<(principal: String, grant: AccessGrant)> {
        .mapping { keys in
            let principal = keys.required("principal", .principal)
            let role = keys.required("role", .choice(AccessRole.self))
            let units = keys.optional("units", .list(.code, atLeast: 1))
            let officers = keys.optional("officers", .list(.code, atLeast: 1))
            let isProvince = keys.optional("province", .flag, or: false)
            let unmasks = keys.optional("unmask", .flag)
            let methods = keys.optional("methods", .list(.methodPath, atLeast: 1))
            guard let principal, let role else { return nil }
            let asked = GrantRequest(
                role: role, units: units, officers: officers, isProvince: isProvince,
                unmasks: unmasks, methods: methods)
            let place = "\(keys.node.position.file):\(keys.node.position.line)"
            do throws(GrantFault) {
                return (principal, try asked.grant(place: place))
            } catch {
                keys.refuse(error.key, error.what, error.fix)
                return nil
            }
        }
    }
}

extension AccessPolicy {
    /// Rows of a later file replace those of an earlier one; grants add up.
    mutating func take(_ later: AccessPolicy) {
        methods.merge(later.methods) { $1 }
        grants.merge(later.grants) { $0 + $1 }
        limits.merge(later.limits) { $1 }
        usualLimit = later.usualLimit ?? usualLimit
        files += later.files
    }
}

extension Shape where Value == String {
    /// `uid:N`, `cert:NAME`, `cert:plugin:ID` or `plugin:ID`.
    static var principal: Shape<String> {
        Shape<String>.text.narrowed(
            to:
                "a principal such as uid:1001, cert:NAME or plugin:ID (a token carries its own role)"
        ) { PrincipalName.isGrantable($0) ? $0 : nil }
    }

    /// A unit's or an officer's code.
    static var code: Shape<String> {
        Shape<String>.scalar.narrowed(to: "a code of 1 to 64 bytes") {
            AccessStamp.canCarry($0) ? $0 : nil
        }
    }

    /// `/package.Service/Method`, with or without the first slash.
    static var methodPath: Shape<String> {
        Shape<String>.text.narrowed(to: "a method such as package.Service/Method") { text in
            PrincipalName.path(text)
        }
    }
}

/// How principals and methods are written.
enum PrincipalName {
    static func isGrantable(_ text: String) -> Bool {
        guard text.utf8.count <= Router.principalBytes, AccessStamp.canCarry(text) else {
            return false
        }
        if text.hasPrefix("uid:") { return UInt32(text.dropFirst(4)) != nil }
        if text.hasPrefix("plugin:") { return ManifestReader.isID(String(text.dropFirst(7))) }
        return text.hasPrefix("cert:") && text.utf8.count > 5
    }

    /// The method's path; nil when the text is none.
    static func path(_ text: String) -> String? {
        let path = text.hasPrefix("/") ? text : "/" + text
        return MethodPath(path) == nil ? nil : path
    }
}
