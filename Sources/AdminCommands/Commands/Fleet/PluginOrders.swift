import ArgumentParser
import Wire

/// `caodiem plugin start|stop|restart|drain|enable|disable|retry|reset`: what operators ask of a plugin.
protocol PluginOrderCommand: FleetCommand {
    static var order: AdminV1.PluginOrder { get }
    var options: OrderOptions { get }
}

/// What every order takes.
struct OrderOptions: ParsableArguments {
    @Argument(help: OrderText.id.help) var id: String
    @Option(help: OrderText.reason.help) var reason: String?
    @Flag(help: OrderText.wait.help) var wait = false
}

extension PluginOrderCommand {
    func answer(_ session: Session) async throws -> Answer {
        var request = AdminV1.OrderPluginRequest()
        request.id = options.id
        request.order = Self.order
        request.reason = options.reason ?? ""
        request.wait = options.wait
        return OrderAnswer.of(try await session.call(AdminV1.Admin.orderPlugin, request))
    }
}

/// `caodiem.plugin/1` with what it was before: what an order changed.
enum OrderAnswer {
    static func of(_ reply: AdminV1.OrderPluginReply) -> Answer {
        let before = reply.before ?? AdminV1.PluginSummary()
        let after = reply.after ?? AdminV1.PluginSummary()
        let json = JSON.answer(
            "plugin/1",
            PluginAnswers.summary(after) + [
                .init("before", .object(PluginAnswers.summary(before))),
                .init("changed", .bool(before.state != after.state || before.pid != after.pid)),
            ])
        return Answer(json) { terminal in
            terminal.paragraph(OrderText.changed(before, after).text) + "\n\n"
                + PluginAnswers.table([after], terminal)
        }
    }
}

struct PluginStartCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.start
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "start", abstract: OrderText.start.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

struct PluginStopCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.stop
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "stop", abstract: OrderText.stop.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

/// Waits, unlike the others: a restart is done when the new process serves.
struct PluginRestartCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.restart
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "restart", abstract: OrderText.restart.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions

    func answer(_ session: Session) async throws -> Answer {
        // The manifest is read again, which the orders do not do.
        var request = AdminV1.RestartPluginRequest()
        request.id = options.id
        let former = try await session.call(
            AdminV1.Admin.showPlugin, .with { $0.id = options.id })
        let reply = try await session.call(AdminV1.Admin.restartPlugin, request)
        return OrderAnswer.of(
            .with {
                $0.before = former.summary
                $0.after = reply.summary
            })
    }
}

struct PluginDrainCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.drain
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "drain", abstract: OrderText.drain.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

struct PluginEnableCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.enable
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "enable", abstract: OrderText.enable.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

struct PluginDisableCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.disable
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "disable", abstract: OrderText.disable.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

struct PluginRetryCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.retry
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "retry", abstract: OrderText.retry.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

struct PluginResetCommand: PluginOrderCommand {
    static let order = AdminV1.PluginOrder.reset
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reset", abstract: OrderText.reset.text)
    }
    @OptionGroup var globals: GlobalOptions
    @OptionGroup var options: OrderOptions
}

private enum OrderText {
    static let id = Phrase("Mã thành phần.", "Id of the plugin.")
    static let reason = Phrase(
        "Lý do, ghi lại cùng sự kiện.", "Why; kept with the event.")
    static let wait = Phrase(
        "Chờ đến khi xong hoặc hỏng, tối đa --timeout giây.",
        "Wait until it is done or has failed, for --timeout seconds at most.")
    static let start = Phrase("Chạy một thành phần đang nghỉ.", "Runs a plugin that rests.")
    static let stop = Phrase(
        "Dừng một thành phần; nó nghỉ đến khi được chạy lại.",
        "Stops a plugin; it rests until it is started.")
    static let restart = Phrase(
        "Đọc lại cấu hình và chạy lại một thành phần; chờ đến khi xong.",
        "Reads a plugin's manifest again and restarts it; waits until that is done.")
    static let drain = Phrase(
        "Như stop, nhưng chờ các cuộc gọi đang mở lâu hơn.",
        "As stop, but open calls may go on longer.")
    static let enable = Phrase(
        "Cho phép một thành phần bị tắt chạy lại.", "Lets a disabled plugin run again.")
    static let disable = Phrase(
        "Tắt một thành phần, kể cả sau khi điều phối viên chạy lại.",
        "Disables a plugin, also over restarts of the coordinator.")
    static let retry = Phrase(
        "Thử lại ngay thành phần đang INVALID, BACKOFF hoặc QUARANTINED.",
        "Tries at once what waits in INVALID, BACKOFF or QUARANTINED.")
    static let reset = Phrase(
        "Như retry, và quên các lần hỏng trước.", "As retry, and forgets earlier failures.")

    static func changed(
        _ before: AdminV1.PluginSummary, _ after: AdminV1.PluginSummary
    ) -> Phrase {
        if before.state == after.state, before.pid == after.pid {
            return Phrase(
                "\(after.id): vẫn \(after.state), không có gì thay đổi ngay",
                "\(after.id): still \(after.state); nothing changed yet")
        }
        return Phrase(
            "\(after.id): \(said(before)) → \(said(after))",
            "\(after.id): \(said(before)) → \(said(after))")
    }

    private static func said(_ plugin: AdminV1.PluginSummary) -> String {
        plugin.pid == 0 ? plugin.state : "\(plugin.state) (\(plugin.pid))"
    }
}
