import Testing
import Wire

@testable import AdminCommands

@Suite("The adviser of Art. 61 as JSON and as text")
struct ExemptionAnswerTests {
    private var reply: CaseworkV1.ShowCaseReply {
        var rule = CaseworkV1.AppliedRule()
        rule.id = "X-05"
        rule.citation = "LTHADS Điều 61.3.a"
        rule.text = "Giảm một phần số còn lại."
        rule.verified = true
        var option = CaseworkV1.ExemptionOption()
        option.rule = rule
        option.measure = "reduction"
        option.state = "needs_payment"
        option.from = "2021-05-31"
        option.atMost = 12_250_000
        var question = CaseworkV1.AppliedRule()
        question.id = "X-09a"
        question.text = "Ai đã nộp?"
        var advice = CaseworkV1.ExemptionAdvice()
        advice.verdict = "needs_payment"
        advice.due = 50_000_000
        advice.paid = 999_999
        advice.threshold = 1_000_000
        advice.toPay = 1
        advice.remaining = 49_000_001
        advice.clockFrom = "2016-05-31"
        advice.openFrom = "2021-05-31"
        advice.options = [option]
        advice.undetermined = [question]
        var record = CaseworkV1.Case()
        record.unit = "ST05"
        record.decisionNo = "12/QĐ-CCTHADS"
        var reply = CaseworkV1.ShowCaseReply()
        reply.case = record
        reply.asOf = "2021-05-31"
        reply.lawBook = "sha256:01"
        reply.exemption = advice
        return reply
    }

    private let advice =
        #"{"verdict":"needs_payment","due":50000000,"paid":999999,"threshold":1000000,"#
        + #""to_pay":1,"remaining":49000001,"clock_from":"2016-05-31","open_from":"2021-05-31","#
        + #""options":[{"rule":"X-05","measure":"reduction","state":"needs_payment","#
        + #""from":"2021-05-31","at_most":12250000,"citation":"LTHADS Điều 61.3.a","#
        + #""verified":true}],"blockers":[],"undetermined":[{"id":"X-09a","citation":null,"#
        + #""text":"Ai đã nộp?","verified":false}],"rules":[]}"#

    @Test("case-exemption/1")
    func json() {
        #expect(
            ExemptionAnswer.json(reply).written()
                == #"{"schema":"caodiem.case-exemption/1","unit":"ST05","#
                + #""decision_no":"12/QĐ-CCTHADS","as_of":"2021-05-31","law_book":"sha256:01","#
                + #""exemption":"# + advice + "}")
        #expect(CaseAnswer.json(reply).written().contains(#""exemption":"# + advice))
    }

    @Test("a private debt has none")
    func privateDebt() {
        var plain = reply
        plain.exemption = nil
        #expect(ExemptionAnswer.json(plain).written().hasSuffix(#""exemption":null}"#))
        #expect(ExemptionAnswer.text(plain, .plain).contains("không phải khoản thu nộp"))
    }

    @Test("people read what to pay, and who must decide")
    func text() {
        let text = ExemptionAnswer.text(reply, .plain)
        #expect(text.hasPrefix("nộp thêm cho đủ mức"))
        #expect(text.contains("12.250.000 đ"))
        #expect(text.contains("X-09a*: Ai đã nộp?"))
        let english = Language.$current.withValue(.en) { ExemptionAnswer.text(reply, .plain) }
        #expect(english.hasPrefix("open once more is paid"))
    }
}
