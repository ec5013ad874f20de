import Rules

extension LegalityRow {
    /// Điều 48, 49 và NĐ 62/2015 Điều 14: hoãn, tạm đình chỉ, tiếp tục.
    static let postponement: [LegalityRow] = [
        LegalityRow(
            "ốm nặng", .postpone, "10/03", ground: "48.1.a", .asks(["personal_duty"])),
        LegalityRow(
            "ốm nặng, nghĩa vụ phải tự mình thực hiện", .postpone, "10/03", ground: "48.1.a",
            confirmed: ["personal_duty"], .lawful),
        LegalityRow(
            "chưa rõ địa chỉ", .postpone, "10/03", ground: "48.1.b", .asks(["personal_duty"])),
        LegalityRow(
            "đồng ý hoãn có thời hạn", .postpone, "10/03", ground: "48.1.c", until: "10/06",
            .lawful),
        LegalityRow(
            "đồng ý hoãn không ghi thời hạn", .postpone, "10/03", ground: "48.1.c",
            .refused("LTHADS Điều 48.1.c")),
        LegalityRow(
            "hạn hoãn đúng ngày quyết định", .postpone, "10/03", ground: "48.1.c",
            until: "10/03", .lawful),
        LegalityRow(
            "hạn hoãn trước ngày quyết định", .postpone, "10/03", ground: "48.1.c",
            until: "09/03", .refused("LTHADS Điều 48.1.c")),
        LegalityRow(
            "tài sản duy nhất đang ở Tòa án", .postpone, "10/03", ground: "48.1.d", .lawful
        ) { $0.seized("1", "20/02") },
        LegalityRow(
            "còn tài sản khác", .postpone, "10/03", ground: "48.1.d", .asks(["no_other_assets"])
        ) {
            $0.seized("1", "20/02")
            $0.seized("2", "20/02")
        },
        LegalityRow("chờ giải thích bản án", .postpone, "10/03", ground: "48.1.đ", .lawful),
        LegalityRow("không đến nhận tài sản", .postpone, "10/03", ground: "48.1.e", .lawful),
        LegalityRow("chưa chuyển giao được quyền", .postpone, "10/03", ground: "48.1.g", .lawful),
        LegalityRow(
            "không bán được, người được thi hành án không nhận", .postpone, "31/05",
            ground: "48.1.h", .lawful
        ) { $0.seized("1", "05/03", failed: "19/04", refused: "28/05") },
        LegalityRow(
            "không bán được, chưa hỏi người được thi hành án", .postpone, "31/05",
            ground: "48.1.h", .refused("LTHADS Điều 48.1.h")
        ) { $0.seized("1", "05/03", failed: "19/04") },
        LegalityRow(
            "từ chối nhận sau ngày quyết định", .postpone, "31/05", ground: "48.1.h",
            .refused("LTHADS Điều 48.1.h")
        ) { $0.seized("1", "05/03", failed: "19/04", refused: "01/06") },
        LegalityRow(
            "không có tài sản kê biên", .postpone, "31/05", ground: "48.1.h",
            .refused("LTHADS Điều 48.1.h")),
        LegalityRow("thiếu căn cứ hoãn", .postpone, "10/03", .refused("LTHADS Điều 48")),
        LegalityRow(
            "yêu cầu của người kháng nghị, hoãn đúng 03 tháng", .postpone, "02/03",
            ground: "48.2", groundOn: "01/03", until: "01/06", .lawful),
        LegalityRow(
            "hoãn quá 03 tháng một ngày", .postpone, "02/03", ground: "48.2", groundOn: "01/03",
            until: "02/06", .refused("LTHADS Điều 48.2")),
        LegalityRow(
            "03 tháng từ 30/11: cuối tháng 2, là Chủ nhật nên sang thứ Hai", .postpone,
            "01/12/2020",
            ground: "48.2", groundOn: "30/11/2020", until: "01/03", .lawful),
        LegalityRow(
            "03 tháng từ 30/11, quá thứ Hai", .postpone, "01/12/2020", ground: "48.2",
            groundOn: "30/11/2020", until: "02/03", .refused("LTHADS Điều 48.2")),
        LegalityRow(
            "thiếu ngày của văn bản yêu cầu", .postpone, "02/03", ground: "48.2",
            .refused("LTHADS Điều 48.2")),
        LegalityRow(
            "yêu cầu hoãn lần thứ hai", .postpone, "02/08", ground: "48.2", groundOn: "02/08",
            .refused("LTHADS Điều 48.2")
        ) {
            $0.decided(.postpone, "02/03", ground: "48.2")
            $0.decided(.resume, "03/06")
        },
        LegalityRow(
            "đang hoãn theo căn cứ khác", .postpone, "10/03", ground: "48.1.đ",
            .asks(["replaces_postponement"])
        ) { $0.decided(.postpone, "01/03", ground: "48.1.c", until: "01/05") },
        LegalityRow(
            "hoãn chậm 05 ngày làm việc", .postpone, "09/03", ground: "48.1.đ",
            groundOn: "01/03", .late("C-05")),
        LegalityRow(
            "hoãn khi đang tạm đình chỉ", .postpone, "10/03", ground: "48.1.c", until: "01/05",
            .refused("LTHADS Điều 49")
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
        LegalityRow(
            "có quyết định của người kháng nghị", .suspend, "10/03", ground: "49.1", .lawful),
        LegalityRow(
            "tạm đình chỉ khi đang hoãn theo 48.2", .suspend, "10/03", ground: "49.1", .lawful
        ) { $0.decided(.postpone, "01/03", ground: "48.2") },
        LegalityRow("Tòa án thụ lý phá sản", .suspend, "10/03", ground: "49.2", .lawful),
        LegalityRow(
            "phá sản, chậm 05 ngày làm việc", .suspend, "10/03", ground: "49.2",
            groundOn: "01/03", .late("C-09")),
        LegalityRow("thiếu căn cứ tạm đình chỉ", .suspend, "10/03", .refused("LTHADS Điều 49")),
        LegalityRow(
            "căn cứ 49.3 không phải để tạm đình chỉ", .suspend, "10/03", ground: "49.3.a",
            .refused("LTHADS Điều 49")),
        LegalityRow(
            "đã tạm đình chỉ", .suspend, "10/03", ground: "49.2", .refused("LTHADS Điều 49")
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
        LegalityRow(
            "tiếp tục khi hết thời hạn hoãn", .resume, "02/05", .lawful
        ) { $0.decided(.postpone, "01/03", ground: "48.1.c", until: "01/05") },
        LegalityRow(
            "tiếp tục khi còn thời hạn hoãn", .resume, "01/05", .asks(["ground_gone"])
        ) { $0.decided(.postpone, "01/03", ground: "48.1.c", until: "01/05") },
        LegalityRow(
            "tiếp tục việc không hoãn", .resume, "01/05", .refused("LTHADS Điều 48.4")),
        LegalityRow(
            "tiếp tục việc chưa có điều kiện", .resume, "01/05", .refused("LTHADS Điều 48.4")
        ) { $0.decided(.notEnforceable, "01/03", ground: "44a.1.a") },
        LegalityRow(
            "đã tiếp tục rồi", .resume, "01/05", .refused("LTHADS Điều 48.4")
        ) {
            $0.decided(.postpone, "01/03", ground: "48.1.đ")
            $0.decided(.resume, "15/04")
        },
        LegalityRow(
            "tiếp tục sau tạm đình chỉ, rút kháng nghị", .resume, "01/05", ground: "49.3.a",
            .lawful
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
        LegalityRow(
            "tiếp tục sau tạm đình chỉ không có căn cứ", .resume, "01/05",
            .refused("LTHADS Điều 49.3")
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
        LegalityRow(
            "căn cứ của tạm đình chỉ khi đang hoãn", .resume, "01/05", ground: "49.3.b",
            .refused("LTHADS Điều 48.4")
        ) { $0.decided(.postpone, "01/03", ground: "48.1.đ") },
        LegalityRow(
            "tiếp tục chậm", .resume, "11/05", ground: "49.3.a", groundOn: "29/04", .late("C-10")
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
        LegalityRow(
            "05 ngày làm việc qua 30/4, 1/5 và nghỉ bù 3/5", .resume, "07/05", ground: "49.3.a",
            groundOn: "28/04", .lawful
        ) { $0.decided(.suspend, "01/03", ground: "49.1") },
    ]
}
