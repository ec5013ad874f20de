/// Names of the province's people, composed from parts: Kinh, Khmer and Hoa, as common as they are there.
struct People {
    private struct Names {
        let surnames: [Phrase]
        let middles: [Phrase]
        let given: [Phrase]

        init(_ surnames: String, _ middles: String, _ given: String) {
            self.surnames = surnames.split(separator: " ").map { Phrase(String($0)) }
            self.middles = middles.split(separator: "|").map { Phrase(String($0)) }
            self.given = given.split(separator: "|").map { Phrase(String($0)) }
        }
    }

    private let kinh = Names(
        "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Trương Bùi Đặng Đỗ Ngô Dương Hồ Lý Mai Đinh Lâm",
        "Văn|Thị|Hữu|Thành|Ngọc|Minh|Thị Kim|Hoàng|Thanh|Quốc|Thị Mỹ|Công|Đức|Thị Cẩm|Tấn|Phước",
        "An|Bình|Cường|Dũng|Đạt|Giang|Hạnh|Hiếu|Hòa|Hùng|Hương|Khánh|Kiệt|Lan|Liễu|Lộc|Mai|Nghĩa"
            + "|Nhàn|Phượng|Quí|Sang|Tài|Thảo|Thủy|Tiến|Trí|Tuyết|Út|Vân|Vinh|Xuân|Yến|Bé Ba|Bảy"
    )
    private let khmer = Names(
        "Thạch Sơn Kim Danh Lâm Châu Lý Kiên Huỳnh Trà Liêu Thái Triệu",
        "Thị|Sa|Sô|Pha|Hoàng|Minh|Ngọc|Chanh|Thị Sa|Thi|Rích",
        "Phol|Rươl|Dara|Thươl|Sà Rết|Pháp|Nhanh|Phi|Sô Phia|Sươl|Chanh Đa|Hiên|Rinh|Thone|Khêl"
            + "|Mươl|Sóc Kha|Ươl|Xà Phên|Thu|Thảo|Tha|Ri|Sên"
    )
    private let hoa = Names(
        "Trần Lâm Quách Vương Tăng Hứa Ngô Trương La Lưu Trịnh Mã Phùng Thái Dương Tô",
        "Chí|Mỹ|Tú|Vĩnh|Quế|Tuyết|Kiến|Siêu|Bửu|Huê|Lệ|Cẩm",
        "Hùng|Muối|Xiếu|Phát|Cường|Hoa|Ngân|Thành|Phương|Hưng|Dung|Châu|Quyền|Khưu|Lai|Hên|Keo"
            + "|Bình|Nguyên"
    )
    private let companies: [Phrase] = [
        "Công ty TNHH Thủy sản Ánh Dương", "Công ty CP Nông sản Hạt Vàng",
        "Công ty TNHH MTV Xây dựng Tân Hưng", "DNTN Xay xát Phước Lợi",
        "Công ty TNHH \"Hai Thành\"", "Hợp tác xã Nông nghiệp Bưng Tróp",
        "Công ty TNHH Vận tải, Kho bãi Sông Hậu", "DNTN Vật liệu xây dựng Kim Huê",
    ].map(Phrase.init)
    private let creditInstitutions: [Phrase] = [
        "Ngân hàng TMCP Sông Hậu", "Ngân hàng TMCP Đồng Bằng", "Ngân hàng Nông thôn Miền Tây",
        "Ngân hàng TMCP Phương Nam Mới", "Quỹ tín dụng nhân dân Bảy Xàu",
        "Công ty tài chính Hậu Giang Xanh",
    ].map(Phrase.init)
    private let budget = Phrase("Ngân sách Nhà nước")
    private let space = Bytes(" ".utf8)

    /// A person: 64 of 100 Kinh, 30 Khmer, 6 Hoa.
    func person(_ dice: inout Dice, decomposed: Bool) -> Bytes {
        let throwOf100 = dice.below(100)
        let names = throwOf100 < 64 ? kinh : throwOf100 < 94 ? khmer : hoa
        return dice.pick(names.surnames).form(decomposed)
            + space + dice.pick(names.middles).form(decomposed)
            + space + dice.pick(names.given).form(decomposed)
    }

    /// A debtor: mostly people, some couples, some enterprises.
    func debtor(_ dice: inout Dice, decomposed: Bool) -> Bytes {
        let throwOf100 = dice.below(100)
        if throwOf100 < 6 { return dice.pick(companies).form(decomposed) }
        let first = person(&dice, decomposed: decomposed)
        guard throwOf100 < 16 else { return first }
        return first + Bytes(", ".utf8) + person(&dice, decomposed: decomposed)
    }

    func creditInstitution(_ dice: inout Dice, decomposed: Bool) -> Bytes {
        dice.pick(creditInstitutions).form(decomposed)
    }

    func stateBudget(decomposed: Bool) -> Bytes { budget.form(decomposed) }
}

/// Addresses and what a judgment orders.
struct Wording {
    private let hamlets: [Phrase] = [
        "ấp Phước Hòa", "ấp Trà Coi", "ấp Tân Lập", "ấp Bưng Cốc", "ấp Hòa Nhờ", "ấp An Trạch",
        "khóm 1", "khóm 3", "khóm Vĩnh Bình", "ấp Sóc Bưng", "ấp Chợ Cũ", "ấp Phú Ninh",
        "ấp Mỹ Đức", "khóm 7", "ấp Giồng Chát", "ấp Thạnh An 2",
    ].map(Phrase.init)
    private let communes: [Phrase] = [
        "xã Phú Mỹ", "xã Tân Hưng", "xã Vĩnh Hải", "xã An Lạc Tây", "xã Thạnh Phú", "thị trấn",
        "phường 2", "phường 6", "xã Lâm Kiết", "xã Tham Đôn", "xã Hòa Tú", "xã Đại Ngãi",
    ].map(Phrase.init)
    private let civil: [Phrase] = [
        "Trả nợ vay, lãi chậm trả", "Trả tiền hụi", "Bồi thường thiệt hại sức khỏe",
        "Trả tiền mua vật tư nông nghiệp, thức ăn tôm", "Cấp dưỡng nuôi con",
        "Chia tài sản chung sau ly hôn", "Trả tiền đặt cọc chuyển nhượng đất",
        "Trả giá trị quyền sử dụng đất", "Trả tiền lương, trợ cấp",
    ].map(Phrase.init)
    private let loans: [Phrase] = [
        "Trả nợ gốc, lãi theo hợp đồng tín dụng", "Trả nợ hợp đồng tín dụng có thế chấp",
        "Trả nợ thẻ tín dụng, phí và lãi quá hạn",
    ].map(Phrase.init)
    private let fees: [Phrase] = [
        "Án phí dân sự sơ thẩm", "Án phí hình sự sơ thẩm", "Án phí dân sự phúc thẩm",
    ].map(Phrase.init)
    private let fine = Phrase("Nộp phạt sung quỹ Nhà nước")
    private let confiscation = Phrase("Tịch thu sung công quỹ")
    private let other = Phrase("Truy thu tiền thu lợi bất chính")
    private let notes: [Phrase] = [
        "Hồ sơ chuyển từ đơn vị cũ", "Đương sự thường vắng mặt, đi làm xa",
        "Cần phối hợp với UBND xã\nvà Công an xã khi cưỡng chế",
        "Đương sự khai: \"đã trả một phần, có giấy viết tay\"",
    ].map(Phrase.init)
    private let comma = Bytes(", ".utf8)

    func address(_ dice: inout Dice, district: Phrase, decomposed: Bool) -> Bytes {
        dice.pick(hamlets).form(decomposed) + comma + dice.pick(communes).form(decomposed)
            + comma + district.form(decomposed)
    }

    func note(_ dice: inout Dice, decomposed: Bool) -> Bytes {
        dice.pick(notes).form(decomposed)
    }

    func obligation(
        _ dice: inout Dice, of size: CaseClass, revenueKind: String?, decomposed: Bool
    ) -> Bytes {
        switch (revenueKind, size) {
        case ("fine", _): fine.form(decomposed)
        case ("confiscation", _): confiscation.form(decomposed)
        case ("other", _): other.form(decomposed)
        case (_?, _): dice.pick(fees).form(decomposed)
        case (nil, .bank): dice.pick(loans).form(decomposed)
        case (nil, _): dice.pick(civil).form(decomposed)
        }
    }
}
