import ArgumentParser
import Wire

/// `caodiem import map PATH…`
struct ImportMapCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "map", abstract: MapText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: MapText.kind.help) var kind: String?
    @Option(help: MapText.encoding.help) var encoding: ImportEncoding = .utf8
    @Argument(help: MapText.paths.help, completion: .file()) var paths: [String]

    func answer(_ session: Session) async throws -> Answer {
        let selection = try ImportSelection(paths, kind: kind, asksFleet: true, on: LocalDisk())
        let files = try selection.files.map { try SourceFile(path: $0.path) }
        let watch = ImportWatch(Console.current)
        let request = try await ImportOffer.request(selection, files, encoding, watch)
        let upload = Upload(
            service: WireMapService(session: session), files: files, request: request,
            pace: .real, progress: { await watch.show($0) })
        do {
            let reply = try await upload.run()
            await watch.clear()
            return MapAnswer(selection: selection, reply: reply).answer
        } catch {
            await watch.clear()
            throw error
        }
    }
}

/// Sends files as an import does, and asks how they would be read instead of committing them.
private struct WireMapService: ImportService {
    let session: Session

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
    ) async throws(Failure) -> IngestionV1.MapReply {
        var map = IngestionV1.MapRequest()
        map.importID = request.importID
        return try await session.call(IngestionV1.Ingestion.map, map)
    }
}

/// `caodiem.import-map/1`: how each file would be read.
struct MapAnswer {
    let selection: ImportSelection
    let reply: IngestionV1.MapReply

    var answer: Answer {
        Answer(json, status: reply.files.contains { !$0.errors.isEmpty } ? .failed : .ok) {
            text($0)
        }
    }

    private var files: [(path: String, file: IngestionV1.MappedFile)] {
        let paired = reply.files.count == selection.files.count
        return reply.files.enumerated().map { index, file in
            (paired ? selection.files[index].path : file.name, file)
        }
    }

    var json: JSON {
        .answer(
            "import-map/1",
            [
                .init(
                    "files",
                    .list(files) { path, file in
                        [
                            "path": .string(path), "format": .text(file.format),
                            "encoding": .text(file.encoding),
                            "separator": .text(file.separator),
                            "tables": .list(file.tables, Self.table),
                            "errors": .list(file.errors, ImportAnswer.finding),
                            "warnings": .list(file.warnings, ImportAnswer.finding),
                        ]
                    })
            ])
    }

    private static func table(_ table: IngestionV1.MappedTable) -> JSON {
        [
            "sheet": .text(table.sheet), "kind": .text(table.kind),
            "hidden": .bool(table.hidden),
            "heading_row": .number(UInt64(table.headingRow)),
            "heading_rows": .number(UInt64(table.headingRows)),
            "first_row": .number(UInt64(table.firstRow)),
            "columns": .list(table.columns) { column in
                [
                    "place": .string(column.place), "heading": .string(column.heading),
                    "field": .text(column.field), "ignored": .bool(column.ignored),
                ]
            },
            "missing": .list(table.missing, JSON.string),
        ]
    }

    func text(_ terminal: Terminal) -> String {
        files.map { text($0.path, $0.file, terminal) }.joined(separator: "\n\n")
    }

    private func text(
        _ path: String, _ file: IngestionV1.MappedFile, _ terminal: Terminal
    ) -> String {
        var traits = [file.format, file.encoding].filter { !$0.isEmpty }
        if let separator = MapText.separators[file.separator] { traits.append(separator.text) }
        var parts = ["\(path): \(traits.joined(separator: ", "))".printable]
        for table in file.tables { parts.append(text(table, terminal)) }
        for finding in file.errors { parts.append(line(finding, .bad, terminal)) }
        for finding in file.warnings { parts.append(line(finding, .pending, terminal)) }
        return parts.joined(separator: "\n")
    }

    private func text(_ table: IngestionV1.MappedTable, _ terminal: Terminal) -> String {
        let name = table.sheet.isEmpty ? "" : ImportText.sheet(table.sheet).text + ": "
        guard !table.kind.isEmpty else {
            return "\(name)\((table.hidden ? MapText.hidden : MapText.leftOut).text)".printable
        }
        let heading = MapText.heading(table.headingRow, table.headingRows, table.firstRow).text
        var lines = ["\(name)\(table.kind) (\(heading))".printable]
        var rows = Table([
            Column(MapText.place), Column(MapText.columnHeading, wrapsTo: 16),
            Column(MapText.field),
        ])
        for column in table.columns {
            let field =
                column.field.isEmpty
                ? Cell(
                    (column.ignored ? MapText.carriesNothing : MapText.unknown).text,
                    column.ignored ? .plain : .pending) : Cell(column.field)
            rows.add([Cell(column.place), Cell(column.heading), field])
        }
        for missing in table.missing {
            rows.add([Cell("–"), Cell(MapText.missing.text, .bad), Cell(missing, .bad)])
        }
        lines.append(rows.rendered(on: terminal))
        return lines.joined(separator: "\n")
    }

    private func line(
        _ finding: IngestionV1.Finding, _ style: Style, _ terminal: Terminal
    ) -> String {
        let sheet = finding.sheet.isEmpty ? "" : ImportText.sheet(finding.sheet).text + ": "
        let hint = finding.hint.isEmpty ? "" : " → \(finding.hint)"
        return terminal.styled(
            terminal.paragraph("\(sheet)\(finding.message) [\(finding.code)]\(hint)", indent: 2),
            style)
    }
}

private enum MapText {
    static let abstract = Phrase(
        "Cho biết tệp sẽ được đọc thế nào; không nhập gì.",
        "Shows how files would be read; imports nothing.")
    static let kind = Phrase(
        "Loại dữ liệu, khi tệp không nói.", "Kind of the rows, where the file does not say.")
    static let encoding = Phrase(
        "Bảng mã của tệp: utf8, tcvn3 hoặc vni.", "Encoding of the files: utf8, tcvn3 or vni.")
    static let paths = Phrase(
        "Sổ .xlsx, tệp CSV hoặc thư mục.", "Workbooks, CSV files or folders.")
    static let separators = [
        "comma": Phrase("dấu phẩy", "comma"), "semicolon": Phrase("dấu chấm phẩy", "semicolon"),
        "tab": Phrase("dấu tab", "tab"),
    ]
    static let hidden = Phrase("trang ẩn, được bỏ qua", "hidden, left out")
    static let leftOut = Phrase("không nhận ra, được bỏ qua", "of no known kind, left out")
    static let place = Phrase("Cột", "Column")
    static let columnHeading = Phrase("Tiêu đề", "Heading")
    static let field = Phrase("Đọc là", "Read as")
    static let carriesNothing = Phrase("(không dùng)", "(not used)")
    static let unknown = Phrase("(không nhận ra, bỏ qua)", "(unknown, left out)")
    static let missing = Phrase("thiếu cột bắt buộc", "required, missing")
    static func heading(_ row: UInt32, _ rows: UInt32, _ first: UInt32) -> Phrase {
        let to = rows > 1 ? "–\(row + rows - 1)" : ""
        return Phrase(
            "tiêu đề dòng \(row)\(to), số liệu từ dòng \(first)",
            "heading in row \(row)\(to), data from row \(first)")
    }
}
