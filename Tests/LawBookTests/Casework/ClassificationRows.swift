import Rules

extension LegalityRow {
    /// Điều 44a và NĐ 62/2015 Điều 9: chưa có điều kiện, và có điều kiện trở lại.
    static let classification: [LegalityRow] = [
        LegalityRow(
            "chưa xác minh", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44a.1")),
        LegalityRow(
            "xác minh chưa có điều kiện cùng ngày", .notEnforceable, "10/03", ground: "44a.1.a",
            .lawful
        ) { $0.verified(.notEnforceable, "10/03") },
        LegalityRow(
            "xác minh sau ngày quyết định", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44a.1")
        ) { $0.verified(.notEnforceable, "11/03") },
        LegalityRow(
            "xác minh đúng 06 tháng trước", .notEnforceable, "10/03", ground: "44a.1.a", .lawful
        ) { $0.verified(.notEnforceable, "10/09/2020") },
        LegalityRow(
            "xác minh quá 06 tháng một ngày", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44.2")
        ) { $0.verified(.notEnforceable, "09/09/2020") },
        LegalityRow(
            "xác minh ngày 31/08, 06 tháng là cuối tháng 2", .notEnforceable, "28/02",
            ground: "44a.1.a", .lawful
        ) { $0.verified(.notEnforceable, "31/08/2020") },
        LegalityRow(
            "xác minh ngày 31/08, sang tháng 3", .notEnforceable, "01/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44.2")
        ) { $0.verified(.notEnforceable, "31/08/2020") },
        LegalityRow(
            "chưa rõ địa chỉ: kỳ 01 năm", .notEnforceable, "10/03", ground: "44a.1.c", .lawful
        ) {
            $0.addressUnknown = true
            $0.verified(.notEnforceable, "10/03/2020")
        },
        LegalityRow(
            "chưa rõ địa chỉ: quá 01 năm", .notEnforceable, "10/03", ground: "44a.1.c",
            .refused("LTHADS Điều 44.2")
        ) {
            $0.addressUnknown = true
            $0.verified(.notEnforceable, "09/03/2020")
        },
        LegalityRow(
            "án tù còn đúng 02 năm: kỳ 01 năm", .notEnforceable, "10/03", ground: "44a.1.a",
            .lawful
        ) {
            $0.prisonUntil = on("10/03/2023")
            $0.verified(.notEnforceable, "10/03/2020")
        },
        LegalityRow(
            "án tù còn chưa đủ 02 năm: kỳ 06 tháng", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44.2")
        ) {
            $0.prisonUntil = on("09/03/2023")
            $0.verified(.notEnforceable, "10/03/2020")
        },
        LegalityRow(
            "xác minh gần nhất có điều kiện", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44a.1")
        ) {
            $0.verified(.notEnforceable, "01/03")
            $0.verified(.enforceable, "05/03")
        },
        LegalityRow(
            "thiếu căn cứ", .notEnforceable, "10/03", .refused("LTHADS Điều 44a")
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "căn cứ không có trong luật", .notEnforceable, "10/03", ground: "44a.1.d",
            .refused("LTHADS Điều 44a")
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "căn cứ của hoãn", .notEnforceable, "10/03", ground: "48.1.b",
            .refused("LTHADS Điều 44a")
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "còn tài sản kê biên", .notEnforceable, "10/03", ground: "44a.1.a",
            .asks(["asset_covers_costs_only"])
        ) {
            $0.verified(.notEnforceable, "01/03")
            $0.seized("1", "20/02")
        },
        LegalityRow(
            "còn tài sản kê biên, đã xác nhận chỉ đủ chi phí", .notEnforceable, "10/03",
            ground: "44a.1.a", confirmed: ["asset_covers_costs_only"], .lawful
        ) {
            $0.verified(.notEnforceable, "01/03")
            $0.seized("1", "20/02")
        },
        LegalityRow(
            "tài sản đã giải tỏa", .notEnforceable, "10/03", ground: "44a.1.a", .lawful
        ) {
            $0.verified(.notEnforceable, "01/03")
            $0.seized("1", "20/02", released: "05/03")
        },
        LegalityRow(
            "không ghi chưa rõ địa chỉ", .notEnforceable, "10/03", ground: "44a.1.c",
            .asks(["address_unknown"])
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "xác minh ghi căn cứ khác", .notEnforceable, "10/03", ground: "44a.1.a",
            .asks(["ground_verified"])
        ) { $0.verified(.notEnforceable, "01/03", ground: "44a.1.c") },
        LegalityRow(
            "vật đặc định, xác minh không ghi căn cứ", .notEnforceable, "10/03",
            ground: "44a.1.b", .asks(["ground_verified"])
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "đã có quyết định 44a còn hiệu lực", .notEnforceable, "10/03", ground: "44a.1.a",
            .refused("LTHADS Điều 44a.1")
        ) {
            $0.verified(.notEnforceable, "01/03")
            $0.decided(.notEnforceable, "04/01", ground: "44a.1.a")
        },
        LegalityRow(
            "đúng hạn 05 ngày làm việc từ căn cứ", .notEnforceable, "08/03", ground: "44a.1.a",
            groundOn: "01/03", .lawful
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "chậm hạn 05 ngày làm việc", .notEnforceable, "09/03", ground: "44a.1.a",
            groundOn: "01/03", .late("E-13")
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "05 ngày làm việc qua Tết", .notEnforceable, "22/02", ground: "44a.1.a",
            groundOn: "08/02", .lawful
        ) { $0.verified(.notEnforceable, "08/02") },
        LegalityRow(
            "căn cứ sau ngày quyết định", .notEnforceable, "09/03", ground: "44a.1.a",
            groundOn: "10/03", .refused("NĐ 62/2015 Điều 9.4")
        ) { $0.verified(.notEnforceable, "01/03") },
        LegalityRow(
            "có điều kiện trở lại, đã xác minh", .enforceable, "10/03", .lawful
        ) {
            $0.decided(.notEnforceable, "04/01", ground: "44a.1.a")
            $0.verified(.enforceable, "08/03")
        },
        LegalityRow(
            "chưa xác minh lại sau quyết định 44a", .enforceable, "10/03",
            .refused("NĐ 62/2015 Điều 9.4")
        ) {
            $0.decided(.notEnforceable, "04/01", ground: "44a.1.a")
            $0.verified(.enforceable, "20/12/2020")
        },
        LegalityRow(
            "xác minh lại vẫn chưa có điều kiện", .enforceable, "10/03",
            .refused("LTHADS Điều 44a.1")
        ) {
            $0.decided(.notEnforceable, "04/01", ground: "44a.1.a")
            $0.verified(.notEnforceable, "08/03")
        },
        LegalityRow(
            "việc không ở tình trạng chưa có điều kiện", .enforceable, "10/03",
            .refused("NĐ 62/2015 Điều 9.4")
        ) { $0.verified(.enforceable, "08/03") },
    ]
}
