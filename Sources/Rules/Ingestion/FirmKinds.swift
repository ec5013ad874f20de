/// The firms that the facts of assets and rounds name.
extension ImportKind {
    public static let appraisers = firms(
        "appraisers", title: "Tổ chức thẩm định giá", code: "appraiser_code")

    public static let auctionHouses = firms(
        "auction_houses", title: "Tổ chức đấu giá", code: "house_code")

    private static func firms(_ name: String, title: String, code: String) -> ImportKind {
        ImportKind(
            name: name, title: title, parent: .none,
            columns: [
                must(code, .text),
                must("name", .text),
                may("licence_no", .text),
                may("licensed_on", .day),
                may("licence_until", .day),
                may("suspended_from", .day),
                may("suspended_until", .day),
                may("capability", .choice(FirmCapability.allCases.map(\.rawValue))),
                may("value_up_to", .money),
                may("address", .text),
            ], keyCount: 1)
    }
}
