import ArgumentParser
import Wire

/// `caodiem audit verify|list|export`
struct AuditCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit", abstract: AuditText.abstract.text,
            subcommands: [
                AuditVerifyCommand.self, AuditListCommand.self, AuditExportCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

/// `caodiem audit verify [--head DIGEST]`: ends with 1 when the trail is broken.
struct AuditVerifyCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "verify", abstract: AuditText.verify.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: AuditText.head.help) var head: String?

    func answer(_ session: Session) async throws -> Answer {
        let reply = try await session.read(
            AdminV1.Audit.verify, .with { $0.head = head ?? "" })
        return AuditAnswers.state(reply)
    }
}

/// `caodiem audit list [--after NUMBER] [--limit COUNT]`
struct AuditListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: AuditText.list.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: AuditText.after.help) var after: UInt64 = 0
    @Option(help: AuditText.limit.help) var limit: UInt32 = 100

    func answer(_ session: Session) async throws -> Answer {
        let entries = try await session.collect(
            AdminV1.Audit.list,
            .with {
                $0.after = after
                $0.limit = limit
            })
        return AuditAnswers.list(entries)
    }
}

/// `caodiem audit export FILE`: the whole trail, one JSON object a line, as others can check it.
struct AuditExportCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: AuditText.export.text,
            discussion: AuditText.exportDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: AuditText.file.help, completion: .file()) var file: String

    func answer(_ session: Session) async throws -> Answer {
        let entries = try await session.collect(AdminV1.Audit.list, .init())
        let lines = entries.map { JSON.object(AuditAnswers.members($0)).written() + "\n" }
        try TargetFile.write(lines.joined(), to: file)
        return AuditAnswers.exported(entries, to: file)
    }
}

private enum AuditText {
    static let abstract = Phrase(
        "Nhật ký kiểm toán: việc đã làm và việc bị từ chối.",
        "The audit trail: what was done and what was refused.")
    static let verify = Phrase(
        "Kiểm tra cả chuỗi nhật ký; mã thoát 1 nếu bị sửa, bị thiếu.",
        "Checks the whole chain; exit code 1 when it was altered or shortened.")
    static let list = Phrase("Các mục của nhật ký, cũ trước.", "Lists the entries, oldest first.")
    static let export = Phrase("Ghi cả nhật ký ra tệp.", "Writes the whole trail to a file.")
    static let exportDiscussion = Phrase(
        """
        Mỗi dòng là một mục dạng JSON, đủ để chương trình khác tính lại mã băm. Ghi lại head ở nơi khác:
        audit verify --head MÃ_BĂM cho biết nhật ký vẫn chứa mục đó.
        """,
        """
        One JSON object a line, enough for another program to compute the digests. Keep the head elsewhere:
        audit verify --head DIGEST tells whether the trail still holds that entry.
        """)
    static let head = Phrase(
        "Mã băm head đã ghi lại trước đây, phải còn trong chuỗi.",
        "A head noted down before; it must still be in the chain.")
    static let after = Phrase("Chỉ các mục sau số này.", "Only entries after this number.")
    static let limit = Phrase(
        "Số mục được liệt kê; 0 là tất cả.", "How many entries to list; 0 for all.")
    static let file = Phrase("Tệp sẽ ghi.", "The file to write.")
}
