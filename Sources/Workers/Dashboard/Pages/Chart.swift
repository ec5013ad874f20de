internal import Rules
internal import Wire

/// The way of one target of one unit, or of the province, from the campaign's first day to the target's due day.
struct Chart {
    let visit: Visit
    let target: ScoringV1.TargetResult
    /// Empty for the province.
    let unit: String
    let pace: Pace
    let line: Trends.Line

    /// Days of the line: a week apart, and the day itself; further apart where the way is long.
    static func days(from start: Day, to day: Day, due: Day) -> [Day] {
        let last = min(day, due)
        guard last >= start else { return [] }
        let step = max(7, (last - start) / 24)
        var days = Array(stride(from: Int(start.number), to: Int(last.number), by: step)).map {
            Day(number: Int32($0))
        }
        days.append(last)
        return days
    }

    private var points: [(day: Day, figure: DayFigures.Figure)] {
        line.points.compactMap { point in
            guard let figure = point.figures.figure(unit: unit, target: target.id),
                figure.denominator > 0
            else { return nil }
            return (point.day, figure)
        }
    }

    // MARK: The place of a day and of a rate

    private static let (left, right, top, bottom) = (46.0, 700.0, 14.0, 224.0)

    private func x(_ day: Day) -> Double {
        let whole = Double(max(1, pace.due - pace.start))
        return Chart.left + Double(day - pace.start) / whole * (Chart.right - Chart.left)
    }

    private func y(_ rate: Double) -> Double {
        let share = min(max(rate / highest, 0), 1)
        return Chart.bottom - share * (Chart.bottom - Chart.top)
    }

    /// The top of the scale, on a whole tenth above all that is drawn.
    private var highest: Double {
        let rates = points.map { Double($0.figure.numerator) / Double($0.figure.denominator) }
        let top = max(pace.threshold.drawn, rates.max() ?? 0, 0.1)
        return min(
            max((top * 10).rounded(.up) / 10 + 0.1, 0.2), max(1, (top * 10).rounded(.up) / 10))
    }

    private func place(_ day: Day, _ rate: Double) -> String {
        Markup.place(x(day)) + "," + Markup.place(y(rate))
    }

    // MARK: The drawing

    func write(_ page: inout Markup) {
        page.tag(.figure, .class("chart")) { page in
            page.tag(
                .svg, .plain(.viewBox, "0 0 720 256"), .plain(.role, "img"),
                .aria(.labelledby, "chart-title chart-text")
            ) { page in
                page.tag(.title, .id("chart-title"), text: heading)
                page.tag(.desc, .id("chart-text"), text: told)
                grid(&page)
                lines(&page)
                way(&page)
            }
            page.tag(.figcaption) { $0.text(told) }
            table(&page)
        }
    }

    private var heading: String {
        visit("Diễn biến: ", "Trend: ") + target.longTitle(visit.language)
    }

    /// The drawing in words.
    private var told: String {
        guard let last = points.last else {
            return visit("Chưa có điểm nào để vẽ.", "There is no point to draw yet.")
        }
        let rate = visit.language.percent(last.figure.numerator, of: last.figure.denominator)
        let line = visit.language.percent(pace.expected(on: last.day))
        let due = visit.language.day(pace.due)
        let limit = visit.language.share(pace.threshold)
        return visit(
            "Ngày \(visit.language.day(last.day)): \(rate); mức cần có nếu chia đều: \(line); ngưỡng \(limit) đến hạn \(due). \(forecastText)",
            "On \(visit.language.day(last.day)): \(rate); line if spread evenly: \(line); threshold \(limit) by \(due). \(forecastText)"
        )
    }

    private func grid(_ page: inout Markup) {
        let steps = Int((highest * 10).rounded())
        let every = steps > 5 ? 2 : 1
        for step in stride(from: 0, through: steps, by: every) {
            let height = Markup.place(y(Double(step) / 10))
            page.void(
                .line, .class("grid"), .plain(.x1, Markup.place(Chart.left)), .plain(.y1, height),
                .plain(.x2, Markup.place(Chart.right)), .plain(.y2, height))
            page.tag(
                .text, .class("axis"), .plain(.x, "40"), .plain(.y, height), .plain(.dy, "4"),
                .plain(.textAnchor, "end"), text: "\(step * 10)%")
        }
        let whole = pace.due - pace.start
        let step = max(7, (whole / 8 + 6) / 7 * 7)
        for gone in stride(from: 0, through: whole, by: step) where whole - gone >= step / 2 {
            dayLabel(&page, pace.start + gone)
        }
        dayLabel(&page, pace.due)
    }

    private func dayLabel(_ page: inout Markup, _ day: Day) {
        page.tag(
            .text, .class("axis"), .plain(.x, Markup.place(x(day))), .plain(.y, "244"),
            .plain(.textAnchor, day == pace.due ? "end" : "middle"),
            text: visit.language.shortDay(day))
    }

    /// The threshold, and the line from nothing to it.
    private func lines(_ page: inout Markup) {
        let limit = pace.threshold.drawn
        let height = Markup.place(y(limit))
        page.void(
            .line, .class("limit"), .plain(.x1, Markup.place(Chart.left)), .plain(.y1, height),
            .plain(.x2, Markup.place(Chart.right)), .plain(.y2, height))
        page.tag(
            .text, .class("limit-text"), .plain(.x, Markup.place(Chart.left + 6)),
            .plain(.y, height), .plain(.dy, "-5"),
            text: visit("ngưỡng ", "threshold ") + visit.language.share(pace.threshold))
        page.void(
            .polyline, .class("expected"),
            .plain(.points, place(pace.start, 0) + " " + place(pace.due, limit)))
    }

    private func way(_ page: inout Markup) {
        let drawn = points.map {
            (day: $0.day, rate: Double($0.figure.numerator) / Double($0.figure.denominator))
        }
        guard let last = drawn.last else { return }
        if let end = forecast, last.day < pace.due {
            page.void(
                .polyline, .class("forecast"),
                .plain(.points, place(last.day, last.rate) + " " + place(pace.due, end)))
        }
        let way = drawn.map { place($0.day, $0.rate) }.joined(separator: " ")
        page.void(.polyline, .class("way"), .plain(.points, way))
        for point in drawn {
            page.void(
                .circle, .class("point"), .plain(.cx, Markup.place(x(point.day))),
                .plain(.cy, Markup.place(y(point.rate))), .plain(.r, "3"))
        }
        let isRight = x(last.day) > 620
        page.tag(
            .text, .class("value"), .plain(.x, Markup.place(x(last.day) + (isRight ? -8 : 8))),
            .plain(.y, Markup.place(y(last.rate))), .plain(.dy, "-8"),
            .plain(.textAnchor, isRight ? "end" : "start"),
            text: visit.language.percent(Int64(last.rate * 100_000), of: 100_000))
    }

    /// Where it comes to on the due day at the speed of the days gone by.
    private var forecast: Double? {
        guard let last = points.last, last.day < pace.due else { return nil }
        let gone = Double(last.day - pace.start + 1)
        let rate = Double(last.figure.numerator) / Double(last.figure.denominator)
        return min(1, rate / gone * Double(pace.due - pace.start + 1))
    }

    private var forecastText: String {
        guard let forecast else { return "" }
        let rate = visit.language.percent(Int64(forecast * 100_000), of: 100_000)
        return visit(
            "Giữ tốc độ này thì đến hạn được khoảng \(rate).",
            "At this speed it comes to about \(rate) by then.")
    }

    private func table(_ page: inout Markup) {
        page.tag(.details) { page in
            page.tag(.summary, text: visit("Số liệu của biểu đồ", "The figures of the chart"))
            page.table(heading) { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Ngày", "Day"))
                        page.column(visit("Tử số", "Numerator"), number: true)
                        page.column(visit("Mẫu số", "Denominator"), number: true)
                        page.column(visit("Tỷ lệ", "Rate"), number: true)
                        page.column(visit("Mức cần có", "Line"), number: true)
                    }
                }
                page.tag(.tbody) { page in
                    for point in points { row(&page, point.day, point.figure) }
                }
            }
        }
    }

    private func row(_ page: inout Markup, _ day: Day, _ figure: DayFigures.Figure) {
        let language = visit.language
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row), text: language.day(day))
            page.cell(
                language.amount(figure.numerator, unitOfCount: target.unitOfCount), number: true)
            page.cell(
                language.amount(figure.denominator, unitOfCount: target.unitOfCount), number: true)
            page.cell(language.percent(figure.numerator, of: figure.denominator), number: true)
            page.cell(language.percent(pace.expected(on: day)), number: true)
        }
    }
}

extension Site {
    /// The chart of a target; nil for one that does not grow day by day.
    func chart(
        _ visit: Visit, _ target: ScoringV1.TargetResult, unit: String
    ) async -> Chart? {
        guard let start = visit.start, let pace = Pace(target, start: start) else { return nil }
        let days = Chart.days(from: start, to: visit.day, due: pace.due)
        guard !days.isEmpty else { return nil }
        let line = await trends.line(
            days, campaign: visit.plan?.campaign ?? "", as: visit.visitor)
        return Chart(visit: visit, target: target, unit: unit, pace: pace, line: line)
    }
}
