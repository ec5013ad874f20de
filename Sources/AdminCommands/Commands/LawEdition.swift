import Wire

/// One dated value of a rule, for programs and for people.
enum LawEdition {
    /// The members of a value; each null where there is no value. `named`: with id and title in front.
    static func members(_ edition: LawV1.Edition?, named: Bool = false) -> [JSON.Member] {
        let name: [JSON.Member] = [
            .init("id", .text(edition?.id)), .init("title", .text(edition?.title)),
        ]
        return (named ? name : []) + [
            .init("kind", .text(edition?.kind)),
            .init("unit", .text(edition?.unit)),
            .init("value", edition?.number.map(JSON.integer) ?? .text(edition?.share)),
            .init("from", .text(edition?.from)),
            .init("to", .text(edition?.to)),
            .init("citation", .text(edition.map { "\($0.instrument) \($0.place)" })),
            .init("instrument", .text(edition?.instrumentTitle)),
            .init("verified", edition.map { .bool($0.verified) } ?? .null),
            .init("note", .text(edition?.note)),
        ]
    }

    /// The figure with its unit: `10 ngày`, `1/50`, `2.000.000 đ`, `22:00`; a dash for a ground.
    static func value(_ edition: LawV1.Edition) -> String {
        guard let number = edition.number else {
            return edition.share.isEmpty ? Formats.absent : edition.share
        }
        switch edition.unit {
        case "dong": return Formats.money(number)
        case "times": return Formats.count(number)
        case "hour_of_day": return number < 10 ? "0\(number):00" : "\(number):00"
        default: return "\(Formats.count(number)) \(Terms.lawUnit[edition.unit])"
        }
    }

    /// The figure, with a star where nobody read the text behind it.
    static func valueAndMark(_ edition: LawV1.Edition) -> String {
        value(edition) + (edition.verified ? "" : "*")
    }

    static func days(_ edition: LawV1.Edition) -> String {
        let end = edition.to.isEmpty ? "" : Formats.day(edition.to)
        return LawText.days(Formats.day(edition.from), end).text
    }

    static func table(_ rules: [LawV1.Edition]) -> Table {
        var table = Table([
            Column(LawText.rule), Column(LawText.what, wrapsTo: 24), Column(LawText.value),
            Column(LawText.since, dropOrder: 1), Column(LawText.citation, wrapsTo: 16),
        ])
        for rule in rules {
            table.add([
                Cell(rule.id), Cell(rule.title), Cell(valueAndMark(rule)),
                Cell(Formats.day(rule.from)), Cell("\(rule.instrument) \(rule.place)"),
            ])
        }
        return table
    }

    static func history(_ editions: [LawV1.Edition]) -> Table {
        var table = Table([
            Column(LawText.since), Column(LawText.until), Column(LawText.value),
            Column(LawText.citation, wrapsTo: 16), Column(LawText.note, wrapsTo: 20, dropOrder: 1),
        ])
        for edition in editions {
            table.add([
                Cell(Formats.day(edition.from)), Cell(Formats.day(edition.to)),
                Cell(valueAndMark(edition)), Cell("\(edition.instrument) \(edition.place)"),
                Cell(edition.note),
            ])
        }
        return table
    }
}

enum LawText {
    static let rule = Phrase("Quy tắc", "Rule")
    static let what = Phrase("Nội dung", "What")
    static let value = Phrase("Giá trị", "Value")
    static let since = Phrase("Từ ngày", "Since")
    static let until = Phrase("Đến ngày", "Until")
    static let citation = Phrase("Căn cứ", "Citation")
    static let instrument = Phrase("Văn bản", "Instrument")
    static let mark = Phrase("Kiểm chứng", "Checked")
    static let note = Phrase("Ghi chú", "Note")
    static let on = Phrase("Ngày", "Day")
    static let inForce = Phrase("Hiệu lực", "In force")
    static let before = Phrase("Trước", "Before")
    static let after = Phrase("Sau", "After")
    static let editions = Phrase("Các giá trị theo thời gian", "Values in time")
    static let parts = Phrase("Các phần của quy tắc", "Parts of the rule")

    static func verified(_ verified: Bool) -> Phrase {
        verified
            ? Phrase("đã đối chiếu văn bản", "read in the text")
            : Phrase("chưa đối chiếu văn bản", "not read in the text")
    }
    static func days(_ from: String, _ to: String) -> Phrase {
        to.isEmpty
            ? Phrase("từ \(from)", "from \(from)")
            : Phrase("từ \(from) đến hết \(to)", "from \(from) through \(to)")
    }
    static func none(_ day: String) -> Phrase {
        Phrase("Ngày \(day) không có giá trị nào có hiệu lực.", "No value is in force on \(day).")
    }
    static func count(_ rules: Int, _ day: String, _ unverified: Int) -> Phrase {
        Phrase(
            "\(rules) quy tắc có hiệu lực ngày \(day); \(unverified) quy tắc đánh dấu * chưa đối "
                + "chiếu văn bản.",
            "\(rules) rules in force on \(day); \(unverified) marked * were not read in the text.")
    }
    static func changes(_ count: Int, _ from: String, _ to: String) -> Phrase {
        count == 0
            ? Phrase(
                "Không quy tắc nào khác nhau giữa ngày \(from) và ngày \(to).",
                "No rule differs between \(from) and \(to).")
            : Phrase(
                "\(count) quy tắc khác nhau giữa ngày \(from) và ngày \(to).",
                "\(count) rules differ between \(from) and \(to).")
    }
}
