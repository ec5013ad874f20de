import Wire

/// `caodiem.auction-houses/1` and `caodiem.appraisers/1`: the registry with the records.
enum AuctionFirmsAnswer {
    enum Role { case houses, appraisers }

    static func of(
        _ messages: [AuctionV1.Firm], _ role: Role, whole: Bool = false
    ) -> Answer {
        let head = messages.lazy.compactMap(\.head).first ?? AuctionV1.AuctionHead()
        let firms = messages.filter { $0.head == nil }
        return Answer(json(firms, role, head)) { terminal in
            whole
                ? firms.map { card($0, terminal) }.joined(separator: "\n\n")
                : table(firms, role, head, terminal)
        }
    }

    private static func json(
        _ firms: [AuctionV1.Firm], _ role: Role, _ head: AuctionV1.AuctionHead
    ) -> JSON {
        let (schema, list) =
            switch role {
            case .houses: ("auction-houses/1", "houses")
            case .appraisers: ("appraisers/1", "appraisers")
            }
        return .answer(schema, head.members + [.init(list, .list(firms, firm))])
    }

    private static func firm(_ firm: AuctionV1.Firm) -> JSON {
        [
            "code": .text(firm.code), "name": .string(firm.name),
            "registered": .bool(firm.registered), "licence_no": .text(firm.licenceNo),
            "licensed_on": .text(firm.licensedOn), "licence_until": .text(firm.licenceUntil),
            "suspended_from": .text(firm.suspendedFrom),
            "suspended_until": .text(firm.suspendedUntil),
            "capability": .text(firm.capability), "value_up_to": .number(firm.valueUpTo),
            "address": .text(firm.address), "obstacles": .list(firm.obstacles, obstacle),
            "units": .list(firm.units) { .string($0) }, "record": record(firm),
            "findings": .list(firm.findings) { finding in
                [
                    "unit": .string(finding.unit), "decision_no": .string(finding.decisionNo),
                    "asset_no": .string(finding.assetNo), "number": .number(finding.number),
                    "on": .string(finding.on),
                    "obstacles": .list(finding.obstacles, obstacle),
                    "rule": .string(finding.rule), "citation": .text(finding.citation),
                ]
            },
        ]
    }

    private static func obstacle(_ obstacle: AuctionV1.FirmObstacle) -> JSON {
        ["code": .string(obstacle.code), "text": .text(obstacle.text)]
    }

    private static func record(_ firm: AuctionV1.Firm) -> JSON {
        if let house = firm.house {
            return [
                "contracts": .number(house.contracts), "assets": .number(house.assets),
                "held": .number(house.held), "sold": .number(house.sold),
                "failed": .number(house.failed),
                "no_participants": .number(house.noParticipants),
                "cancelled": .number(house.cancelled), "share_sold": .text(house.shareSold),
                "price_over_start": .text(house.priceOverStart),
                "contract_to_auction_days": .text(house.contractToAuctionDays),
                "posting_to_auction_days": .text(house.postingToAuctionDays),
                "auction_to_notice_days": .text(house.auctionToNoticeDays),
                "sold_start": .integer(house.soldStart), "sold_price": .integer(house.soldPrice),
            ]
        }
        guard let appraiser = firm.appraiser else { return .null }
        return [
            "contracts": .number(appraiser.contracts), "assets": .number(appraiser.assets),
            "valuations": .number(appraiser.valuations),
            "revaluations": .number(appraiser.revaluations),
            "contract_to_value_days": .text(appraiser.contractToValueDays),
            "sold": .number(appraiser.sold),
            "price_over_value": .text(appraiser.priceOverValue),
            "sold_value": .integer(appraiser.soldValue),
            "sold_price": .integer(appraiser.soldPrice),
        ]
    }
}

/// What people read.
extension AuctionFirmsAnswer {
    private static func standing(_ firm: AuctionV1.Firm) -> Cell {
        if !firm.registered { return Cell(FirmText.unregistered.text, .pending) }
        if firm.obstacles.isEmpty { return Cell(FirmText.fit.text, .good) }
        return Cell(firm.obstacles.map(obstacleText).joined(separator: "; "), .bad)
    }

    private static func obstacleText(_ obstacle: AuctionV1.FirmObstacle) -> String {
        Language.current == .vi ? obstacle.text : Terms.firmObstacle[obstacle.code]
    }

    private static func table(
        _ firms: [AuctionV1.Firm], _ role: Role, _ head: AuctionV1.AuctionHead,
        _ terminal: Terminal
    ) -> String {
        let title = FirmText.title(firms.count, role == .houses, Formats.day(head.asOf)).text
        guard !firms.isEmpty else { return terminal.paragraph(title) }
        let figures: [Column] =
            role == .houses
            ? [
                Column(FirmText.held, .right), Column(FirmText.sold, .right),
                Column(FirmText.shareSold, .right), Column(FirmText.priceOverStart, .right),
                Column(FirmText.contractDays, .right, dropOrder: 2),
                Column(FirmText.cancelled, .right, dropOrder: 1),
            ]
            : [
                Column(FirmText.valuations, .right), Column(FirmText.revaluations, .right),
                Column(FirmText.valueDays, .right, dropOrder: 2),
                Column(FirmText.priceOverValue, .right, dropOrder: 1),
            ]
        var table = Table(
            [
                Column(FirmText.code, dropOrder: 3), Column(FirmText.name, wrapsTo: 20),
                Column(FirmText.standing, wrapsTo: 16),
                Column(FirmText.contracts, .right),
            ] + figures + [Column(FirmText.findings, .right)])
        for firm in firms {
            table.add(
                [Cell(firm.code), Cell(firm.name), standing(firm)] + figureCells(firm)
                    + [
                        Cell(
                            Formats.count(firm.findings.count),
                            firm.findings.isEmpty ? .plain : .bad)
                    ])
        }
        return terminal.paragraph(title) + "\n\n" + table.rendered(on: terminal)
    }

    private static func figureCells(_ firm: AuctionV1.Firm) -> [Cell] {
        if let house = firm.house {
            return [
                Cell(Formats.count(house.contracts)), Cell(Formats.count(house.held)),
                Cell(Formats.count(house.sold)), Cell(Formats.threshold(house.shareSold)),
                Cell(Formats.threshold(house.priceOverStart)),
                Cell(Formats.decimal(house.contractToAuctionDays)),
                Cell(Formats.count(house.cancelled)),
            ]
        }
        let appraiser = firm.appraiser ?? AuctionV1.AppraiserRecord()
        return [
            Cell(Formats.count(appraiser.contracts)), Cell(Formats.count(appraiser.valuations)),
            Cell(Formats.count(appraiser.revaluations)),
            Cell(Formats.decimal(appraiser.contractToValueDays)),
            Cell(Formats.threshold(appraiser.priceOverValue)),
        ]
    }

    private static func card(_ firm: AuctionV1.Firm, _ terminal: Terminal) -> String {
        var fields: [(Phrase, String)] = [
            (FirmText.code, firm.code), (FirmText.standing, standing(firm).text),
            (FirmText.licence, firm.licenceNo),
            (FirmText.licensed, period(firm.licensedOn, firm.licenceUntil)),
            (FirmText.suspended, period(firm.suspendedFrom, firm.suspendedUntil)),
            (FirmText.capability, firm.capability.isEmpty ? "" : Terms.capability[firm.capability]),
            (FirmText.valueUpTo, firm.valueUpTo.map { Formats.money($0) } ?? ""),
            (FirmText.address, firm.address), (FirmText.units, firm.units.joined(separator: ", ")),
        ]
        if let house = firm.house { fields += figures(house) }
        if let appraiser = firm.appraiser { fields += figures(appraiser) }
        var parts = [
            terminal.styled(terminal.paragraph(firm.name), .strong), terminal.fields(fields),
        ]
        let findings = firm.findings.map { finding in
            let why = finding.obstacles.map(obstacleText).joined(separator: "; ")
            return terminal.paragraph(
                FirmText.finding(
                    "\(finding.unit) \(finding.decisionNo) \(finding.assetNo)",
                    Formats.day(finding.on), why, finding.citation
                ).text)
        }
        if !findings.isEmpty { parts.append(findings.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    private static func figures(_ house: AuctionV1.HouseRecord) -> [(Phrase, String)] {
        [
            (FirmText.contracts, Formats.count(house.contracts)),
            (FirmText.held, Formats.count(house.held)), (FirmText.sold, Formats.count(house.sold)),
            (FirmText.shareSold, Formats.threshold(house.shareSold)),
            (FirmText.noParticipants, Formats.count(house.noParticipants)),
            (FirmText.cancelled, Formats.count(house.cancelled)),
            (FirmText.priceOverStart, Formats.threshold(house.priceOverStart)),
            (FirmText.contractDays, Formats.decimal(house.contractToAuctionDays)),
            (FirmText.postingDays, Formats.decimal(house.postingToAuctionDays)),
            (FirmText.noticeDays, Formats.decimal(house.auctionToNoticeDays)),
        ]
    }

    private static func figures(_ appraiser: AuctionV1.AppraiserRecord) -> [(Phrase, String)] {
        [
            (FirmText.contracts, Formats.count(appraiser.contracts)),
            (FirmText.valuations, Formats.count(appraiser.valuations)),
            (FirmText.revaluations, Formats.count(appraiser.revaluations)),
            (FirmText.valueDays, Formats.decimal(appraiser.contractToValueDays)),
            (FirmText.priceOverValue, Formats.threshold(appraiser.priceOverValue)),
        ]
    }

    private static func period(_ from: String, _ until: String) -> String {
        from.isEmpty && until.isEmpty ? "" : "\(Formats.day(from)) – \(Formats.day(until))"
    }
}

private enum FirmText {
    static let code = Phrase("Mã", "Code")
    static let name = Phrase("Tổ chức", "Firm")
    static let standing = Phrase("Điều kiện", "Standing")
    static let fit = Phrase("đủ điều kiện", "fit")
    static let unregistered = Phrase("chưa đăng ký", "not registered")
    static let licence = Phrase("Giấy phép", "Licence")
    static let licensed = Phrase("Hiệu lực", "Valid")
    static let suspended = Phrase("Đình chỉ", "Suspended")
    static let capability = Phrase("Năng lực", "Capability")
    static let valueUpTo = Phrase("Giá trị tối đa", "Value up to")
    static let address = Phrase("Địa chỉ", "Address")
    static let units = Phrase("Đơn vị", "Units")
    static let contracts = Phrase("Hợp đồng", "Contracts")
    static let held = Phrase("Lần đấu giá", "Rounds held")
    static let sold = Phrase("Bán được", "Sold")
    static let shareSold = Phrase("Tỷ lệ bán", "Share sold")
    static let noParticipants = Phrase("Không có người tham gia", "No participants")
    static let cancelled = Phrase("Hủy", "Cancelled")
    static let priceOverStart = Phrase("Giá bán/khởi điểm", "Price over start")
    static let contractDays = Phrase("Hợp đồng đến đấu giá (ngày)", "Contract to auction (days)")
    static let postingDays = Phrase("Niêm yết đến đấu giá (ngày)", "Posting to auction (days)")
    static let noticeDays = Phrase("Đấu giá đến thông báo (ngày)", "Auction to notice (days)")
    static let valuations = Phrase("Lần thẩm định", "Valuations")
    static let revaluations = Phrase("Thẩm định lại", "Revaluations")
    static let valueDays = Phrase("Hợp đồng đến chứng thư (ngày)", "Contract to value (days)")
    static let priceOverValue = Phrase("Giá bán/thẩm định", "Price over value")
    static let findings = Phrase("Phát hiện", "Findings")

    static func title(_ count: Int, _ houses: Bool, _ day: String) -> Phrase {
        let number = Formats.count(count)
        return houses
            ? Phrase(
                "\(number) tổ chức đấu giá, số liệu đến ngày \(day)",
                "\(number) auction houses as of \(day)")
            : Phrase(
                "\(number) tổ chức thẩm định giá, số liệu đến ngày \(day)",
                "\(number) appraisers as of \(day)")
    }
    static func finding(_ asset: String, _ day: String, _ why: String, _ place: String) -> Phrase {
        Phrase(
            "\(asset): hợp đồng ngày \(day) khi \(why) (\(place)).",
            "\(asset): contract of \(day), when \(why) (\(place)).")
    }
}
