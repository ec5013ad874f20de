import LawBook
import Rules
import StrictYAML
import Testing

/// A law file that is sound, as lines to be spoiled one by one.
private let sound = """
    subject: Thử
    instruments:
      - { short: LTHADS, title: Luật Thi hành án dân sự }
    rules:
      - id: P-01
        title: Nộp tiền
        kind: period
        unit: calendar_days
        citation: { instrument: LTHADS, place: Điều 1 }
        verified: true
        values:
          - { from: 2015-01-01, to: 2019-12-31, value: 15 }
          - { from: 2020-01-01, value: 30 }
    calendar:
      - year: 2021
        certain: true
        citation: { instrument: LTHADS, place: Điều 2 }
        off:
          - { day: 2021-01-01, name: Tết }
        worked: [2021-01-02]
    """

struct Spoiled: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let messages: [String]

    init(_ old: String, _ new: String, _ messages: String...) {
        self.old = old
        self.new = new
        self.messages = messages
    }

    var testDescription: String { "\(old) → \(new)" }
}

@Suite("A law book is refused whole")
struct LawRefusalTests {
    @Test("the sound one loads")
    func loads() throws {
        let book = try load(("law.yaml", sound))
        let rule = try #require(book.rule("P-01", on: try day("2019-12-31")))
        #expect(rule.to == (try day("2019-12-31")))
        #expect(book.calendar.isWorking(try day("2021-01-02")))
    }

    @Test("each fault by its line, with what to do", arguments: spoiled)
    func refused(_ case: Spoiled) throws {
        #expect(sound.contains(`case`.old))
        let text = sound.replacing(`case`.old, with: `case`.new, maxReplacements: 1)
        #expect(faults(("law.yaml", text)) == `case`.messages)
    }

    @Test("faults of all files stand together, in order")
    func together() {
        let other = "subject: Khác\nrulez: []\n"
        #expect(
            faults(
                ("law.yaml", sound.replacing("title: Nộp tiền", with: "titel: Nộp tiền")),
                ("other.yaml", other)) == [
                    "law.yaml:5: missing key 'title' in 'rules[1]'; add 'title: …'",
                    "law.yaml:6: unknown key 'titel' in 'rules[1]'; did you mean 'title'?",
                    "other.yaml:1: 'subject' has nothing under it; add 'rules', 'instruments' or "
                        + "'calendar' to the file",
                    "other.yaml:2: unknown key 'rulez' in the file; did you mean 'rules'?",
                ])
    }

    @Test("an id stands once in all files")
    func duplicateAcrossFiles() {
        let rules = sound.split(separator: "\n", omittingEmptySubsequences: false)
        let second = ([rules[0]] + rules[3...12]).joined(separator: "\n")
        #expect(
            faults(("law.yaml", sound), ("more.yaml", second)) == [
                "more.yaml:3: rule P-01 is already defined in law.yaml:5; keep one of them, "
                    + "or give this one an id of its own"
            ])
    }

    @Test("a refused file does not make its instruments missing elsewhere")
    func refusedInstruments() {
        let rules = sound.split(separator: "\n", omittingEmptySubsequences: false)
        let instruments = rules[0...2].joined(separator: "\n") + "\nnot: {}\n"
        let rest = ([rules[0]] + rules[3...]).joined(separator: "\n")
        #expect(
            faults(("instruments.yaml", instruments), ("law.yaml", rest)) == [
                "instruments.yaml:4: unknown key 'not' in the file; did you mean 'note'?"
            ])
    }

    @Test("a book without a calendar is refused")
    func withoutCalendar() {
        let text = sound.split(separator: "\n")[0...12].joined(separator: "\n")
        #expect(
            faults(("law.yaml", text)) == [
                "calendar.yaml:1: the law book has no working calendar; add a file with 'calendar'"
            ])
    }

    @Test("the digest follows names and bytes, not the order of files")
    func digest() throws {
        let more = "subject: Khác\ninstruments: [{ short: NĐ, title: Nghị định }]\n"
        let one = try load(("a.yaml", sound), ("b.yaml", more)).digest
        #expect(try load(("b.yaml", more), ("a.yaml", sound)).digest == one)
        #expect(try load(("a.yaml", sound), ("c.yaml", more)).digest != one)
        #expect(try load(("a.yaml", sound + "\n"), ("b.yaml", more)).digest != one)
    }

    @Test("a folder that is not there, or holds no law, says so")
    func folders() {
        #expect(throws: LawBookError.self) { try LawBook.load(directory: "/nowhere/law") }
        let error = #expect(throws: LawBookError.self) { try LawBook.load(directory: "/proc/self") }
        #expect(
            error?.description == "/proc/self/casework:1: the law book's folder cannot be read; "
                + "check the path and its permissions")
        let empty = #expect(throws: LawBookError.self) { try LawBook.load(files: []) }
        #expect(
            empty?.description == "law book:1: it has 0 files named *.yaml; 1 to 100 are read; "
                + "point to the folder that holds the law files")
    }
}

private func load(_ files: (String, String)...) throws -> LawTable {
    try LawBook.load(files: files.map { LawBookFile(name: $0.0, bytes: Array($0.1.utf8)) })
}

private func faults(_ files: (String, String)...) -> [String] {
    do {
        _ = try LawBook.load(
            files: files.map { LawBookFile(name: $0.0, bytes: Array($0.1.utf8)) })
        return []
    } catch {
        return error.issues.map(\.description)
    }
}

private let spoiled = [
    Spoiled(
        "unit: calendar_days", "unit: day",
        "law.yaml:8: 'rules[1].unit' must be one of working_days, calendar_days, months, years, "
            + "found 'day'; write one of them"),
    Spoiled(
        "unit: calendar_days", "unit: calender_days",
        "law.yaml:8: 'rules[1].unit' must be one of working_days, calendar_days, months, years, "
            + "found 'calender_days'; did you mean 'calendar_days'?"),
    Spoiled(
        "    unit: calendar_days\n", "",
        "law.yaml:7: 'rules[1].kind' is period, so the rule needs a unit; "
            + "add 'unit: working_days', calendar_days, months or years"),
    Spoiled(
        "kind: period", "kind: count",
        "law.yaml:8: 'rules[1].unit' has no meaning for a count; remove it"),
    Spoiled(
        "    citation: { instrument: LTHADS, place: Điều 1 }\n", "",
        "law.yaml:11: 'rules[1].values[1]' has no citation; "
            + "add 'citation: {instrument: …, place: …}' to it or to its rule",
        "law.yaml:12: 'rules[1].values[2]' has no citation; "
            + "add 'citation: {instrument: …, place: …}' to it or to its rule"),
    Spoiled(
        "{ instrument: LTHADS, place: Điều 1 }", "{ instrument: LTHADS }",
        "law.yaml:9: missing key 'place' in 'rules[1].citation'; add 'place: …'"),
    Spoiled(
        "{ instrument: LTHADS, place: Điều 1 }", "{ instrument: LTHAD, place: Điều 1 }",
        "law.yaml:12: instrument 'LTHAD' is not listed; did you mean 'LTHADS'?",
        "law.yaml:13: instrument 'LTHAD' is not listed; did you mean 'LTHADS'?"),
    Spoiled(
        "    verified: true\n", "",
        "law.yaml:11: 'rules[1].values[1]' is not marked as verified or not; "
            + "add 'verified: true' where the text was read, else 'verified: false'",
        "law.yaml:12: 'rules[1].values[2]' is not marked as verified or not; "
            + "add 'verified: true' where the text was read, else 'verified: false'"),
    Spoiled(
        "verified: true", "verified: yes",
        "law.yaml:10: 'rules[1].verified' must be true or false, found 'yes'; "
            + "write true or false"),
    Spoiled(
        "to: 2019-12-31", "to: 2020-01-01",
        "law.yaml:13: rule P-01: values overlap, one ends on 2020-01-01 and the next starts on "
            + "2020-01-01; end the earlier one on 2019-12-31"),
    Spoiled(
        "to: 2019-12-31", "to: 2019-12-29",
        "law.yaml:13: rule P-01: no value from 2019-12-30 to 2019-12-31; "
            + "add the value of that time, or join the two"),
    Spoiled(
        "to: 2019-12-31, ", "",
        "law.yaml:13: rule P-01: the value from 2015-01-01 has no end, yet one from 2020-01-01 "
            + "follows; add 'to: 2019-12-31' to the earlier one"),
    Spoiled(
        "to: 2019-12-31", "to: 2014-12-31",
        "law.yaml:12: 'rules[1].values[1].to' lies before 'from' (2015-01-01); "
            + "correct one of the two days"),
    Spoiled(
        "from: 2020-01-01", "from: 2020-02-30",
        "law.yaml:13: 'rules[1].values[2].from' must be a day written YYYY-MM-DD, found "
            + "'2020-02-30'; write a day written YYYY-MM-DD"),
    Spoiled(
        "value: 30", "value: \"30\"",
        "law.yaml:13: 'rules[1].values[2].value' must be a whole number, found '30'; "
            + "write digits without quotes"),
    Spoiled(
        "value: 30", "value: 0",
        "law.yaml:13: 'rules[1].values[2].value' must lie between 1 and 3650, found 0; "
            + "write a number in that range"),
    Spoiled(
        "id: P-01", "id: P 01",
        "law.yaml:5: 'rules[1].id' must be a rule's id such as V-10.movable, without spaces, "
            + "found 'P 01'; write a rule's id such as V-10.movable, without spaces"),
    Spoiled(
        "    verified: true\n", "    verified: true\n    verified: false\n",
        "law.yaml:11: key 'verified' stands twice in one mapping; "
            + "keep one of them (the first is on line 10)"),
    Spoiled(
        "{ day: 2021-01-01, name: Tết }", "{ day: 2020-01-01, name: Tết }",
        "law.yaml:15: 'calendar[1].year' does not hold 2020-01-01; move that day to its own year"),
    Spoiled(
        "{ day: 2021-01-01, name: Tết }", "{ from: 2021-01-01, name: Tết }",
        "law.yaml:19: 'calendar[1].off[1].name' needs either 'day' or both 'from' and 'to'; "
            + "write one day, or the first and the last day off"),
    Spoiled(
        "worked: [2021-01-02]", "worked: [2021-01-04]",
        "law.yaml:20: 'calendar[1].worked[1]' must be a Saturday or a Sunday worked in exchange, "
            + "found '2021-01-04'; write a Saturday or a Sunday worked in exchange"),
]
