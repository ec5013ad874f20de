/// An hour and a minute of the day in Vietnam.
public struct ClockTime: Hashable, Comparable, Sendable {
    /// Minutes since midnight, 0…1439.
    public let minutes: Int

    /// Nil where the clock has no such time.
    public init?(hour: Int, minute: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutes = hour * 60 + minute
    }

    public static func < (a: ClockTime, b: ClockTime) -> Bool { a.minutes < b.minutes }
}

/// Coercion as it is planned: what is not known yet stays nil.
public struct PlannedCoercion: Sendable {
    public var begins: ClockTime?
    /// When it is over on the same day.
    public var ends: ClockTime?
    /// Whether police or other forces are called out, which the days around Tết forbid.
    public var mobilisesForces: Bool?

    public init(
        begins: ClockTime? = nil, ends: ClockTime? = nil, mobilisesForces: Bool? = nil
    ) {
        self.begins = begins
        self.ends = ends
        self.mobilisesForces = mobilisesForces
    }
}

/// Whether coercion may be held on a day.
public enum CoercionVerdict: String, Sendable {
    case allowed, forbidden
    /// A person must decide something first, see `questions`.
    case undetermined
}

/// The answer to "may coercion be held on that day?", with what it rests on.
public struct CoercionBan: Sendable {
    public let verdict: CoercionVerdict
    /// What forbids it; empty unless `forbidden`.
    public let bans: [AppliedRule]
    /// What a person must decide before the day can be called allowed.
    public let questions: [AppliedRule]
    /// False where the days off of the year are not certain.
    public let certain: Bool
}

extension LawTable {
    /// Whether coercion may be held on `day`: not at night, not on days off (LTHADS Art. 46.2), and with forces
    /// called out not from 15 days before mùng 1 to 15 days after mùng 3 Tết (Decree 62/2015 Art. 13.2).
    public func coercionBan(
        on day: Day, _ planned: PlannedCoercion = PlannedCoercion()
    ) -> CoercionBan {
        var bans: [AppliedRule] = []
        var questions: [AppliedRule] = []
        if !calendar.isWorking(day) { bans += cited("C-02", day, CoercionText.dayOff(day)) }
        switch isNight(planned, on: day) {
        case true?: bans += cited("C-02", day, CoercionText.night)
        case false?: break
        case nil: questions.append(missing("C-02", day))
        }
        if planned.mobilisesForces != false {
            switch tetWindow(around: day) {
            case .days(let window) where window.contains(day):
                let text = CoercionText.tet(window.lowerBound, window.upperBound)
                if planned.mobilisesForces == true {
                    bans += cited("C-03a", day, text)
                } else {
                    questions += cited("C-03a", day, text + CoercionText.ifForces)
                }
            case .days, .none: break
            case .unknown(let id): questions.append(missing(id, day))
            }
        }
        let verdict: CoercionVerdict =
            !bans.isEmpty ? .forbidden : questions.isEmpty ? .allowed : .undetermined
        return CoercionBan(
            verdict: verdict, bans: bans, questions: questions,
            certain: calendar.isCertain(from: day, through: day))
    }

    /// The first day on or after `day` on which nothing known forbids such coercion; nil where none comes
    /// within half a year.
    public func firstCoercionDay(onOrAfter day: Day, _ planned: PlannedCoercion) -> Day? {
        (0..<183).lazy.map { day + $0 }.first {
            coercionBan(on: $0, planned).verdict == .allowed
        }
    }

    /// True when a known hour lies between 22:00 and 06:00; nil where the book has no hours for the day.
    private func isNight(_ planned: PlannedCoercion, on day: Day) -> Bool? {
        guard case .clock(let from) = rule("C-02.night_from", on: day)?.value,
            case .clock(let to) = rule("C-02.night_to", on: day)?.value
        else { return nil }
        if let begins = planned.begins {
            if begins.minutes >= from * 60 || begins.minutes < to * 60 { return true }
        }
        guard let ends = planned.ends else { return false }
        return ends.minutes > from * 60 || ends.minutes <= to * 60
    }

    private func tetWindow(around day: Day) -> TetWindow {
        guard let apart = rule("C-03", on: day), case .period(.calendarDays(let days)) = apart.value
        else { return .unknown("C-03") }
        guard case .count(let length) = rule("C-03a.tet_days", on: day)?.value else {
            return .unknown("C-03a.tet_days")
        }
        let civil = day.civil
        // Mùng 1 lies between 20/01 and 21/02, so no window leaves its year or reaches April.
        guard let first = calendar.tet[civil.year] else {
            return civil.month > 3 ? .none : .unknown("C-03a")
        }
        return .days((first - days)...(first + (length - 1) + days))
    }

    private func cited(_ id: String, _ day: Day, _ text: String) -> [AppliedRule] {
        rule(id, on: day).map {
            [AppliedRule(id: id, citation: $0.citation, text: text, verified: $0.verified)]
        } ?? [missing(id, day)]
    }

    private func missing(_ id: String, _ day: Day) -> AppliedRule {
        AppliedRule(
            id: id, citation: Citation(instrument: "", place: ""),
            text: MissingRule(id: id, on: day).description, verified: false)
    }
}

private enum TetWindow {
    case days(ClosedRange<Day>)
    /// No Tết is near.
    case none
    /// The book lacks this rule, or the calendar that year's Tết.
    case unknown(String)
}

private enum CoercionText {
    static let night = "Không tổ chức cưỡng chế từ 22 giờ đến 06 giờ sáng hôm sau."
    static let ifForces = " Cần xác định việc cưỡng chế có huy động lực lượng hay không."

    static func dayOff(_ day: Day) -> String {
        "Ngày \(day.vietnamese) là ngày nghỉ, không tổ chức cưỡng chế."
    }

    static func tet(_ first: Day, _ last: Day) -> String {
        "Không cưỡng chế có huy động lực lượng từ \(first.vietnamese) đến \(last.vietnamese) "
            + "(15 ngày trước và sau Tết)."
    }
}
