import ArgumentParser
import Wire

enum ImportEncoding: String, CaseIterable, ExpressibleByArgument, Sendable {
    case utf8, tcvn3, vni
}

/// `caodiem import PATH…` and what is told of former imports.
struct ImportCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: ImportCommandText.abstract.text,
            discussion: ImportCommandText.discussion.text,
            subcommands: [
                ImportFilesCommand.self, ImportListCommand.self, ImportShowCommand.self,
                ImportRetractCommand.self, ImportOriginalCommand.self, ImportMapCommand.self,
                ImportTemplateCommand.self,
            ], defaultSubcommand: ImportFilesCommand.self)
    }

    @OptionGroup var globals: GlobalOptions
}

/// `caodiem import [files] PATH…`
struct ImportFilesCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "files", abstract: ImportCommandText.files.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: ImportCommandText.kind.help) var kind: String?
    @Flag(help: ImportCommandText.dryRun.help) var dryRun = false
    @Option(help: ImportCommandText.errors.help, completion: .file(extensions: ["csv", "xlsx"]))
    var errors: String?
    @Option(help: ImportCommandText.encoding.help) var encoding: ImportEncoding = .utf8
    @Argument(help: ImportCommandText.paths.help, completion: .file()) var paths: [String]

    func answer(_ session: Session) async throws -> Answer {
        let returned = errors.map { $0.lowercased() }
        if let returned, !returned.hasSuffix(".csv"), !returned.hasSuffix(".xlsx") {
            throw Trouble.usage(
                ImportText.errorsOfOtherType, field: "--errors", hint: ImportText.errorsHint)
        }
        let console = Console.current
        let selection = try ImportSelection(paths, kind: kind, on: LocalDisk())
        if globals.format == .text {
            for path in selection.skipped {
                console.complain(ImportText.skipped(path).text + "\n")
            }
        }
        let files = try selection.files.map { try SourceFile(path: $0.path) }
        let watch = ImportWatch(console)
        var request = try await ImportOffer.request(selection, files, encoding, watch)
        request.dryRun = dryRun
        let workbook = returned?.hasSuffix(".xlsx") == true ? errors : nil
        request.errorWorkbook = workbook != nil
        let service = WireImportService(
            session: session, workbook: workbook.map { IncomingFile($0) })
        let upload = Upload(
            service: service, files: files, request: request, pace: .real,
            overlaps: isNear && request.files.reduce(0) { $0 + $1.size } >= Limits.overlappedBytes,
            progress: { await watch.show($0) })
        do {
            let answer = ImportAnswer(selection, try await upload.run())
            await watch.clear()
            if let errors, workbook == nil {
                try TargetFile.write(FindingsCSV.text(answer.files), to: errors)
            } else if let target = service.workbook, try await !target.close() {
                console.complain(ImportText.noWorkbook.text + "\n")
            }
            return answer.answer
        } catch {
            await watch.clear()
            throw error
        }
    }
}

extension ImportFilesCommand {
    /// The fleet is on this machine: it is not kept waiting for bytes.
    private var isNear: Bool {
        if case .unix? = try? Endpoint(globals, Console.current.environment) { true } else { false }
    }
}

/// What an import begins with.
enum ImportOffer {
    static func request(
        _ selection: ImportSelection, _ files: [SourceFile], _ encoding: ImportEncoding,
        _ watch: ImportWatch
    ) async throws -> IngestionV1.BeginRequest {
        var request = IngestionV1.BeginRequest()
        request.encoding = encoding.rawValue
        request.language = Language.current.rawValue
        for (file, source) in zip(selection.files, files) {
            var offer = IngestionV1.FileOffer()
            offer.name = file.name
            offer.kind = file.kind?.rawValue ?? ""
            offer.size = source.size
            offer.sha256 = try source.sha256()
            request.files.append(offer)
            await watch.show(
                .with {
                    $0.phase = "hashing"
                    $0.done = UInt64(request.files.count)
                    $0.total = UInt64(files.count)
                })
        }
        return request
    }
}

/// The ingestion service over the wire.
struct WireImportService: ImportService {
    let session: Session
    /// Takes the workbook of errors that the offer asked for.
    var workbook: IncomingFile?

    func begin(
        _ request: IngestionV1.BeginRequest
    ) async throws(Failure) -> IngestionV1.BeginReply {
        try await session.call(IngestionV1.Ingestion.begin, request)
    }

    func append(
        _ request: IngestionV1.AppendRequest
    ) async throws(Failure) -> IngestionV1.AppendReply {
        try await session.call(IngestionV1.Ingestion.append, request)
    }

    func commit(
        _ request: IngestionV1.CommitRequest,
        _ receive: @Sendable (IngestionV1.Progress) async -> Void
    ) async throws(Failure) -> IngestionV1.Result {
        let last = Latest()
        let workbook = workbook
        await workbook?.restart()
        let seconds = session.timeout ?? Limits.commitSeconds
        try await session.stream(IngestionV1.Ingestion.commit, request, seconds: seconds) { event in
            switch event.event {
            case .progress(let progress): await receive(progress)
            case .result(let result): await last.set(result)
            case .workbook(let chunk): await workbook?.add(chunk.data)
            case nil: break
            }
        }
        guard let result = await last.result else {
            throw Failure(
                .internal, ImportCommandText.noResult.text,
                hint: ImportCommandText.noResultHint.text)
        }
        return result
    }

    private actor Latest {
        var result: IngestionV1.Result?
        func set(_ result: IngestionV1.Result) { self.result = result }
    }
}

/// Draws the progress of an import on the error terminal.
actor ImportWatch {
    private let console: Console
    private var bar: ProgressBar

    init(_ console: Console) {
        self.console = console
        bar = ProgressBar(console.errors)
    }

    func show(_ progress: IngestionV1.Progress) {
        let drawn = bar.update(
            ImportText.progress(progress), done: progress.done, total: progress.total)
        if !drawn.isEmpty { console.complain(drawn) }
    }

    func clear() {
        let drawn = bar.clear()
        if !drawn.isEmpty { console.complain(drawn) }
    }
}

private enum ImportCommandText {
    static let abstract = Phrase(
        "Nhập số liệu từ sổ Excel (.xlsx) và tệp CSV.", "Imports workbooks (.xlsx) and CSV files.")
    static let discussion = Phrase(
        """
        Một lần nhập là một giao dịch: tất cả các tệp cùng vào, hoặc không tệp nào vào.
        Sổ Excel: tên trang tính hoặc tiêu đề cho biết loại. CSV: tên tệp (cases.csv) hoặc --kind.
        Các loại: \(ImportKind.allNames).
        """,
        """
        One import is one transaction: all of its files apply, or none.
        A workbook says its kinds by its sheets' names or headings, a CSV by its name or --kind.
        Kinds: \(ImportKind.allNames).
        """)
    static let files = Phrase(
        "Nhập các tệp; không cần gõ tên lệnh này.", "Imports files; its name may be left out.")
    static let paths = Phrase(
        "Sổ .xlsx, tệp CSV hoặc thư mục.", "Workbooks, CSV files or folders.")
    static let kind = Phrase(
        "Loại dữ liệu, khi tên tệp không nói.", "Kind of the rows, where the name does not say.")
    static let dryRun = Phrase(
        "Chỉ kiểm tra, không nhập.", "Check only, change nothing.")
    static let errors = Phrase(
        "Ghi lỗi và cảnh báo ra tệp .csv này; .xlsx: trả lại các trang tính, ô sai được tô màu và ghi chú.",
        "Write errors and warnings to this .csv; an .xlsx gives the sheets back, bad cells marked.")
    static let encoding = Phrase(
        "Bảng mã của tệp: utf8, tcvn3 hoặc vni.", "Encoding of the files: utf8, tcvn3 or vni.")
    static let noResult = Phrase(
        "hệ thống không trả kết quả nhập", "the fleet gave no result of the import")
    static let noResultHint = Phrase(
        "nhập lại; làm lại không đổi gì nếu đã nhập",
        "import again; it changes nothing if it was applied")
}
