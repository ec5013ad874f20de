import Rules

extension LegalityRow {
    /// Điều 50, 52, 55 và 61: đình chỉ, kết thúc, ủy thác, giảm nghĩa vụ; và những gì chung cho mọi quyết định.
    static let ending: [LegalityRow] = [
        LegalityRow("chết không để lại di sản", .terminate, "10/03", ground: "50.1.a", .lawful),
        LegalityRow(
            "không có người thừa kế", .terminate, "10/03", ground: "50.1.b",
            .asks(["heirs_notified"])),
        LegalityRow(
            "người được thi hành án yêu cầu đình chỉ", .terminate, "10/03", ground: "50.1.c",
            .asks(["no_third_party_harmed"])),
        LegalityRow(
            "yêu cầu đình chỉ, không ảnh hưởng người thứ ba", .terminate, "10/03",
            ground: "50.1.c", confirmed: ["no_third_party_harmed"], .lawful),
        LegalityRow(
            "đình chỉ khoản thu ngân sách", .terminate, "10/03", ground: "50.1.c",
            .asks(["no_third_party_harmed", "creditor_may_waive"])
        ) { $0.stateRevenue = true },
        LegalityRow("bản án bị hủy", .terminate, "10/03", ground: "50.1.d", .lawful),
        LegalityRow("tổ chức đã giải thể", .terminate, "10/03", ground: "50.1.đ", .lawful),
        LegalityRow(
            "miễn, chưa ghi quyết định của Tòa án", .terminate, "10/03", ground: "50.1.e",
            .asks(["exemption_decided"])),
        LegalityRow(
            "miễn, đã có quyết định của Tòa án", .terminate, "10/03", ground: "50.1.e", .lawful
        ) { $0.exempted(.exempt, "05/03", 100_000_000) },
        LegalityRow(
            "quyết định miễn sau ngày đình chỉ", .terminate, "10/03", ground: "50.1.e",
            .asks(["exemption_decided"])
        ) { $0.exempted(.exempt, "11/03", 100_000_000) },
        LegalityRow("mở thủ tục phá sản", .terminate, "10/03", ground: "50.1.g", .lawful),
        LegalityRow("thiếu căn cứ đình chỉ", .terminate, "10/03", .refused("LTHADS Điều 50")),
        LegalityRow(
            "căn cứ 50.1.i không có", .terminate, "10/03", ground: "50.1.i",
            .refused("LTHADS Điều 50")),
        LegalityRow(
            "đình chỉ đúng số còn lại", .terminate, "10/03", ground: "50.1.a",
            amount: 70_000_000, .lawful
        ) { $0.paid(30_000_000, "01/03") },
        LegalityRow(
            "đình chỉ một phần bằng quyết định đình chỉ", .terminate, "10/03", ground: "50.1.a",
            amount: 69_999_999, .refused("LTHADS Điều 50.1.c")
        ) { $0.paid(30_000_000, "01/03") },
        LegalityRow(
            "đình chỉ hơn số còn lại", .terminate, "10/03", ground: "50.1.a",
            amount: 70_000_001, .refused("LTHADS Điều 50.1.c")
        ) { $0.paid(30_000_000, "01/03") },
        LegalityRow(
            "đình chỉ chậm", .terminate, "09/03", ground: "50.1.a", groundOn: "01/03",
            .late("C-11")),
        LegalityRow(
            "đã thu đủ", .complete, "10/03", .lawful
        ) { $0.paid(100_000_000, "10/03") },
        LegalityRow(
            "còn thiếu một đồng", .complete, "10/03", .refused("LTHADS Điều 52.1")
        ) { $0.paid(99_999_999, "10/03") },
        LegalityRow(
            "thu đủ vào ngày sau", .complete, "10/03", .refused("LTHADS Điều 52.1")
        ) { $0.paid(100_000_000, "11/03") },
        LegalityRow(
            "khoản thu bị hủy", .complete, "10/03", .refused("LTHADS Điều 52.1")
        ) {
            $0.paid(100_000_000, "01/03")
            $0.payments[0].reversedOn = on("10/03")
        },
        LegalityRow(
            "phần còn lại đã được giảm", .complete, "10/03", .lawful
        ) {
            $0.paid(60_000_000, "01/03")
            $0.decisions = [
                Decision(
                    kind: .reduceObligation, decidedOn: on("05/03"), ground: "50.1.c",
                    amount: Dong(40_000_000))
            ]
        },
        LegalityRow(
            "đã thu đủ, tài sản còn kê biên", .complete, "10/03", .asks(["seizure_released"])
        ) {
            $0.paid(100_000_000, "01/03")
            $0.seized("1", "01/02")
        },
        LegalityRow(
            "nghĩa vụ không phải là tiền", .complete, "10/03", .asks(["duties_done"])
        ) { $0.amountDue = .zero },
        LegalityRow(
            "kết thúc theo 52.2 mà không có quyết định đình chỉ", .complete, "10/03",
            ground: "52.2", .refused("LTHADS Điều 52")
        ) { $0.paid(100_000_000, "01/03") },
        LegalityRow("ủy thác", .delegate, "10/03", ground: "55.1", .lawful),
        LegalityRow(
            "ủy thác khi còn tài sản kê biên", .delegate, "10/03",
            .asks(["local_assets_handled"])
        ) { $0.seized("1", "01/02") },
        LegalityRow(
            "đình chỉ một phần theo yêu cầu", .reduceObligation, "10/03", ground: "50.1.c",
            amount: 40_000_000, confirmed: ["no_third_party_harmed"], .lawful),
        LegalityRow(
            "giảm không ghi số tiền", .reduceObligation, "10/03", ground: "50.1.d",
            .refused("LTHADS Điều 50.1.c")),
        LegalityRow(
            "giảm bằng số còn lại", .reduceObligation, "10/03", ground: "50.1.d",
            amount: 100_000_000, .refused("LTHADS Điều 50.1.c")),
        LegalityRow(
            "giảm theo quyết định của Tòa án", .reduceObligation, "10/03", ground: "61.3.a",
            amount: 20_000_000, .lawful
        ) { $0.exempted(.reduce, "05/03", 20_000_000) },
        LegalityRow(
            "giảm khác số Tòa án quyết định", .reduceObligation, "10/03", ground: "61.3.a",
            amount: 25_000_000, .asks(["exemption_decided"])
        ) { $0.exempted(.reduce, "05/03", 20_000_000) },
        LegalityRow(
            "việc đã kết thúc", .postpone, "10/03", ground: "48.1.đ", .refused("LTHADS Điều 52")
        ) { $0.decided(.complete, "01/03") },
        LegalityRow(
            "kết thúc đúng ngày quyết định", .postpone, "10/03", ground: "48.1.đ",
            .refused("LTHADS Điều 52")
        ) { $0.decided(.complete, "10/03") },
        LegalityRow(
            "kết thúc sau ngày quyết định", .postpone, "10/03", ground: "48.1.đ", .lawful
        ) { $0.decided(.complete, "11/03") },
        LegalityRow(
            "việc đã đình chỉ", .complete, "10/03", .refused("LTHADS Điều 52")
        ) { $0.decided(.terminate, "01/03", ground: "50.1.a") },
        LegalityRow(
            "trước quyết định thi hành án", .postpone, "04/01/2017", ground: "48.1.đ",
            .refused("LTHADS Điều 36.1")),
        LegalityRow(
            "việc đã ủy thác", .postpone, "10/03", ground: "48.1.đ", .asks(["case_returned"])
        ) { $0.decided(.delegate, "01/03", ground: "55.1") },
        LegalityRow(
            "sổ luật chưa có luật của ngày đó", .postpone, "30/06/2015", ground: "48.1.đ",
            .asks(["law_of_the_day"])
        ) { $0.decisionOn = on("05/01/2014") },
        LegalityRow(
            "ngày đầu của luật sửa đổi", .postpone, "01/07/2015", ground: "48.1.đ", .lawful
        ) { $0.decisionOn = on("05/01/2014") },
        LegalityRow(
            "ủy thác sau khi luật 2022 thay điều 55", .delegate, "01/03/2022",
            .asks(["law_of_the_day"])),
    ]
}
