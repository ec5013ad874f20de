import Wire

/// The words of the auction answers.
enum AuctionText {
    static let unit = Phrase("Đơn vị", "Unit")
    static let decision = Phrase("Quyết định số", "Decision")
    static let asset = Phrase("Tài sản", "Asset")
    static let kind = Phrase("Loại", "Kind")
    static let state = Phrase("Đang ở bước", "State")
    static let since = Phrase("Từ ngày", "Since")
    static let rounds = Phrase("Lần đấu giá", "Rounds")
    static let reductions = Phrase("Lần giảm giá", "Reductions")
    static let price = Phrase("Giá hiện tại", "Current price")
    static let officer = Phrase("Chấp hành viên", "Officer")
    static let description = Phrase("Mô tả", "Description")
    static let step = Phrase("Việc phải làm", "Step")
    static let rule = Phrase("Quy tắc", "Rule")
    static let citation = Phrase("Căn cứ", "Citation")
    static let trigger = Phrase("Tính từ", "Counted from")
    static let due = Phrase("Hạn", "Due")
    static let done = Phrase("Đã làm", "Done")
    static let daysLate = Phrase("Trễ (ngày)", "Days late")
    static let daysLeft = Phrase("Còn (ngày)", "Days left")

    static let lostSteps = Phrase("Bước trễ", "Late steps")
    static let lostDays = Phrase("Số ngày mất", "Days lost")

    static func lost(_ days: Int64) -> Phrase {
        Phrase(
            "Tổng số ngày mất do các bước trễ: \(Formats.count(days))",
            "Days lost with late steps: \(Formats.count(days))")
    }
    static func tracks(_ count: Int, _ day: String) -> Phrase {
        Phrase(
            "\(Formats.count(count)) tài sản kê biên, tính đến ngày \(day)",
            "\(Formats.count(count)) seized assets as of \(day)")
    }
    static func unclear(_ count: Int) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước chưa xác định được có trễ hay không:",
            "\(Formats.count(count)) steps of which nobody can say whether they are late:")
    }
    static func gaps(_ count: Int, _ day: String) -> Phrase {
        count == 0
            ? Phrase(
                "Không có bước nào bị trễ, tính đến ngày \(day)", "No step is late as of \(day)")
            : Phrase(
                "\(Formats.count(count)) bước đang trễ, tính đến ngày \(day)",
                "\(Formats.count(count)) steps are late as of \(day)")
    }
    static func past(_ count: Int) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước đã làm nhưng trễ hạn",
            "\(Formats.count(count)) steps were done late")
    }
    static func next(_ count: Int, _ day: String) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước tiếp theo, tính đến ngày \(day)",
            "\(Formats.count(count)) next steps as of \(day)")
    }
}

extension AuctionV1.AuctionHead {
    /// What the answer rests on, as its first members.
    var members: [JSON.Member] {
        [
            .init("as_of", .string(asOf)), .init("campaign", .text(campaign)),
            .init("law_book", .string(lawBook)),
        ]
    }

    func lawBookLine(_ terminal: Terminal) -> String {
        lawBook.isEmpty ? "" : ScoreAnswer.lawBook(lawBook, terminal)
    }
}
