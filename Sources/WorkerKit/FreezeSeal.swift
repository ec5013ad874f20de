internal import Digests
public import Rules
public import Store
internal import Wire

extension Freeze {
    /// Hexadecimal digits of the digest that make the id.
    private static let idDigits = 12

    /// A freeze with its digest, and the id that follows from it: the same state has the same id.
    public static func sealed(
        campaign: String, planVersion: Int, lawBook: String, asOf: Day, knownAt: Int64,
        score: [UInt8], rank: [UInt8]
    ) -> Freeze {
        var freeze = Freeze(
            id: "", campaign: campaign, planVersion: planVersion, lawBook: lawBook, asOf: asOf,
            knownAt: knownAt, score: score, rank: rank, sha256: "")
        freeze.sha256 = freeze.digest
        freeze.id = freeze.idOfDigest
        return freeze
    }

    /// Whether all that was frozen is as it was.
    public var isIntact: Bool { sha256 == digest && id == idOfDigest }

    private var idOfDigest: String { "F-" + sha256.prefix(Freeze.idDigits) }

    private var digest: String {
        var hasher = SHA256Hasher()
        let head = """
            caodiem.freeze/1
            \(campaign)
            \(planVersion)
            \(lawBook)
            \(asOf)
            \(knownAt)
            \(score.count)
            \(rank.count)

            """
        hasher.update(Array(head.utf8))
        hasher.update(score)
        hasher.update(rank)
        return hasher.hex()
    }
}

extension ReadScope {
    /// The freeze of that id, its digest checked.
    ///
    /// - Throws: NOT_FOUND, or DATA_LOSS where anything of it has changed since it was made.
    public func requiredFreeze(_ id: String) throws -> FreezeRecord {
        guard let record = try freeze(id: id) else {
            throw Failure(
                .notFound, "không có bản chốt số liệu “\(id)”", field: "freeze",
                hint: "xem caodiem campaign freezes")
        }
        return try record.checked()
    }
}

extension FreezeRecord {
    /// Itself, where it is intact.
    public func checked() throws -> FreezeRecord {
        guard freeze.isIntact else {
            throw Failure(
                .dataLoss, "bản chốt số liệu \(freeze.id) đã hỏng: nội dung không khớp mã băm",
                field: "freeze", hint: "khôi phục kho từ bản sao lưu có trước khi hỏng",
                reason: "FREEZE_DAMAGED")
        }
        return self
    }
}
