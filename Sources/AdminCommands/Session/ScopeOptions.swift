import ArgumentParser

extension CalendarDay: ExpressibleByArgument {
    /// `2021-05-31` or `31/5/2021`.
    init?(argument: String) { self.init(typed: argument) }
}

/// The day that figures are asked for.
struct DayOptions: ParsableArguments {
    @Option(name: .customLong("as-of"), help: ScopeText.asOf.help)
    var day: CalendarDay?

    /// As it travels; empty lets the fleet take today in Vietnam.
    var wire: String { day?.iso ?? "" }
}

/// Up to when the facts are known.
struct KnownAtOptions: ParsableArguments {
    @Option(name: .customLong("known-at"), help: ScopeText.knownAt.help)
    var knownAt: String?

    func validate() throws {
        guard let knownAt else { return }
        let isChange = !knownAt.isEmpty && knownAt.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isChange || CalendarDay(typed: knownAt) != nil else {
            throw ValidationError(ScopeText.noKnownAt(knownAt).text)
        }
    }

    /// As it travels: a change number or a day; empty for the store as it stands.
    var wire: String {
        guard let knownAt else { return "" }
        return CalendarDay(typed: knownAt)?.iso ?? knownAt
    }
}

/// An answer that was frozen, instead of one for the present state.
struct FreezeOptions: ParsableArguments {
    @Option(help: ScopeText.freeze.help)
    var freeze: String?

    var wire: String { freeze ?? "" }

    /// A freeze has its own campaign, day and time of knowledge.
    func refuseBeside(_ others: [String]) throws {
        guard freeze != nil, others.contains(where: { !$0.isEmpty }) else { return }
        throw ValidationError(ScopeText.freezeAlone.text)
    }
}

/// The unit that figures are asked for.
struct UnitOptions: ParsableArguments {
    @Option(help: ScopeText.unit.help)
    var unit: String?

    var wire: String { unit ?? "" }
}

/// The campaign that figures are asked for.
struct CampaignOptions: ParsableArguments {
    @Option(help: ScopeText.campaign.help)
    var campaign: String?

    var wire: String { campaign ?? "" }
}

private enum ScopeText {
    static let asOf = Phrase(
        "Số liệu đến hết ngày này, dạng 2021-05-31 hoặc 31/5/2021; mặc định hôm nay.",
        "Figures as of this day, as 2021-05-31 or 31/5/2021; today unless given.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let campaign = Phrase(
        "Mã kế hoạch; mặc định kế hoạch áp dụng gần nhất.",
        "Id of the campaign; the one applied last unless given.")
    static let knownAt = Phrase(
        "Kho như đã biết ở một thời điểm: số thay đổi, hoặc ngày (hết ngày đó, giờ Việt Nam).",
        "The store as it was known: a change number, or a day (its end, in Vietnam).")
    static let freeze = Phrase(
        "Trả lại đúng bản đã chốt (xem campaign freezes).",
        "Gives back a frozen answer (see campaign freezes).")
    static let freezeAlone = Phrase(
        "--freeze không đi cùng --campaign, --as-of, --known-at hay --cluster: bản chốt đã có sẵn",
        "--freeze goes without --campaign, --as-of, --known-at and --cluster: it has its own")
    static func noKnownAt(_ text: String) -> Phrase {
        Phrase(
            "--known-at “\(text)” không phải số thay đổi, cũng không phải ngày",
            "--known-at “\(text)” is neither a change number nor a day")
    }
}
