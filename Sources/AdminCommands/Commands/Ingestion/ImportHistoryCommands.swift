import ArgumentParser
import Digests
import Wire

/// `caodiem import list`
struct ImportListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: HistoryText.list.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: HistoryText.limit.help) var limit: UInt32 = 20
    @Option(help: HistoryText.before.help) var before: UInt64?

    func answer(_ session: Session) async throws -> Answer {
        var request = IngestionV1.ListRequest()
        request.limit = limit
        request.beforeChange = before ?? 0
        return ImportHistoryAnswers.list(
            try await session.read(IngestionV1.Ingestion.list, request))
    }
}

/// `caodiem import show IMPORT`
struct ImportShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: HistoryText.show.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: HistoryText.corrections.help) var corrections: UInt64 = 1_000
    @Argument(help: HistoryText.name.help) var name: String

    func answer(_ session: Session) async throws -> Answer {
        var request = IngestionV1.ShowRequest()
        request.import = name
        request.limit = corrections
        let events = try await session.collect(IngestionV1.Ingestion.show, request)
        var shown = IngestionV1.ShownImport()
        var rows: [IngestionV1.Correction] = []
        for event in events {
            switch event.event {
            case .import(let head): shown = head
            case .correction(let row): rows.append(row)
            case nil: break
            }
        }
        return ImportHistoryAnswers.show(shown, rows)
    }
}

/// `caodiem import retract IMPORT`
struct ImportRetractCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retract", abstract: HistoryText.retract.text,
            discussion: HistoryText.retractDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Flag(help: HistoryText.yes.help) var yes = false
    @Argument(help: HistoryText.name.help) var name: String

    func answer(_ session: Session) async throws -> Answer {
        guard yes else {
            throw Trouble.usage(HistoryText.notSure(name), hint: HistoryText.sureHint(name))
        }
        var request = IngestionV1.RetractRequest()
        request.import = name
        return ImportHistoryAnswers.retracted(
            name, try await session.change(IngestionV1.Ingestion.retract, request))
    }
}

/// `caodiem import original SHA256 --out FILE`
struct ImportOriginalCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "original", abstract: HistoryText.original.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: HistoryText.out.help, completion: .file()) var out: String
    @Argument(help: HistoryText.digest.help) var sha256: String

    func answer(_ session: Session) async throws -> Answer {
        var request = IngestionV1.OriginalRequest()
        request.sha256 = sha256
        let file = OriginalFile()
        try await session.stream(
            IngestionV1.Ingestion.original, request, seconds: Limits.commitSeconds
        ) { chunk in await file.add(chunk.data) }
        let bytes = await file.bytes
        guard Digests.sha256(of: bytes) == sha256 else {
            throw Failure(.dataLoss, HistoryText.damaged.text, field: "sha256")
        }
        try TargetFile.write(bytes, to: out)
        return ImportHistoryAnswers.original(sha256, out, bytes.count)
    }

    private actor OriginalFile {
        var bytes: [UInt8] = []
        func add(_ chunk: [UInt8]) { bytes.append(contentsOf: chunk) }
    }
}

private enum HistoryText {
    static let list = Phrase("Các lần nhập, mới nhất trước.", "Lists the imports, newest first.")
    static let show = Phrase(
        "Một lần nhập: tệp, kết quả, các dòng được sửa với giá trị cũ và mới.",
        "Shows one import: its files, its result, the corrected rows with old and new values.")
    static let retract = Phrase("Thu hồi một lần nhập.", "Takes an import back.")
    static let retractDiscussion = Phrase(
        """
        Dòng đã thêm được rút ra, dòng đã sửa trở lại giá trị cũ, dưới một thay đổi mới; mọi phiên bản
        vẫn nằm trong lịch sử. Lần nhập mà các lần sau dựa vào thì không thu hồi được.
        """,
        """
        Inserted rows are taken out and corrected rows get their former values, under a new change; every
        version stays in the history. An import that later ones build on cannot be taken back.
        """)
    static let original = Phrase(
        "Lấy lại tệp đã nhập, đúng từng byte.", "Gets an imported file back, byte for byte.")
    static let limit = Phrase("Số lần nhập được liệt kê.", "How many imports to list.")
    static let before = Phrase(
        "Chỉ các lần nhập trước thay đổi này.", "Only imports before this change.")
    static let corrections = Phrase(
        "Số dòng được sửa được liệt kê, tối đa 10.000.",
        "How many corrected rows to list, at most 10,000.")
    static let name = Phrase(
        "Mã lần nhập hoặc số thay đổi.", "Id of the import or number of its change.")
    static let digest = Phrase("Mã băm SHA-256 của tệp.", "SHA-256 of the file.")
    static let out = Phrase("Ghi ra tệp này.", "Write to this file.")
    static let yes = Phrase("Xác nhận thu hồi.", "Confirms the retraction.")
    static func notSure(_ name: String) -> Phrase {
        Phrase(
            "thu hồi lần nhập \(name) cần xác nhận", "retracting import \(name) must be confirmed")
    }
    static func sureHint(_ name: String) -> Phrase {
        Phrase(
            "xem trước: caodiem import show \(name); rồi thêm --yes",
            "look first: caodiem import show \(name); then add --yes")
    }
    static let damaged = Phrase(
        "tệp nhận được không đúng mã băm", "what came does not have this digest")
}
