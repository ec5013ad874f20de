import ArgumentParser
import Wire

/// `caodiem plugin …`: the parts of the fleet, and what operators ask of them.
struct PluginCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "plugin", abstract: PluginText.abstract.text,
            subcommands: [
                PluginListCommand.self, PluginShowCommand.self, PluginStartCommand.self,
                PluginStopCommand.self, PluginRestartCommand.self, PluginDrainCommand.self,
                PluginEnableCommand.self, PluginDisableCommand.self, PluginRetryCommand.self,
                PluginResetCommand.self, PluginLogsCommand.self, PluginEventsCommand.self,
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

private enum PluginText {
    static let abstract = Phrase("Các thành phần của hệ thống.", "The parts of the fleet.")
    static let list = Phrase("Danh sách thành phần.", "Lists the plugins.")
    static let show = Phrase("Một thành phần, chi tiết.", "Shows one plugin in detail.")
    static let id = Phrase("Mã thành phần.", "Id of the plugin.")
}
