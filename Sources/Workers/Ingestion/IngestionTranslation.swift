internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Where offers become files to read, and failures those that a client sees.
enum IngestionTranslation {
    static func offered(_ bytes: [UInt8]) throws(Failure) -> IngestionV1.BeginRequest {
        do {
            return try IngestionV1.BeginRequest(decoding: bytes)
        } catch {
            throw Failure(.dataLoss, "the import's offer does not read", hint: "begin again")
        }
    }

    static func result(_ bytes: [UInt8]) throws(Failure) -> IngestionV1.Result {
        do {
            return try IngestionV1.Result(decoding: bytes)
        } catch {
            throw Failure(.dataLoss, "the import's stored answer does not read: \(error)")
        }
    }

    /// How the files of an offer are to be read.
    static func options(
        of request: IngestionV1.BeginRequest, _ context: WorkerContext
    ) throws(Failure) -> ReadingOptions {
        let language = MessageLanguage(request.language)
        let legacy = LegacyVietnamese(rawValue: request.encoding)
        guard legacy != nil || ["", "utf8"].contains(request.encoding) else {
            throw Failure(
                .invalidArgument, language,
                Message(.unknownEncoding, ["name": String(request.encoding.prefix(20))]),
                field: "encoding", hint: Message(.knownEncodings))
        }
        return ReadingOptions(
            book: try IngestionService.headings(context), language: language, legacy: legacy)
    }

    /// The files of an offer; refuses what cannot be read before a byte is sent.
    static func files(of request: IngestionV1.BeginRequest) throws(Failure) -> [OfferedFile] {
        let language = MessageLanguage(request.language)
        guard !request.files.isEmpty, request.files.count <= Spool.Limits.files else {
            throw Failure(
                .invalidArgument, language,
                Message(.fileCount, ["limit": "\(Spool.Limits.files)"]), field: "files",
                hint: Message(.splitImport))
        }
        var files: [OfferedFile] = []
        for (part, offer) in request.files.enumerated() {
            files.append(try file(offer, part: part, language))
        }
        return files
    }

    private static func file(
        _ offer: IngestionV1.FileOffer, part: Int, _ language: MessageLanguage
    ) throws(Failure) -> OfferedFile {
        guard offer.size <= Spool.Limits.file else {
            throw Failure(
                .resourceExhausted, language,
                Message(.fileTooLarge, ["name": offer.name, "size": "\(offer.size)"]),
                field: "size", hint: Message(.fileLimit, ["limit": "\(Spool.Limits.file)"]))
        }
        let kind = ImportKind.named(offer.kind)
        guard kind != nil || offer.kind.isEmpty else {
            let kinds = ImportKind.all.map(\.name)
            let nearest = VietnameseText.nearest(to: offer.kind, among: kinds)
            throw Failure(
                .invalidArgument, language,
                Message(.noKind, ["name": offer.name, "kind": String(offer.kind.prefix(40))]),
                field: "kind",
                hint: nearest.map { Message(.didYouMean, ["name": $0]) }
                    ?? Message(.kinds, ["kinds": kinds.joined(separator: ", ")]))
        }
        return OfferedFile(
            name: offer.name, kind: kind, sha256: offer.sha256, size: offer.size, part: part)
    }

    /// What became of a file: the sum of its tables.
    static func result(
        of file: SurveyedFile, _ tables: [FileApplication], isRejected: Bool, listing listed: Int
    ) -> IngestionV1.FileResult {
        var findings = file.findings
        findings.kept = listed
        var result = IngestionV1.FileResult.with {
            $0.name = file.offer.name
            $0.sha256 = file.offer.sha256
            $0.kind = tables.count == 1 ? tables[0].result.kind : file.offer.kind?.name ?? ""
        }
        for table in tables {
            findings.append(table.findings)
            var one = table.result
            if isRejected { (one.inserted, one.corrected, one.unchanged) = (0, 0, 0) }
            result.rows += one.rows
            result.inserted += one.inserted
            result.corrected += one.corrected
            result.unchanged += one.unchanged
            guard file.format == .xlsx else { continue }
            result.sheets.append(
                .with {
                    $0.name = table.file.sheet
                    $0.kind = one.kind
                    $0.rows = one.rows
                    $0.inserted = one.inserted
                    $0.corrected = one.corrected
                    $0.unchanged = one.unchanged
                })
        }
        result.errors = findings.errors
        result.warnings = findings.warnings
        result.moreErrors = findings.moreErrors
        result.moreWarnings = findings.moreWarnings
        return result
    }

    static func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: return failure
        case let failure as StoreFailure: return Failure(failure)
        case let problem as Spool.Problem: return spoolFailure(problem)
        default: return Failure(.internal, "the import failed: \(error)")
        }
    }

    private static func spoolFailure(_ problem: Spool.Problem) -> Failure {
        switch problem.kind {
        case .unknownImport:
            Failure(
                .notFound, problem.message, field: "import_id", hint: "begin again",
                reason: "IMPORT_UNKNOWN")
        case .wrongOffset(let there):
            Failure(
                .outOfRange, problem.message, field: "offset", hint: "go on at \(there)",
                reason: "IMPORT_OFFSET")
        case .incomplete:
            Failure(
                .failedPrecondition, problem.message, field: "import_id",
                hint: "append the rest, then commit again")
        case .disk:
            Failure(
                .resourceExhausted, problem.message, hint: "check the data folder's disk",
                reason: "SPOOL")
        }
    }
}

extension Failure {
    /// A failure that a clerk reads.
    init(
        _ code: StatusCode, _ language: MessageLanguage, _ message: Message, field: String,
        hint: Message
    ) {
        self.init(
            code, message.text(in: language), field: field, hint: hint.text(in: language))
    }
}
