import Transport
import Wire

/// What the coordinator answers about itself, beside the fleet's own state.
struct AdminFacts: Sendable {
    var software: String
    var pid: Int32
    var dataFolder: String
    var listen: [String]
    var storeSchema: UInt32
    var binaries: String
}

/// `caodiem.admin.v1.Admin`, served by the coordinator itself.
struct AdminService: Sendable {
    let fleet: Fleet
    let facts: AdminFacts
    /// Keeps what operators disabled; nil when nothing is kept.
    let switches: (any PluginSwitches)?
    /// Where orders are told; nil when nothing is kept.
    let audit: (any AuditTrail)?

    /// Reading calls answer on the loop, where the state is.
    func table() -> ServiceTable {
        var table = ServiceTable()
        let orders = OperatorOrders(fleet: fleet, switches: switches, audit: audit)
        table.registerImmediate(AdminV1.Admin.status) { _, _ in status() }
        table.registerImmediate(AdminV1.Admin.listPlugins) { _, _ in
            var reply = AdminV1.ListPluginsReply()
            reply.plugins = fleet.summaries()
            return reply
        }
        table.registerImmediate(AdminV1.Admin.showPlugin) { request, _ in
            guard let reply = fleet.show(request.id) else {
                throw Failure.unknownPlugin(request.id, known: fleet.machine.order)
            }
            return reply
        }
        table.register(AdminV1.Admin.restartPlugin) { request, call in
            await orders.tell(.restart, request.id, by: call.principal, why: "")
            var reply = AdminV1.RestartPluginReply()
            reply.summary = try await restart(request.id)
            return reply
        }
        table.register(AdminV1.Admin.orderPlugin) { request, call in
            try await orders.obey(request, by: call.principal)
        }
        table.registerImmediate(AdminV1.Admin.introspect) { _, _ in fleet.introspect() }
        table.merge(FollowService(fleet: fleet).table())
        table.merge(ConfigurationService(fleet: fleet).table())
        return table
    }

    private func status() -> AdminV1.StatusReply {
        var reply = AdminV1.StatusReply()
        reply.plugins = fleet.summaries()
        reply.ready = reply.plugins.allSatisfy {
            [PluginState.ready.rawValue, PluginState.disabled.rawValue].contains($0.state)
        }
        reply.software = facts.software
        reply.pid = facts.pid
        reply.dataFolder = facts.dataFolder
        reply.listen = facts.listen
        let version = ProtocolVersion.supported.upperBound
        reply.protocol = UInt32(version.major) << 16 | UInt32(version.minor)
        reply.storeSchema = facts.storeSchema
        reply.attributes = fleet.attributes.shared.map { attribute($0.key, $0.value) }
        reply.uptimeSeconds = UInt64(clamping: fleet.now.sinceStart.components.seconds)
        return reply
    }

    /// Reads the manifest again, restarts, and waits until the plugin is READY or has failed.
    private func restart(_ id: String) async throws(Failure) -> AdminV1.PluginSummary? {
        let (folder, state) = await fleet.loop.run {
            (fleet.members[id]?.folder, fleet.machine.plugins[id]?.state)
        }
        guard let folder, let state else {
            throw Failure.unknownPlugin(id, known: fleet.machine.order)
        }
        guard state != .disabled else {
            throw Failure(
                .failedPrecondition, "plugin \(id) is disabled in the coordinator's configuration",
                hint: "take it out of 'disabled' and restart the coordinator",
                reason: "PLUGIN_DISABLED")
        }
        let manifest: PluginManifest
        do throws(ManifestRefusal) {
            manifest = try ManifestReader(binaries: facts.binaries).read(folder)
        } catch {
            throw Failure(
                .failedPrecondition, "the manifest is refused: \(error)",
                hint: "mend it and restart the plugin again; nothing was changed",
                reason: "MANIFEST_REFUSED")
        }
        await withCheckedContinuation { continuation in
            fleet.loop.execute {
                fleet.renew(id, manifest)
                fleet.whenSettled(id) { continuation.resume() }
            }
        }
        return await fleet.loop.run { fleet.summary(id) }
    }
}

func attribute(_ key: String, _ value: String) -> AdminV1.Attribute {
    var attribute = AdminV1.Attribute()
    attribute.key = key
    attribute.value = value
    return attribute
}

/// The fleet's state as messages; on the loop.
extension Fleet {
    /// Plugins in their order of starting.
    var ids: [String] { machine.order }

    /// Connections to all worker processes.
    var workerLinks: [Link] {
        machine.order.flatMap { id in
            (members[id]?.processes ?? [:]).sorted { $0.key < $1.key }.compactMap(\.value.link)
        }
    }

    func summaries() -> [AdminV1.PluginSummary] { machine.order.compactMap(summary) }

    func summary(_ id: String) -> AdminV1.PluginSummary? {
        guard let member = members[id], let plugin = machine.plugins[id] else { return nil }
        var summary = AdminV1.PluginSummary()
        summary.id = id
        summary.state = plugin.state.rawValue
        summary.pid = member.child?.processID ?? 0
        summary.restarts = UInt32(clamping: plugin.restarts)
        summary.version = member.version
        summary.reason = plugin.reason
        if member.child != nil {
            summary.uptimeSeconds = UInt64(clamping: (now - member.startedAt).components.seconds)
        }
        return summary
    }

    func show(_ id: String) -> AdminV1.ShowPluginReply? {
        guard let member = members[id], let summary = summary(id) else { return nil }
        var reply = AdminV1.ShowPluginReply()
        reply.summary = summary
        reply.executable = member.manifest?.executable ?? ""
        reply.manifest = member.folder.appending(part: ManifestReader.fileName)
        reply.services = router.table.services(of: id)
        reply.settings = member.settings.map { attribute($0.key, $0.value) }
        reply.calls = member.calls
        reply.failedCalls = member.failedCalls
        reply.openCalls = UInt32(clamping: router.routes[id]?.openCalls ?? 0)
        reply.log = member.log.lines
        if let exit = member.lastExit {
            var report = AdminV1.ExitReport()
            report.how = "\(exit.end)"
            report.uptimeMilliseconds = UInt64(clamping: exit.uptime.wholeMilliseconds)
            report.lastLines = exit.lastLines
            reply.lastExit = report
        }
        return reply
    }
}
