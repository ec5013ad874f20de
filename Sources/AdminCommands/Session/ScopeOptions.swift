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
}
