import Wire

/// `caodiem.status/1`: the fleet at a glance.
enum StatusAnswer {
    static func of(_ reply: AdminV1.StatusReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: AdminV1.StatusReply) -> JSON {
        .answer(
            "status/1",
            [
                .init("ready", .bool(reply.ready)),
                .init("software", .string(reply.software)),
                .init("pid", .number(reply.pid)),
                .init("data_folder", .text(reply.dataFolder)),
                .init("listen", .list(reply.listen, JSON.string)),
                .init("protocol", .string(PackedVersion.text(reply.protocol))),
                .init("store_schema", .number(reply.storeSchema)),
                .init("uptime_seconds", .number(reply.uptimeSeconds)),
                .init("attributes", PluginAnswers.attributes(reply.attributes)),
                .init("plugins", .list(reply.plugins) { .object(PluginAnswers.summary($0)) }),
            ])
    }

    static func text(_ reply: AdminV1.StatusReply, _ terminal: Terminal) -> String {
        let head =
            reply.ready
            ? terminal.styled(FleetText.ready.text, .good)
            : terminal.styled(FleetText.notReady.text, .bad)
        var pairs: [(Phrase, String)] = [
            (FleetText.software, reply.software),
            (FleetText.process, String(reply.pid)),
            (FleetText.uptime, Formats.duration(seconds: reply.uptimeSeconds)),
            (FleetText.data, reply.dataFolder),
            (FleetText.listen, reply.listen.joined(separator: ", ")),
            (FleetText.protocolName, PackedVersion.text(reply.protocol)),
            (FleetText.schema, String(reply.storeSchema)),
        ]
        pairs += PluginAnswers.fields(reply.attributes)
        return [
            head + "\n" + terminal.fields(pairs), PluginAnswers.table(reply.plugins, terminal),
        ].joined(separator: "\n\n")
    }
}

/// `caodiem.plugins/1` and `caodiem.plugin/1`.
enum PluginAnswers {
    static func list(_ plugins: [AdminV1.PluginSummary]) -> Answer {
        let json = JSON.answer(
            "plugins/1", [.init("plugins", .list(plugins) { .object(summary($0)) })])
        return Answer(json) { table(plugins, $0) }
    }

    static func show(_ reply: AdminV1.ShowPluginReply) -> Answer {
        let plugin = reply.summary ?? AdminV1.PluginSummary()
        let exit: JSON =
            reply.lastExit.map { exit in
                [
                    "how": .string(exit.how),
                    "uptime_milliseconds": .number(exit.uptimeMilliseconds),
                    "last_lines": .list(exit.lastLines, JSON.string),
                ]
            } ?? .null
        let members: [JSON.Member] = [
            .init("executable", .string(reply.executable)),
            .init("manifest", .string(reply.manifest)),
            .init("services", .list(reply.services, JSON.string)),
            .init("settings", attributes(reply.settings)),
            .init("calls", .number(reply.calls)),
            .init("failed_calls", .number(reply.failedCalls)),
            .init("open_calls", .number(reply.openCalls)),
            .init("last_exit", exit),
            .init("log", .list(reply.log, JSON.string)),
        ]
        return Answer(.answer("plugin/1", summary(plugin) + members)) { text(reply, plugin, $0) }
    }

    static func summary(_ plugin: AdminV1.PluginSummary) -> [JSON.Member] {
        [
            .init("id", .string(plugin.id)),
            .init("state", .string(plugin.state)),
            .init("pid", plugin.pid == 0 ? .null : .number(plugin.pid)),
            .init("restarts", .number(plugin.restarts)),
            .init("version", .text(plugin.version)),
            .init("reason", .text(plugin.reason)),
            .init("uptime_seconds", .number(plugin.uptimeSeconds)),
        ]
    }

    static func attributes(_ attributes: [AdminV1.Attribute]) -> JSON {
        .object(attributes.map { .init($0.key, .string($0.value)) })
    }

    static func fields(_ attributes: [AdminV1.Attribute]) -> [(Phrase, String)] {
        attributes.map { attribute in
            let name = Terms.attribute[attribute.key]
            return (Phrase(name, name), attribute.value)
        }
    }

    static func table(_ plugins: [AdminV1.PluginSummary], _ terminal: Terminal) -> String {
        guard !plugins.isEmpty else { return FleetText.noPlugins.text }
        var table = Table([
            Column(FleetText.plugin), Column(FleetText.state), Column(FleetText.process, .right),
            Column(FleetText.restarts, .right), Column(FleetText.uptime, dropOrder: 2),
            Column(FleetText.version, dropOrder: 1), Column(FleetText.reason, wrapsTo: 16),
        ])
        for plugin in plugins {
            table.add([
                Cell(plugin.id), Cell(plugin.state, style(of: plugin.state)),
                Cell(plugin.pid == 0 ? Formats.absent : String(plugin.pid)),
                Cell(Formats.count(plugin.restarts)),
                Cell(Formats.duration(seconds: plugin.uptimeSeconds)), Cell(plugin.version),
                Cell(plugin.reason),
            ])
        }
        return table.rendered(on: terminal)
    }

    static func style(of state: String) -> Style {
        switch state {
        case "READY": .good
        case "INVALID", "QUARANTINED", "EXITED": .bad
        case "DISABLED": .quiet
        default: .pending
        }
    }

    private static func text(
        _ reply: AdminV1.ShowPluginReply, _ plugin: AdminV1.PluginSummary, _ terminal: Terminal
    ) -> String {
        var pairs: [(Phrase, String)] = [
            (FleetText.state, plugin.state),
            (FleetText.reason, plugin.reason),
            (FleetText.process, plugin.pid == 0 ? "" : String(plugin.pid)),
            (FleetText.version, plugin.version),
            (FleetText.uptime, Formats.duration(seconds: plugin.uptimeSeconds)),
            (FleetText.restarts, Formats.count(plugin.restarts)),
            (FleetText.calls, FleetText.callCounts(reply).text),
            (FleetText.services, reply.services.joined(separator: ", ")),
            (FleetText.executable, reply.executable),
            (FleetText.manifest, reply.manifest),
        ]
        pairs += fields(reply.settings)
        var parts = [terminal.styled(plugin.id, .strong) + "\n" + terminal.fields(pairs)]
        if let exit = reply.lastExit {
            let seconds = exit.uptimeMilliseconds / 1000
            let said = FleetText.exit(exit.how, Formats.duration(seconds: seconds)).text
            parts.append(lines(said, exit.lastLines, terminal))
        }
        if !reply.log.isEmpty { parts.append(lines(FleetText.log.text, reply.log, terminal)) }
        return parts.joined(separator: "\n\n")
    }

    private static func lines(_ title: String, _ lines: [String], _ terminal: Terminal) -> String {
        ([terminal.styled(title.printable, .strong)] + lines.map { "  " + $0.printable })
            .joined(separator: "\n")
    }
}

/// A protocol version as people write it.
enum PackedVersion {
    /// `1.0` for major << 16 | minor.
    static func text(_ version: UInt32) -> String { "\(version >> 16).\(version & 0xFFFF)" }
}

enum FleetText {
    static let ready = Phrase("Hệ thống sẵn sàng", "The fleet is ready")
    static let notReady = Phrase("Hệ thống chưa sẵn sàng", "The fleet is not ready")
    static let software = Phrase("Phần mềm", "Software")
    static let process = Phrase("Tiến trình", "Process")
    static let uptime = Phrase("Đã chạy", "Up for")
    static let data = Phrase("Thư mục dữ liệu", "Data folder")
    static let listen = Phrase("Nghe tại", "Listens at")
    static let protocolName = Phrase("Giao thức", "Protocol")
    static let schema = Phrase("Lược đồ kho", "Store schema")
    static let plugin = Phrase("Thành phần", "Plugin")
    static let state = Phrase("Trạng thái", "State")
    static let restarts = Phrase("Số lần chạy lại", "Restarts")
    static let version = Phrase("Bản", "Version")
    static let reason = Phrase("Lý do", "Reason")
    static let noPlugins = Phrase("Chưa có thành phần nào.", "There are no plugins.")
    static let calls = Phrase("Cuộc gọi", "Calls")
    static let services = Phrase("Dịch vụ", "Services")
    static let executable = Phrase("Tệp chạy", "Executable")
    static let manifest = Phrase("Tệp khai báo", "Manifest")
    static let log = Phrase("Nhật ký gần đây", "Latest log lines")

    static func callCounts(_ reply: AdminV1.ShowPluginReply) -> Phrase {
        let all = Formats.count(reply.calls)
        let failed = Formats.count(reply.failedCalls)
        let open = Formats.count(reply.openCalls)
        return Phrase(
            "\(all), trong đó lỗi \(failed); đang mở \(open)",
            "\(all), of which \(failed) failed; \(open) open")
    }
    static func exit(_ how: String, _ uptime: String) -> Phrase {
        Phrase("Lần dừng trước: \(how), sau \(uptime)", "Last exit: \(how), after \(uptime)")
    }
}
