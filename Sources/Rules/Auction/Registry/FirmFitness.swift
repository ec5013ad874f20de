/// Why a firm may not be contracted.
public enum FirmObstacle: Sendable, Hashable {
    case notYetLicensed(from: Day)
    case expired(on: Day)
    case suspended(from: Day, until: Day?)
    case kind(AssetKind)
    case value(most: Dong)

    /// A stable word for programs.
    public var code: String {
        switch self {
        case .notYetLicensed: "not_yet_licensed"
        case .expired: "licence_expired"
        case .suspended: "suspended"
        case .kind: "kind_not_covered"
        case .value: "value_not_covered"
        }
    }

    /// One clause in Vietnamese.
    public var vietnamese: String {
        switch self {
        case .notYetLicensed(let from): "giấy phép có hiệu lực từ ngày \(from.vietnamese)"
        case .expired(let on): "giấy phép hết hiệu lực ngày \(on.vietnamese)"
        case .suspended(let from, let until):
            "bị đình chỉ hoạt động từ ngày \(from.vietnamese)"
                + (until.map { " đến ngày \($0.vietnamese)" } ?? "")
        case .kind(.realEstate): "không đủ năng lực đối với bất động sản"
        case .kind(.movable): "không đủ năng lực đối với động sản"
        case .value(let most): "chỉ đủ năng lực với tài sản đến \(most.vietnamese) đồng"
        }
    }
}

/// The refusal of a contract with a firm that was not fit for it on that day.
public struct FirmRefusal: Error, Sendable, Equatable {
    public let firm: RegisteredFirm
    public let on: Day
    /// At least one.
    public let obstacles: [FirmObstacle]
    public let rule: AppliedRule

    /// One sentence in Vietnamese: who, when, why, by what.
    public var sentence: String {
        let why = obstacles.map(\.vietnamese).joined(separator: "; ")
        return
            "Ngày \(on.vietnamese) không ký được hợp đồng với \(firm.name): \(why) (\(rule.citation))."
    }
}

extension RegisteredFirm {
    /// What stood in the way of a contract on `day` about an asset of that kind and value; empty when nothing did.
    /// A firm whose licence has no first day counts as licensed from ever.
    public func obstacles(for kind: AssetKind, value: Dong?, on day: Day) -> [FirmObstacle] {
        var found = obstacles(on: day)
        if let capability, !capability.covers(kind) { found.append(.kind(kind)) }
        if let valueUpTo, let value, value > valueUpTo { found.append(.value(most: valueUpTo)) }
        return found
    }

    /// What stands in the way of any contract on `day`.
    public func obstacles(on day: Day) -> [FirmObstacle] {
        var found: [FirmObstacle] = []
        if let licensedOn, day < licensedOn { found.append(.notYetLicensed(from: licensedOn)) }
        if let licenceUntil, licenceUntil < day { found.append(.expired(on: licenceUntil)) }
        if let suspendedFrom, suspendedFrom <= day, suspendedUntil.map({ day <= $0 }) ?? true {
            found.append(.suspended(from: suspendedFrom, until: suspendedUntil))
        }
        return found
    }
}

/// The rule that a contract with an unfit firm offends: the choice of the auction organisation (V-08a), the
/// contract with the appraiser (V-02).
private func fitnessRule(_ role: FirmRole, law: LawTable, on day: Day) -> AppliedRule {
    switch role {
    case .auctionHouse:
        law.applied(
            "V-08a", on: day,
            text: "Chấp hành viên ký hợp đồng với tổ chức đấu giá có đủ điều kiện, năng lực.",
            otherwise: Citation(instrument: "LĐGTS", place: "Điều 56"))
    case .appraiser:
        law.applied(
            "V-02", on: day,
            text: "Chấp hành viên ký hợp đồng với tổ chức thẩm định giá có đủ điều kiện.",
            otherwise: Citation(instrument: "LTHADS", place: "Điều 98.2"))
    }
}

extension FirmRegister {
    /// Refuses a contract with the firm named `text` on `day` where it is registered and not fit for the asset.
    /// A firm that is not registered is not refused: the answer says so.
    public func checkContract(
        with text: String, kind: AssetKind, value: Dong?, on day: Day, law: LawTable
    ) throws(FirmRefusal) -> RegisteredFirm? {
        guard let firm = firm(named: text) else { return nil }
        let obstacles = firm.obstacles(for: kind, value: value, on: day)
        guard obstacles.isEmpty else {
            throw FirmRefusal(
                firm: firm, on: day, obstacles: obstacles,
                rule: fitnessRule(role, law: law, on: day))
        }
        return firm
    }
}
