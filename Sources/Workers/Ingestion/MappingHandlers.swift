internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

extension IngestionService {
    /// How the files of a begun import would be read; its bytes are dropped afterwards.
    @Sendable
    static func map(
        _ request: IngestionV1.MapRequest, _ call: WorkerCall
    ) async throws(Failure) -> IngestionV1.MapReply {
        do {
            let spool = Spool(folder: call.context.spoolFolder)
            let offered = try IngestionTranslation.offered(spool.offer(request.importID))
            let files = try IngestionTranslation.files(of: offered)
            let options = try IngestionTranslation.options(of: offered, call.context)
            try checkSizes(files, request.importID, spool)
            try await ArrivalCheck(
                files: files, importID: request.importID, spool: spool, keeps: false
            ).run()
            let surveyed = try Survey(spool: spool, importID: request.importID, options: options)
                .look(at: files)
            spool.remove(request.importID)
            return .with { $0.files = surveyed.map(mapped) }
        } catch {
            throw IngestionTranslation.failure(error)
        }
    }

    private static func mapped(_ file: SurveyedFile) -> IngestionV1.MappedFile {
        .with {
            $0.name = file.offer.name
            $0.format = file.format?.rawValue ?? ""
            $0.encoding = file.encoding?.rawValue ?? ""
            $0.separator =
                switch file.separator {
                case 0x2C: "comma"
                case 0x3B: "semicolon"
                case 0x09: "tab"
                case let other?: String(UnicodeScalar(other))
                case nil: ""
                }
            $0.tables = file.tables.map(mapped)
            $0.errors = file.findings.errors
            $0.warnings = file.findings.warnings
        }
    }

    private static func mapped(_ table: SurveyedFile.Table) -> IngestionV1.MappedTable {
        .with {
            $0.sheet = table.sheet
            $0.hidden = table.isHidden
            guard let layout = table.layout else { return }
            $0.kind = layout.kind.name
            $0.headingRow = UInt32(layout.firstLine)
            $0.headingRows = UInt32(layout.lastLine - layout.firstLine + 1)
            $0.firstRow = UInt32(layout.skippedLine + 1)
            $0.columns = layout.columns.map { column in
                .with {
                    $0.place = Place.letters(column.place)
                    $0.heading = column.heading
                    $0.field = column.field.map { layout.kind.columns[$0].name } ?? ""
                    $0.ignored = column.isIgnored
                }
            }
            let fields = Set(layout.columns.compactMap(\.field))
            $0.missing = layout.kind.columns.enumerated()
                .filter { $0.element.isRequired && !fields.contains($0.offset) }
                .map(\.element.name)
        }
    }
}

extension IngestionService {
    /// A workbook to fill in, piece by piece.
    @Sendable
    static func template(
        _ request: IngestionV1.TemplateRequest, _ call: WorkerCall,
        _ send: @Sendable (IngestionV1.WorkbookChunk) async throws(Failure) -> Void
    ) async throws(Failure) {
        let language = MessageLanguage(request.language)
        var kinds: [ImportKind] = []
        let book = try headings(call.context)
        for name in request.kinds {
            guard let kind = book.kind(named: name) else {
                let known = ImportKind.all.map(\.name)
                let nearest = VietnameseText.nearest(to: name, among: known)
                throw Failure(
                    .invalidArgument, language,
                    Message(.noKind, ["name": "kinds", "kind": String(name.prefix(40))]),
                    field: "kinds",
                    hint: nearest.map { Message(.didYouMean, ["name": $0]) }
                        ?? Message(.kinds, ["kinds": known.joined(separator: ", ")]))
            }
            if !kinds.contains(where: { $0.name == kind.name }) { kinds.append(kind) }
        }
        let names = try await call.load { scope in
            (units: try scope.unitNames(), officers: try scope.officerNames())
        }
        let template = Template(
            kinds: kinds.isEmpty ? ImportKind.all : kinds, book: book, language: language,
            units: names.units, officers: names.officers)
        let folder = call.context.spoolFolder
        // Named as an import, so that what a crash leaves behind is dropped after a day.
        let path =
            "\(folder)/\(call.stamp.receivedAtMilliseconds)-\(UInt32.random(in: 0 ... .max)).xlsx"
        defer { WorkbookFile.remove(path) }
        do {
            try template.write(to: path, folder: folder)
        } catch {
            throw Failure(
                .resourceExhausted, "the template cannot be written: \(error)",
                hint: "check the data folder's disk")
        }
        try await WorkbookFile.send(path) { (chunk) async throws(Failure) in
            try await send(.with { $0.data = chunk })
        }
    }
}
