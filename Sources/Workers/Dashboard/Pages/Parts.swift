internal import Rules
internal import Wire

/// What several pages are made of.
extension Markup {
    /// A state as icon and word.
    mutating func state(_ state: TargetState, _ language: Language, small: Bool = false) {
        tag(.span, .class("state \(state.style)\(small ? " small" : "")")) { page in
            Icons.icon(state.style, &page)
            page.text(language(state.name))
        }
    }

    /// Ahead or behind the line where the target should be, as icon and word.
    mutating func position(_ position: Pace.Position, _ language: Language) {
        switch position {
        case .ahead:
            tag(.span, .class("state met small")) { page in
                Icons.icon("met", &page)
                page.text(language("Kịp tiến độ", "On pace"))
            }
        case .behind:
            tag(.span, .class("state late small")) { page in
                Icons.icon("late", &page)
                page.text(language("Chậm tiến độ", "Behind"))
            }
        }
    }

    /// Headings of the cells that `figures` writes.
    mutating func figureColumns(_ visit: Visit) {
        column(visit("Kết quả", "Result"))
        column(visit("Tỷ lệ", "Rate"), number: true)
        column(visit("Tử số", "Numerator"), number: true)
        column(visit("Mẫu số", "Denominator"), number: true)
    }

    /// How a target stands, its rate as figure and bar, and what the rate is made of.
    mutating func figures(_ target: ScoringV1.TargetResult, _ visit: Visit) {
        let language = visit.language
        let state = TargetState(target.state)
        let pace = visit.start.flatMap { Pace(target, start: $0) }
        tag(.td) { page in
            page.state(state, language, small: true)
            if let position = pace?.position(of: target, on: visit.day) {
                page.position(position, language)
            }
        }
        tag(.td, .class("num")) { page in
            page.text(target.rateText(language))
            page.bar(
                rate: target.rateDrawn, threshold: Ratio(decimal: target.threshold)?.drawn,
                expected: state == .inProgress ? pace?.expected(on: visit.day).drawn : nil,
                style: state.style)
        }
        for amount in [target.numerator, target.denominator] {
            cell(language.amount(amount, unitOfCount: target.unitOfCount), number: true)
        }
    }

    /// A rate as a bar with the threshold and the line of the day; what it shows stands beside it in words.
    mutating func bar(
        rate: Double?, threshold: Double?, expected: Double?, style: String
    ) {
        tag(
            .svg, .class("bar \(style)"), .plain(.viewBox, "0 0 100 10"),
            .plain(.preserveAspectRatio, "none"), .aria(.hidden, "true")
        ) { page in
            page.rect("track", 0, 100)
            if let rate { page.rect("fill", 0, min(max(rate, 0), 1) * 100) }
            if let expected { page.rect("expected", min(max(expected, 0), 1) * 100 - 0.6, 1.2) }
            if let threshold { page.rect("limit", min(max(threshold, 0), 1) * 100 - 0.6, 1.2) }
        }
    }

    private mutating func rect(_ style: String, _ x: Double, _ width: Double) {
        let isMark = style == "limit" || style == "expected"
        void(
            .rect, .class(style), .plain(.x, Markup.place(max(x, 0))),
            .plain(.y, isMark ? "0" : "2"), .plain(.width, Markup.place(width)),
            .plain(.height, isMark ? "10" : "6"))
    }

    /// A place on a drawing, to a tenth.
    static func place(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(Double(tenths) / 10)"
    }

    /// A heading of a column.
    mutating func column(_ text: String, number: Bool = false) {
        tag(.th, .scope(.col), .class(number ? "num" : ""), text: text)
    }

    mutating func cell(_ text: String, number: Bool = false) {
        tag(.td, .class(number ? "num" : ""), text: text)
    }

    /// Words for a screen reader alone.
    mutating func spoken(_ text: String) {
        tag(.span, .class("spoken"), text: text)
    }

    /// A table that scrolls by itself where the window is narrow; it can be reached by keyboard.
    mutating func table(
        _ caption: String, _ style: String = "", _ body: (inout Markup) -> Void
    ) {
        tag(
            .div, .class("scroll"), .plain(.role, "group"), .aria(.label, caption),
            .number(.tabindex, 0)
        ) { page in
            page.tag(.table, .class(style)) { page in
                page.tag(.caption, text: caption)
                body(&page)
            }
        }
    }

    /// Where the reader is in a long list, and the ways to the rest.
    mutating func pager(_ rows: PageOfRows, _ visit: Visit) {
        guard rows.last > 1 else { return }
        tag(.nav, .class("pager"), .aria(.label, visit("Trang của danh sách", "Pages of the list")))
        {
            page in
            let here = visit.request.link
            if rows.number > 1 {
                page.tag(
                    .a, .href(here.with("page", String(rows.number - 1))), .plain(.rel, "prev"),
                    text: visit("← Trang trước", "← Previous"))
            }
            let from = visit.language.count(rows.rows.lowerBound + 1)
            let to = visit.language.count(rows.rows.upperBound)
            let all = visit.language.count(rows.count)
            page.tag(.span, text: visit("\(from)–\(to) trong \(all)", "\(from)–\(to) of \(all)"))
            if rows.number < rows.last {
                page.tag(
                    .a, .href(here.with("page", String(rows.number + 1))), .plain(.rel, "next"),
                    text: visit("Trang sau →", "Next →"))
            }
        }
    }

    /// The choices of one question as links; the one in force is marked.
    mutating func tabs(
        _ label: String, _ choices: [(title: String, link: Link, isChosen: Bool)]
    ) {
        tag(.nav, .class("tabs"), .aria(.label, label)) { page in
            page.tag(.ul) { page in
                for choice in choices {
                    page.tag(.li) { page in
                        let mark =
                            choice.isChosen ? [Attribute.aria(.current, "true")] : []
                        page.tag(.a, with: [.href(choice.link)] + mark) { $0.text(choice.title) }
                    }
                }
            }
        }
    }

    /// Terms and what they are, side by side.
    mutating func facts(_ entries: [(String, String)]) {
        tag(.dl, .class("facts")) { page in
            for (name, value) in entries where !value.isEmpty {
                page.tag(.div) { page in
                    page.tag(.dt, text: name)
                    page.tag(.dd, text: value)
                }
            }
        }
    }

    /// A sentence where there is nothing to show.
    mutating func nothing(_ text: String) {
        tag(.p, .class("nothing"), text: text)
    }
}

/// Questions by which a list is narrowed, sent by a button.
struct Filter {
    let visit: Visit
    let path: String

    /// Entries of the address that the form keeps.
    let kept: [String]

    func write(_ page: inout Markup, _ fields: (inout Markup) -> Void) {
        page.tag(
            .form, .class("filter"), .plain(.method, "get"), .plain(.role, "search"),
            .action(Link(path: path.isEmpty ? [] : [path]))
        ) { page in
            for name in kept + (visit.isDayChosen ? ["day"] : []) {
                let value = name == "day" ? visit.day.description : visit.request.asked(name)
                if value.isEmpty { continue }
                page.void(
                    .input, .plain(.type, "hidden"), .plain(.name, name), .plain(.value, value))
            }
            fields(&page)
            page.tag(.button, .plain(.type, "submit"), text: visit("Lọc", "Filter"))
        }
    }

    func text(_ page: inout Markup, _ name: String, _ label: String) {
        page.tag(.label, .plain(.for, "f-\(name)"), text: label)
        page.void(
            .input, .plain(.type, "search"), .id("f-\(name)"), .plain(.name, name),
            .plain(.value, visit.request.asked(name)), .number(.maxlength, 80))
    }

    func select(
        _ page: inout Markup, _ name: String, _ label: String, _ options: [(String, String)]
    ) {
        page.tag(.label, .plain(.for, "f-\(name)"), text: label)
        page.tag(.select, .id("f-\(name)"), .plain(.name, name)) { page in
            for (value, title) in options {
                let mark =
                    visit.request.asked(name) == value ? [Attribute.selected] : []
                page.tag(.option, with: [.plain(.value, value)] + mark) { $0.text(title) }
            }
        }
    }
}

extension String {
    /// As the beginning of a sentence.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension ScoringV1.TargetResult {
    /// Name of what is counted; the target's own id where two targets count the same.
    func title(_ language: Language, among others: [ScoringV1.TargetResult]) -> String {
        let name = measure.isEmpty ? id : measure
        let isAlone = others.count { $0.measure == measure } == 1
        return isAlone || measure.isEmpty ? language(MeasureName.of(name).short) : id
    }

    /// The same in a sentence, with a capital.
    func longTitle(_ language: Language) -> String {
        language(MeasureName.of(measure.isEmpty ? id : measure).long).capitalizedFirst
    }

    var rateDrawn: Double? {
        denominator > 0 ? Double(numerator) / Double(denominator) : nil
    }

    func rateText(_ language: Language) -> String { language.percent(numerator, of: denominator) }

    func thresholdText(_ language: Language) -> String {
        Ratio(decimal: threshold).map { language.share($0) } ?? threshold
    }
}
