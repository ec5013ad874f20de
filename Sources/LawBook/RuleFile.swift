internal import Rules
internal import StrictYAML

/// What one law file holds: rules of a subject, the instruments they cite, or the working calendar.
struct LawFile {
    var rules: [RuleEntry] = []
    var instruments: [InstrumentEntry] = []
    var calendarYears: [CalendarYear] = []
}

/// One rule with its dated values and the places where they stand in the file.
struct RuleEntry {
    let id: String
    let position: YAMLPosition
    let editions: [(rule: LawRule, position: YAMLPosition)]
}

struct InstrumentEntry {
    let short: String
    let title: String
    let position: YAMLPosition
}

private enum RuleKind: String, CaseIterable {
    case period, share, money, count, hours, clock, ground
}

private enum PeriodUnit: String, CaseIterable {
    case workingDays = "working_days"
    case calendarDays = "calendar_days"
    case months, years

    func period(_ number: Int) -> Period {
        switch self {
        case .workingDays: .workingDays(number)
        case .calendarDays: .calendarDays(number)
        case .months: .months(number)
        case .years: .years(number)
        }
    }
}

extension Shape where Value == LawFile {
    static var lawFile: Shape<LawFile> {
        .mapping { map in
            _ = map.required("subject", .text)
            _ = map.optional("note", .text)
            let file = LawFile(
                rules: map.optional("rules", .list(.rule), or: []),
                instruments: map.optional("instruments", .list(.instrument), or: []),
                calendarYears: map.optional("calendar", .list(.calendarYear), or: []))
            if !map.has("rules"), !map.has("instruments"), !map.has("calendar") {
                map.refuse(
                    "subject", "has nothing under it",
                    "add 'rules', 'instruments' or 'calendar' to the file")
            }
            return file
        }
    }
}

extension Shape where Value == InstrumentEntry {
    fileprivate static var instrument: Shape<InstrumentEntry> {
        .mapping { map in
            let short = map.required("short", .text)
            let title = map.required("title", .text)
            _ = map.optional("note", .text)
            guard let short, let title else { return nil }
            return InstrumentEntry(short: short, title: title, position: map.node.position)
        }
    }
}

/// What a rule says once for all its values.
private struct RuleHead {
    var id: String?
    var title: String?
    var kind: RuleKind?
    var unit: PeriodUnit?
    var citation: Citation?
    var verified: Bool?
    var note: String?
    /// Keys that stand, right or wrong: a wrong one is reported once, not again at each value.
    var stands: (String) -> Bool
}

extension Shape where Value == RuleEntry {
    fileprivate static var rule: Shape<RuleEntry> {
        .mapping { map in
            let head = RuleHead(
                id: map.required("id", .ruleID), title: map.required("title", .text),
                kind: map.required("kind", .choice()), unit: map.optional("unit", .choice()),
                citation: map.optional("citation", .citation),
                verified: map.optional("verified", .flag), note: map.optional("note", .text),
                stands: map.has)
            if head.kind == .period, !map.has("unit") {
                map.refuse(
                    "kind", "is period, so the rule needs a unit",
                    "add 'unit: working_days', calendar_days, months or years")
            } else if let kind = head.kind, kind != .period, map.has("unit") {
                map.refuse("unit", "has no meaning for a \(kind.rawValue)", "remove it")
            }
            let values = map.required("values", .list(edition(head), atLeast: 1))
            guard let id = head.id, let values else { return nil }
            return RuleEntry(id: id, position: map.node.position, editions: values)
        }
    }

    /// One dated value: in force from `from` to `to`, both included.
    private static func edition(
        _ head: RuleHead
    ) -> Shape<(rule: LawRule, position: YAMLPosition)> {
        .mapping { map in
            let from = map.required("from", .day)
            let to = map.optional("to", .day)
            let value = lawValue(map, head)
            let citation = map.optional("citation", .citation) ?? head.citation
            let verified = map.optional("verified", .flag) ?? head.verified
            let note = map.optional("note", .text) ?? head.note
            if citation == nil, !map.has("citation"), !head.stands("citation") {
                map.refuse(
                    "", "has no citation",
                    "add 'citation: {instrument: …, place: …}' to it or to its rule")
            }
            if verified == nil, !map.has("verified"), !head.stands("verified") {
                map.refuse(
                    "", "is not marked as verified or not",
                    "add 'verified: true' where the text was read, else 'verified: false'")
            }
            if let from, let to, to < from {
                map.refuse("to", "lies before 'from' (\(from))", "correct one of the two days")
            }
            guard let id = head.id, let title = head.title, let from, let value, let citation,
                let verified
            else { return nil }
            return (
                LawRule(
                    id: id, title: title, value: value, from: from, to: to, citation: citation,
                    verified: verified, note: note),
                map.node.position
            )
        }
    }

    private static func lawValue(_ map: Fields, _ head: RuleHead) -> LawValue? {
        switch head.kind {
        case .period:
            let unit = map.optional("unit", .choice(PeriodUnit.self)) ?? head.unit
            let number = map.required("value", .integer(in: 1...3650))
            guard let unit, let number else { return nil }
            return .period(unit.period(number))
        case .share: return map.required("value", .share).map { .share($0) }
        case .money: return map.required("value", .amount).map { .money($0) }
        case .count: return map.required("value", .integer(in: 1...1000)).map { .count($0) }
        case .hours: return map.required("value", .integer(in: 1...1000)).map { .hours($0) }
        case .clock: return map.required("value", .integer(in: 0...23)).map { .clock($0) }
        case .ground:
            if map.has("value") {
                map.refuse("value", "has no meaning for a ground", "remove it, or name its kind")
            }
            return .ground
        case nil:
            _ = (map.value(of: "value"), map.value(of: "unit"))
            return nil
        }
    }
}

extension Shape where Value == String {
    /// `V-10`, `V-10.real_estate`: letters, digits, dots, dashes and underscores.
    fileprivate static var ruleID: Shape<String> {
        Shape<String>.text.narrowed(to: "a rule's id such as V-10.movable, without spaces") { id in
            id.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            } ? id : nil
        }
    }
}
