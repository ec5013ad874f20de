import ArgumentParser
import Wire

/// `caodiem plugin list|show|restart`
struct PluginCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plugin", abstract: PluginText.abstract.text,
            subcommands: [
                PluginListCommand.self, PluginShowCommand.self, PluginRestartCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

struct PluginListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: PluginText.list.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        PluginAnswers.list(try await session.read(AdminV1.Admin.listPlugins, .init()).plugins)
    }
}

struct PluginShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: PluginText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: PluginText.id.help) var id: String

    func answer(_ session: Session) async throws -> Answer {
        var request = AdminV1.ShowPluginRequest()
        request.id = id
        return PluginAnswers.show(try await session.read(AdminV1.Admin.showPlugin, request))
    }
}

struct PluginRestartCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "restart", abstract: PluginText.restart.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: PluginText.id.help) var id: String

    func answer(_ session: Session) async throws -> Answer {
        var request = AdminV1.RestartPluginRequest()
        request.id = id
        let reply = try await session.call(AdminV1.Admin.restartPlugin, request)
        return PluginAnswers.restarted(reply.summary ?? AdminV1.PluginSummary())
    }
}

private enum PluginText {
    static let abstract = Phrase("Các thành phần của hệ thống.", "The parts of the fleet.")
    static let list = Phrase("Danh sách thành phần.", "Lists the plugins.")
    static let show = Phrase("Một thành phần, chi tiết.", "Shows one plugin in detail.")
    static let restart = Phrase("Chạy lại một thành phần.", "Restarts one plugin.")
    static let id = Phrase("Mã thành phần.", "Id of the plugin.")
}
