import Rules

/// The appraisers and auction houses that work in the province, all of them fictional.
///
/// One appraiser's licence ends within the campaign and one house may sell assets up to a value only, so that
/// contracts which the registry does not bear out are among the facts.
enum ProvinceFirms {
    static let appraisers: [RegisteredFirm] = [
        firm(.appraiser, "TD01", "Công ty CP Thẩm định giá Mê Kông Xanh", until: nil),
        firm(
            .appraiser, "TD02", "Công ty TNHH Thẩm định giá Nam Hậu",
            until: Day(iso: "2021-03-31")),
        firm(.appraiser, "TD03", "Công ty CP Thẩm định giá và Tư vấn Cửu Long", until: nil),
    ]
    static let houses: [RegisteredFirm] = [
        firm(.auctionHouse, "DG01", "Trung tâm Dịch vụ đấu giá tài sản tỉnh", until: nil),
        firm(.auctionHouse, "DG02", "Công ty Đấu giá hợp danh Hậu Giang Mới", until: nil),
        limited(
            firm(.auctionHouse, "DG03", "Công ty Đấu giá hợp danh Bình Minh Tây", until: nil),
            to: Dong(5_000_000_000)),
    ]

    private static func firm(
        _ role: FirmRole, _ code: String, _ name: String, until: Day?
    ) -> RegisteredFirm {
        var firm = RegisteredFirm(role: role, code: code, name: name)
        firm.licenceNo = "\(code)/GCN"
        firm.licensedOn = Day(iso: "2016-01-04")
        firm.licenceUntil = until
        return firm
    }

    private static func limited(_ firm: RegisteredFirm, to value: Dong) -> RegisteredFirm {
        var firm = firm
        firm.valueUpTo = value
        return firm
    }
}

extension Tables {
    mutating func writeFirms() {
        for firm in ProvinceFirms.appraisers { Tables.write(firm, into: &appraisers) }
        for firm in ProvinceFirms.houses { Tables.write(firm, into: &auctionHouses) }
    }

    private static func write(_ firm: RegisteredFirm, into table: inout CSVTable) {
        table.text(firm.code)
        table.text(firm.name)
        table.text(firm.licenceNo)
        table.day(firm.licensedOn)
        table.day(firm.licenceUntil)
        table.day(firm.suspendedFrom)
        table.day(firm.suspendedUntil)
        table.text(firm.capability?.rawValue)
        table.money(firm.valueUpTo)
        table.text(firm.address)
        table.endRow()
    }
}
