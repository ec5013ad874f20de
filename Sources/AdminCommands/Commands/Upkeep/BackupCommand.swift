import ArgumentParser

/// `caodiem backup create|verify|restore|list|prune|keygen`: all done by `caodiem-coordinator --offline`, with or
/// without a running fleet.
struct BackupCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup", abstract: BackupText.abstract.text,
            subcommands: [
                BackupCreateCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self,
                BackupListCommand.self, BackupPruneCommand.self, BackupKeygenCommand.self,
                BackupFollowCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

/// A command that the offline program does.
protocol OfflineCommand: ParsableCommand {
    var globals: GlobalOptions { get }
    /// The verb with its arguments.
    var verb: [String] { get }
}

extension OfflineCommand {
    func run() throws { try OfflineProcess.become(verb, globals) }

    /// `--name=value`, where there is one.
    static func option(_ name: String, _ value: (some CustomStringConvertible)?) -> [String] {
        value.map { ["--\(name)=\($0)"] } ?? []
    }
}

/// `caodiem backup create FILE [--key-file F] [--config FILE]`
struct BackupCreateCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create", abstract: BackupText.create.text,
            discussion: BackupText.createDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.target.help, completion: .file()) var file: String
    @Option(help: BackupText.keyFile.help, completion: .file()) var keyFile: String?
    @Option(help: BackupText.config.help, completion: .file()) var config: [String] = []

    var verb: [String] {
        ["backup", "create"] + Self.option("key-file", keyFile)
            + config.flatMap { Self.option("config", $0) } + [file.asArgument]
    }
}

/// `caodiem backup verify FILE [--deep] [--key-file F]`
struct BackupVerifyCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "verify", abstract: BackupText.verify.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.file.help, completion: .file()) var file: String
    @Option(help: BackupText.keyFile.help, completion: .file()) var keyFile: String?
    @Flag(help: BackupText.deep.help) var deep = false

    var verb: [String] {
        ["backup", "verify"] + Self.option("key-file", keyFile) + (deep ? ["--deep"] : [])
            + [file.asArgument]
    }
}

/// `caodiem backup restore FILE|DIR --data NEWDIR [--key-file F] [--at MOMENT]`
struct BackupRestoreCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "restore", abstract: BackupText.restore.text,
            discussion: BackupText.restoreDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.file.help, completion: .file()) var file: String
    @Option(help: BackupText.keyFile.help, completion: .file()) var keyFile: String?
    @Option(help: BackupText.at.help) var at: String?

    var verb: [String] {
        ["backup", "restore"] + Self.option("key-file", keyFile) + Self.option("at", at)
            + [file.asArgument]
    }
}

/// `caodiem backup list DIR`
struct BackupListCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: BackupText.list.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.folder.help, completion: .directory) var folder: String

    var verb: [String] { ["backup", "list", folder.asArgument] }
}

/// `caodiem backup prune DIR --keep-daily N --keep-weekly N --keep-monthly N [--dry-run]`
struct BackupPruneCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prune", abstract: BackupText.prune.text,
            discussion: BackupText.pruneDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.folder.help, completion: .directory) var folder: String
    @Option(help: BackupText.keepDaily.help) var keepDaily = 0
    @Option(help: BackupText.keepWeekly.help) var keepWeekly = 0
    @Option(help: BackupText.keepMonthly.help) var keepMonthly = 0
    @Flag(help: BackupText.dryRun.help) var dryRun = false

    var verb: [String] {
        ["backup", "prune", folder.asArgument] + Self.option("keep-daily", keepDaily)
            + Self.option("keep-weekly", keepWeekly) + Self.option("keep-monthly", keepMonthly)
            + (dryRun ? ["--dry-run"] : [])
    }
}

/// `caodiem backup keygen FILE`
struct BackupKeygenCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "keygen", abstract: BackupText.keygen.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.key.help, completion: .file()) var file: String

    var verb: [String] { ["backup", "keygen", file.asArgument] }
}

/// `caodiem backup follow DIR [--every SECONDS] [--key-file F]`: a line for each piece, until it is ended.
struct BackupFollowCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "follow", abstract: BackupText.follow.text,
            discussion: BackupText.followDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: BackupText.copy.help, completion: .directory) var folder: String
    @Option(help: BackupText.every.help) var every = 10
    @Option(help: BackupText.keyFile.help, completion: .file()) var keyFile: String?
    @Option(help: BackupText.generationHours.help) var generationHours = 24
    @Option(help: BackupText.keepGenerations.help) var keepGenerations = 7
    @Flag(help: BackupText.once.help) var once = false

    var verb: [String] {
        ["backup", "follow", folder.asArgument] + Self.option("every", every)
            + Self.option("key-file", keyFile) + Self.option("generation-hours", generationHours)
            + Self.option("keep-generations", keepGenerations) + (once ? ["--once"] : [])
    }
}

extension String {
    /// A path that no parser takes for an option.
    fileprivate var asArgument: String { hasPrefix("-") ? "./" + self : self }
}

private enum BackupText {
    static let abstract = Phrase(
        "Sao lưu, kiểm tra, khôi phục; chạy được cả khi hệ thống đang chạy.",
        "Backups: made, checked, restored; also while the fleet runs.")
    static let create = Phrase(
        "Sao lưu cả thư mục dữ liệu vào một tệp, rồi đọc lại.",
        "Backs the data folder up into one file, and reads it again.")
    static let createDiscussion = Phrase(
        """
        Kho dữ liệu được chép tại một thời điểm, trong khi người khác vẫn ghi được. Trong tệp còn có các tệp gốc đã
        nhập, cài đặt và bản kê mã băm.
        """,
        """
        The store is copied as of one moment while others go on writing. The file also holds the originals of imports,
        the configuration, and a manifest of digests.
        """)
    static let verify = Phrase(
        "Đọc cả bản sao lưu và so với bản kê.", "Reads a backup whole against its manifest.")
    static let deep = Phrase(
        "Mở cả kho dữ liệu trong đó ra kiểm tra.", "Also unpacks its store and examines it.")
    static let restore = Phrase(
        "Khôi phục vào thư mục mới (--data), có tất cả hoặc không có gì.",
        "Restores into a new folder (--data), all of it or nothing.")
    static let restoreDiscussion = Phrase(
        "Từ chối thư mục không rỗng. Kiểm tra mã băm, phiên bản, các trang, khóa ngoại và chuỗi nhật ký.",
        "Refuses a folder that is not empty. Checks digests, schema, pages, references and the audit chain."
    )
    static let list = Phrase("Các bản sao lưu trong thư mục.", "Lists the backups in a folder.")
    static let prune = Phrase(
        "Xóa các bản sao lưu không còn phải giữ.", "Removes the backups that no rule keeps.")
    static let pruneDiscussion = Phrase(
        """
        Giữ bản mới nhất của mỗi ngày, mỗi tuần (từ thứ Hai), mỗi tháng, bấy nhiêu ngày, tuần, tháng có bản sao lưu.
        Bản mới nhất luôn được giữ; tệp không đọc được không bị xóa.
        """,
        """
        Keeps the newest of each day, week (from Monday) and month, so many days, weeks and months that have one.
        The newest of all always stays; a file that cannot be read is not removed.
        """)
    static let keygen = Phrase(
        "Tạo khóa mã hóa trong một tệp mới.", "Makes a key for sealed backups in a new file.")
    static let target = Phrase("Tệp sẽ ghi; chưa có.", "The file to write; must not be there.")
    static let file = Phrase("Bản sao lưu.", "The backup.")
    static let folder = Phrase("Thư mục chứa các bản sao lưu.", "The folder of backups.")
    static let key = Phrase("Tệp khóa sẽ tạo.", "The key file to make.")
    static let keyFile = Phrase(
        "Tệp khóa mã hóa; chỉ chủ đọc được.", "File of the key; readable by its owner only.")
    static let config = Phrase(
        "Tệp cài đặt cất cùng; dùng được nhiều lần.",
        "A configuration file to keep with it; may be given several times.")
    static let keepDaily = Phrase("Số ngày giữ.", "Days to keep.")
    static let keepWeekly = Phrase("Số tuần giữ.", "Weeks to keep.")
    static let keepMonthly = Phrase("Số tháng giữ.", "Months to keep.")
    static let follow = Phrase(
        "Chép liên tục sang đĩa khác, cho đến khi bị dừng.",
        "Keeps a copy on another disk, until it is ended.")
    static let followDiscussion = Phrase(
        """
        Mỗi lần kho dữ liệu thay đổi, các trang đã đổi được chép thành một mảnh. Mất đĩa thì mất nhiều nhất những gì ghi
        trong khoảng --every cộng thời gian chép một mảnh. Khôi phục: backup restore THƯ_MỤC --data MỚI [--at LÚC].
        """,
        """
        Whenever the store has changed, the pages that changed are copied as one piece. A lost disk loses at most what was
        written within --every and the time of one piece. To restore: backup restore DIR --data NEW [--at MOMENT].
        """)
    static let copy = Phrase("Thư mục trên đĩa khác.", "A folder on another disk.")
    static let every = Phrase("Bao nhiêu giây xem kho một lần.", "Seconds between two looks.")
    static let generationHours = Phrase(
        "Sau bấy nhiêu giờ chép lại toàn bộ.", "After so many hours all pages are copied anew.")
    static let keepGenerations = Phrase(
        "Số lượt chép toàn bộ được giữ.", "How many of these generations stay.")
    static let once = Phrase("Chép một lần rồi thôi.", "Copies once and ends.")
    static let at = Phrase(
        "Thời điểm, khi khôi phục từ bản chép liên tục: 2021-05-31T08:15:00+07:00.",
        "The moment, from a continuous copy: 2021-05-31T08:15:00+07:00.")
    static let dryRun = Phrase("Chỉ cho biết, không xóa.", "Only says what would go.")
}
