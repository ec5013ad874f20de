import ArgumentParser
import Wire

/// `caodiem config show|check|reload`
struct ConfigCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config", abstract: ConfigText.abstract.text,
            subcommands: [
                ConfigShowCommand.self, ConfigCheckCommand.self, ConfigReloadCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

struct ConfigShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: ConfigText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Flag(help: ConfigText.effective.help) var effective = false

    func answer(_ session: Session) async throws -> Answer {
        ConfigAnswers.show(try await session.read(AdminV1.Admin.showConfig, .init()))
    }
}

struct ConfigCheckCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: ConfigText.check.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        ConfigAnswers.report(
            try await session.read(AdminV1.Admin.checkConfig, .init()),
            good: ConfigText.wouldApply, bad: ConfigText.wouldRefuse)
    }
}

struct ConfigReloadCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reload", abstract: ConfigText.reload.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        ConfigAnswers.report(
            try await session.call(AdminV1.Admin.reload, .init()),
            good: ConfigText.applied, bad: ConfigText.refused)
    }
}

/// `caodiem.config/1` and `caodiem.config-reload/1`; a refused configuration ends with 78.
enum ConfigAnswers {
    static func show(_ reply: AdminV1.ShowConfigReply) -> Answer {
        let json = JSON.answer(
            "config/1",
            [
                .init("generation", .number(reply.generation)),
                .init(
                    "sections",
                    .list(reply.sections) { section in
                        .object([
                            .init("name", .string(section.name)),
                            .init("entries", PluginAnswers.attributes(section.entries)),
                        ])
                    }),
            ])
        return Answer(json) { terminal in
            reply.sections.map { section in
                let pairs = section.entries.map { (Phrase($0.key, $0.key), $0.value) }
                return terminal.styled(section.name, .strong) + "\n" + terminal.fields(pairs)
            }.joined(separator: "\n\n")
        }
    }

    static func report(_ reply: AdminV1.ReloadReply, good: Phrase, bad: Phrase) -> Answer {
        let json = JSON.answer(
            "config-reload/1",
            [
                .init("applied", .bool(reply.applied)),
                .init("generation", .number(reply.generation)),
                .init("problems", .list(reply.problems, JSON.string)),
                .init("changes", .list(reply.changes, JSON.string)),
            ])
        return Answer(json, status: reply.applied ? .ok : .configuration) { terminal in
            let head = reply.applied ? good : bad
            let none = reply.applied && reply.changes.isEmpty ? [ConfigText.nothing.text] : []
            let lines = (reply.problems + reply.changes + none).map {
                terminal.paragraph($0, indent: 2)
            }
            return ([terminal.styled(head.text, reply.applied ? .good : .bad)] + lines)
                .joined(separator: "\n")
        }
    }
}

private enum ConfigText {
    static let abstract = Phrase("Cấu hình của hệ thống.", "The fleet's configuration.")
    static let show = Phrase(
        "Cấu hình đang có hiệu lực, kể cả giá trị mặc định.",
        "The configuration in force, defaults included.")
    static let effective = Phrase(
        "Kể cả giá trị mặc định; luôn là như vậy.", "Defaults included; it always is so.")
    static let check = Phrase(
        "Đọc các tệp cấu hình và cho biết reload sẽ làm gì; không thay đổi gì.",
        "Reads the files and says what a reload would do; changes nothing.")
    static let reload = Phrase(
        "Đọc lại cấu hình; có hiệu lực toàn bộ hoặc không gì cả.",
        "Reads the configuration again; all of it takes effect, or nothing.")
    static let applied = Phrase("Cấu hình đã có hiệu lực", "The configuration is in force")
    static let refused = Phrase(
        "Cấu hình bị từ chối; cấu hình trước vẫn giữ nguyên",
        "The configuration is refused; the one before goes on")
    static let wouldApply = Phrase(
        "Cấu hình dùng được; reload sẽ thay đổi:",
        "The configuration will do; a reload would change:")
    static let wouldRefuse = Phrase(
        "Cấu hình sẽ bị từ chối:", "The configuration would be refused:")
    static let nothing = Phrase("không có gì thay đổi", "nothing changes")
}
