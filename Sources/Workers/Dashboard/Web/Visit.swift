internal import Rules
internal import Wire

/// One look at a page: who looks, at which day, in which words and colours.
struct Visit: Sendable {
    let request: WebRequest
    let visitor: Visitor
    let language: Language
    let theme: Theme
    /// The plan in force; nil before one was applied.
    let plan: CampaignV1.ShowReply?
    /// The day that figures are of.
    let day: Day
    /// The day is the reader's choice, and links keep it.
    let isDayChosen: Bool
    /// The last change of the store that the fleet has told.
    let change: UInt64
    /// What each form of the page carries; empty where nobody signs in.
    let formSecret: String

    func callAsFunction(_ vietnamese: String, _ english: String) -> String {
        language(vietnamese, english)
    }

    /// Another page, on the same day.
    func link(_ path: String, _ query: [(String, String)] = []) -> Link {
        let chosen = isDayChosen ? [("day", day.description)] : []
        return Link(path: path.isEmpty ? [] : [path], query: query + chosen)
    }

    /// The unit that a list is narrowed to: the reader's choice, or the only one that they see.
    var unitAsked: String {
        let asked = request.asked("unit")
        return asked.isEmpty ? visitor.onlyUnit : asked
    }

    /// The rows that this page shows of a list, by the reader's page number.
    func page(of count: Int, size: Int) -> PageOfRows {
        PageOfRows(asked: Int(request.asked("page")) ?? 1, count: count, size: size)
    }

    /// First day of the campaign; nil without a plan.
    var start: Day? { plan.flatMap { Day(iso: $0.windowStart) } }

    /// The day to show where a reader names none: today, and after the campaign its last day.
    static func usualDay(_ plan: CampaignV1.ShowReply?, today: Day) -> Day {
        guard let end = plan.flatMap({ Day(iso: $0.windowEnd) }) else { return today }
        return min(end, today)
    }
}

/// Which part of a long list a page shows.
struct PageOfRows: Equatable, Sendable {
    /// From 1.
    let number: Int
    let last: Int
    let rows: Range<Int>
    let count: Int

    init(asked: Int, count: Int, size: Int) {
        last = max(1, (count + size - 1) / size)
        number = min(max(asked, 1), last)
        rows = min((number - 1) * size, count)..<min(number * size, count)
        self.count = count
    }
}
