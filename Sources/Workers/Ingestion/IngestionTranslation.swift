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

    /// The files of an offer; refuses what cannot be read before a byte is sent.
    static func files(of request: IngestionV1.BeginRequest) throws(Failure) -> [SpooledFile] {
        guard ["", "utf8"].contains(request.encoding) else {
            throw Failure(
                .unimplemented, "bảng mã “\(request.encoding.prefix(20))” chưa được hỗ trợ",
                field: "encoding", hint: "lưu tệp dưới dạng CSV UTF-8")
        }
        guard !request.files.isEmpty, request.files.count <= Spool.Limits.files else {
            throw Failure(
                .invalidArgument, "một lần nhập có từ 1 đến \(Spool.Limits.files) tệp",
                field: "files", hint: "chia thành nhiều lần nhập")
        }
        var files: [SpooledFile] = []
        for (number, offer) in request.files.enumerated() {
            files.append(try file(offer, number: number))
        }
        return files
    }

    private static func file(
        _ offer: IngestionV1.FileOffer, number: Int
    ) throws(Failure) -> SpooledFile {
        guard offer.size <= Spool.Limits.file else {
            throw Failure(
                .resourceExhausted, "\(offer.name): \(offer.size) byte là quá lớn",
                field: "size", hint: "tối đa \(Spool.Limits.file) byte một tệp; chia nhỏ tệp")
        }
        let name = offer.kind.isEmpty ? baseName(offer.name) : offer.kind
        guard let kind = ImportKind.named(name) else {
            let kinds = ImportKind.all.map(\.name)
            let nearest = VietnameseText.nearest(to: name, among: kinds)
            throw Failure(
                .invalidArgument, "\(offer.name): không có loại tệp “\(name.prefix(40))”",
                field: "kind",
                hint: (nearest.map { "có phải là \($0)? " } ?? "") + "các loại: "
                    + kinds.joined(separator: ", "))
        }
        return SpooledFile(
            name: offer.name, kind: kind, sha256: offer.sha256, size: offer.size, number: number)
    }

    /// `lists/cases.csv` → `cases`.
    private static func baseName(_ name: String) -> String {
        let last = name.split(separator: "/").last ?? ""
        return String(last.split(separator: ".").first ?? "")
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
        case .disk:
            Failure(
                .resourceExhausted, problem.message, hint: "check the data folder's disk",
                reason: "SPOOL")
        }
    }
}
