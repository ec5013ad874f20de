import ArgumentParser
import Wire

/// `caodiem import template [KIND…] --out FILE.xlsx`
struct ImportTemplateCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "template", abstract: TemplateText.abstract.text,
            discussion: TemplateText.discussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Option(help: TemplateText.out.help, completion: .file(extensions: ["xlsx"])) var out: String
    @Argument(help: TemplateText.kinds.help) var kinds: [String] = []

    func answer(_ session: Session) async throws -> Answer {
        guard out.lowercased().hasSuffix(".xlsx") else {
            throw Trouble.usage(
                TemplateText.notXLSX, field: "--out", hint: TemplateText.nameXLSX)
        }
        var request = IngestionV1.TemplateRequest()
        request.kinds = kinds
        request.language = Language.current.rawValue
        let file = IncomingFile(out)
        do {
            try await session.stream(
                IngestionV1.Ingestion.template, request, seconds: Limits.commitSeconds
            ) { chunk in await file.add(chunk.data) }
        } catch {
            await file.restart()
            throw error
        }
        guard try await file.close() else {
            throw Failure(.internal, TemplateText.nothing.text)
        }
        return Answer(
            .answer("import-template/1", [.init("path", .string(out))])
        ) { _ in TemplateText.written(out).text }
    }
}

private enum TemplateText {
    static let abstract = Phrase(
        "Ghi sổ Excel mẫu để điền số liệu.", "Writes a workbook to fill in.")
    static let discussion = Phrase(
        "Mỗi loại một trang tính, có danh sách đơn vị, chấp hành viên và dòng ví dụ. "
            + "Các loại: \(ImportKind.allNames).",
        "One sheet a kind, with lists of units and officers and an example row. "
            + "Kinds: \(ImportKind.allNames).")
    static let out = Phrase("Ghi ra tệp .xlsx này.", "Write to this .xlsx file.")
    static let kinds = Phrase("Các loại; không ghi là tất cả.", "Kinds; all when left out.")
    static let notXLSX = Phrase("sổ mẫu là tệp .xlsx", "a template is an .xlsx file")
    static let nameXLSX = Phrase("--out TỆP.xlsx", "--out FILE.xlsx")
    static let nothing = Phrase("hệ thống không trả sổ mẫu", "the fleet sent no template")
    static func written(_ path: String) -> Phrase {
        Phrase("Đã ghi \(path).", "Wrote \(path).")
    }
}
