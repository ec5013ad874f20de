import Testing
import Wire

@testable import AdminCommands

@Suite("The law book as JSON and as text")
struct LawAnswerTests {
    private var voluntary: LawV1.Edition {
        var edition = LawV1.Edition()
        edition.id = "E-09"
        edition.title = "Thời hạn tự nguyện thi hành án"
        edition.kind = "period"
        edition.unit = "calendar_days"
        edition.number = 10
        edition.from = "2015-07-01"
        edition.instrument = "LTHADS"
        edition.place = "Điều 45.1"
        edition.instrumentTitle = "Luật Thi hành án dân sự"
        edition.verified = true
        return edition
    }

    private var before: LawV1.Edition {
        var edition = voluntary
        edition.number = 15
        edition.from = "2009-07-01"
        edition.to = "2015-06-30"
        edition.verified = false
        edition.note = "The 2008 wording."
        return edition
    }

    @Test("law-list/1")
    func list() {
        var reply = LawV1.ListReply()
        reply.lawBook = "sha256:01"
        reply.on = "2021-03-01"
        reply.rules = [voluntary]
        #expect(
            LawListAnswer.json(reply).written()
                == #"{"schema":"caodiem.law-list/1","digest":"sha256:01","on":"2021-03-01","#
                + #""rules":[{"id":"E-09","title":"Thời hạn tự nguyện thi hành án","#
                + #""kind":"period","unit":"calendar_days","value":10,"from":"2015-07-01","#
                + #""to":null,"citation":"LTHADS Điều 45.1","instrument":"Luật Thi hành án dân sự","#
                + #""verified":true,"note":null}]}"#)
        let text = LawListAnswer.text(reply, .plain)
        #expect(text.contains("1 quy tắc có hiệu lực ngày 01/03/2021"))
        #expect(text.contains("10 ngày"))
    }

    @Test("law-rule/1: the value in force, all values, the parts")
    func show() {
        var reply = LawV1.ShowReply()
        reply.lawBook = "sha256:01"
        reply.on = "2015-06-30"
        reply.id = "E-09"
        reply.inForce = before
        reply.editions = [before, voluntary]
        let json = LawRuleAnswer.json(reply).written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.law-rule/1","digest":"sha256:01","on":"2015-06-30","#
                    + #""id":"E-09","title":"Thời hạn tự nguyện thi hành án","in_force":true,"#
                    + #""kind":"period","unit":"calendar_days","value":15,"from":"2009-07-01","#
                    + #""to":"2015-06-30","citation":"LTHADS Điều 45.1","#))
        #expect(json.contains(#""verified":false,"note":"The 2008 wording.","editions":[{"kind""#))
        #expect(json.hasSuffix(#""parts":[]}"#))
        let text = Language.$current.withValue(.en) { LawRuleAnswer.text(reply, .plain) }
        #expect(text.contains("not read in the text"))
        #expect(text.contains("15 days*"))
    }

    @Test("law-rule/1: a row of parts alone has no value of its own")
    func parts() {
        var reply = LawV1.ShowReply()
        reply.id = "V-10"
        reply.on = "2021-03-01"
        reply.parts = [voluntary]
        let json = LawRuleAnswer.json(reply).written()
        #expect(
            json.contains(#""title":null,"in_force":false,"kind":null,"unit":null,"value":null"#))
        #expect(json.contains(#""editions":[],"parts":[{"id":"E-09""#))
        #expect(LawRuleAnswer.text(reply, .plain).contains("Các phần của quy tắc"))
    }

    @Test("law-diff/1")
    func diff() {
        var change = LawV1.Change()
        change.id = "E-09"
        change.title = "Thời hạn tự nguyện thi hành án"
        change.kind = "changed"
        change.before = before
        change.after = voluntary
        var reply = LawV1.DiffReply()
        reply.lawBook = "sha256:01"
        reply.from = "2015-06-30"
        reply.to = "2015-07-01"
        reply.changes = [change]
        let json = LawDiffAnswer.json(reply).written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.law-diff/1","digest":"sha256:01","from":"2015-06-30","#
                    + #""to":"2015-07-01","changes":[{"id":"E-09","#))
        #expect(json.contains(#""change":"changed","before":{"kind":"period","#))
        let text = LawDiffAnswer.text(reply, .plain)
        #expect(text.contains("15 ngày*"))
        #expect(text.contains("1 quy tắc khác nhau"))
    }

    @Test(
        "a figure with its unit",
        arguments: [
            ("times", 3, "3"), ("hours", 24, "24 giờ"), ("hour_of_day", 6, "06:00"),
            ("hour_of_day", 22, "22:00"), ("dong", 2_000_000, "2.000.000 đ"),
            ("working_days", 5, "5 ngày làm việc"), ("years", 10, "10 năm"),
        ] as [(String, Int64, String)])
    func figure(unit: String, number: Int64, shown: String) {
        var edition = LawV1.Edition()
        edition.unit = unit
        edition.number = number
        #expect(LawEdition.value(edition) == shown)
    }
}
