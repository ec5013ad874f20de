import Transport
import Wire

/// The configuration for operators: what holds, what the files say now, and putting that in force.
struct ConfigurationService: Sendable {
    let fleet: Fleet

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.register(AdminV1.Admin.reload) { _, _ in
            let report = await fleet.reload()
            return .with {
                $0.applied = report.isApplied
                $0.generation = report.generation
                $0.problems = report.problems
                $0.changes = report.changes
            }
        }
        table.register(AdminV1.Admin.checkConfig) { _, _ in await check() }
        table.registerImmediate(AdminV1.Admin.showConfig) { _, _ in
            .with {
                $0.generation = fleet.generation
                $0.sections = fleet.configurationSections()
            }
        }
        return table
    }

    /// What a reload would find in the files, without a word to any worker.
    private func check() async -> AdminV1.ReloadReply {
        let generation = await fleet.loop.run { [fleet] in fleet.generation }
        guard let sources = fleet.setting.sources else {
            return reply(generation, ["there is no configuration to read again"], [])
        }
        do throws(ConfigurationRefusal) {
            let (plugins, disabled, access) = try sources.read()
            let changes = await fleet.loop.run { [fleet, plugins = Sent(plugins)] in
                fleet.plan(plugins.value, disabled: disabled).map(\.line)
                    + fleet.accessChanges(to: access)
            }
            return reply(generation, [], changes)
        } catch {
            return reply(
                generation, error.description.split(separator: "\n").map(String.init), [])
        }
    }

    private func reply(
        _ generation: UInt64, _ problems: [String], _ changes: [String]
    ) -> AdminV1.ReloadReply {
        .with {
            $0.applied = problems.isEmpty
            $0.generation = generation
            $0.problems = problems
            $0.changes = changes
        }
    }

    /// Crosses to the loop, where it is only read.
    private struct Sent<Value>: @unchecked Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }
}

extension Fleet {
    /// What a reload says of the access policy.
    func accessChanges(to policy: AccessPolicy) -> [String] {
        policy == router.access.policy ? [] : ["access: another policy"]
    }
}

/// The configuration in force, defaults included; secrets by the file they come from. On the loop.
extension Fleet {
    func configurationSections() -> [AdminV1.ConfigSection] {
        let options = setting.sources?.options
        let coordinator = section(
            "coordinator",
            [
                ("plugins", options?.plugins ?? ""), ("law", options?.law ?? ""),
                ("listen", options?.socket.map { "unix:\($0)" } ?? "run/caodiem.sock"),
                ("disabled", options?.disabled.joined(separator: ", ") ?? ""),
                ("log_format", options?.logFormat.rawValue ?? ""),
            ])
        return [coordinator, section("limits", periods(setting.limits))]
            + machine.order.compactMap { id in members[id].map { plugin(id, $0) } }
    }

    private func periods(_ limits: SupervisionLimits) -> [(String, String)] {
        LimitSettings.periods.map { key, path in
            (key, String(limits[keyPath: path].wholeMilliseconds))
        }
    }

    private func plugin(_ id: String, _ member: FleetMember) -> AdminV1.ConfigSection {
        guard let manifest = member.manifest else {
            return section("plugin \(id)", [("manifest", "refused")])
        }
        let (shape, concurrency) = (manifest.shape, manifest.concurrency)
        let grants = manifest.grants.map(\.rawValue).sorted().joined(separator: ", ")
        var entries: [(String, String)] = [
            ("manifest", manifest.file), ("executable", manifest.executable),
            ("instances", String(shape.instances)), ("singleton", String(shape.isSingleton)),
            ("restart", shape.policy.rawValue),
            ("depends_on", shape.dependsOn.joined(separator: ", ")),
            ("concurrency.max", String(concurrency.max)),
            ("concurrency.queue", String(concurrency.queue)),
            ("store_access", manifest.storeAccess.rawValue), ("grants", grants),
        ]
        for (key, value) in manifest.settings.sorted(by: { $0.key < $1.key }) {
            entries.append(("config.\(key)", value))
        }
        for (key, path) in manifest.secrets.sorted(by: { $0.key < $1.key }) {
            entries.append(("config.\(key)", "from_file: \(path)"))
        }
        return section("plugin \(id)", entries)
    }

    private func section(
        _ name: String, _ entries: [(String, String)]
    ) -> AdminV1.ConfigSection {
        .with {
            $0.name = name
            $0.entries = entries.map { attribute($0.0, $0.1) }
        }
    }
}
