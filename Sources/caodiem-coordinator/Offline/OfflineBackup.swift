import ArgumentParser
import Offline
import Rules
import Wire

/// `--offline backup …`
struct OfflineBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        subcommands: [
            OfflineBackupCreate.self, OfflineBackupVerify.self, OfflineBackupRestore.self,
            OfflineBackupList.self, OfflineBackupPrune.self, OfflineBackupKeygen.self,
            OfflineBackupFollow.self,
        ])
}

struct OfflineBackupCreate: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "create")

    @Argument var file: String
    @Option var keyFile: String?
    @Option var config: [String] = []
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let made = try BackupMaking(
            data: try common.requiredData(), target: file, configuration: config,
            keyFile: keyFile, software: "caodiem/\(Product.version)"
        ).run()
        return OfflineAnswer(made, BackupLines.made(made, verified: false))
    }
}

struct OfflineBackupVerify: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "verify")

    @Argument var file: String
    @Option var keyFile: String?
    @Flag var deep = false
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let made = try BackupReading(file: file, keyFile: keyFile).verify(isDeep: deep)
        return OfflineAnswer(made, BackupLines.made(made, verified: true))
    }
}

struct OfflineBackupRestore: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "restore")

    @Argument var file: String
    @Option var keyFile: String?
    @Option var at: String?
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        if FollowReading.isCopy(file) {
            let restored = try FollowReading(
                folder: file, keyFile: keyFile, atMilliseconds: try moment()
            ).restore(to: try common.requiredData())
            return OfflineAnswer(restored, BackupLines.restored(restored))
        }
        let restored = try BackupReading(file: file, keyFile: keyFile)
            .restore(to: try common.requiredData())
        return OfflineAnswer(restored, BackupLines.restored(restored))
    }
}

extension OfflineBackupRestore {
    private func moment() throws -> Int64? {
        guard let at else { return nil }
        if let moment = FollowReading.moment(at) { return moment }
        throw OfflineProblem(
            "USAGE", Wording("không hiểu thời điểm \(at)", "the moment \(at) is not understood"),
            place: "--at",
            remedy: Wording(
                "ghi dạng 2021-05-31T08:15:00+07:00", "write it as 2021-05-31T08:15:00+07:00"),
            ending: .usage)
    }
}

struct OfflineBackupList: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "list")

    @Argument var folder: String
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let listing = try BackupShelf(folder: folder).list()
        return OfflineAnswer(listing, BackupLines.listing(listing))
    }
}

struct OfflineBackupPrune: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "prune")

    @Argument var folder: String
    @Option var keepDaily = 0
    @Option var keepWeekly = 0
    @Option var keepMonthly = 0
    @Flag var dryRun = false
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let retention = Retention(daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly)
        guard keepDaily >= 0, keepWeekly >= 0, keepMonthly >= 0,
            keepDaily + keepWeekly + keepMonthly > 0
        else {
            throw OfflineProblem(
                "USAGE",
                Wording("chưa nói giữ bao nhiêu bản", "it is not said how many to keep"),
                place: "--keep-daily",
                remedy: Wording(
                    "thêm --keep-daily N, --keep-weekly N, --keep-monthly N",
                    "add --keep-daily N, --keep-weekly N, --keep-monthly N"),
                ending: .usage)
        }
        let listing = try BackupShelf(folder: folder).prune(retention, isDryRun: dryRun)
        return OfflineAnswer(listing, BackupLines.listing(listing))
    }
}

struct OfflineBackupKeygen: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "keygen")

    @Argument var file: String
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let made = try KeyMade(at: file)
        return OfflineAnswer(made, BackupLines.key(made))
    }
}
