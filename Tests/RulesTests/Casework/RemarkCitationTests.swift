import Rules
import Testing

/// What a remark about a case rests on: the paragraph of the plan in force, whichever it is.
@Suite struct RemarkCitationTests {
    private func remarks(_ plan: CampaignPlan?) throws -> [CaseRemark] {
        var file = try Make.file(due: 100_000_000, decided: "01/03")
        file.sensitivity = "ethnic_religious"
        file.coercions = [Coercion(decidedOn: try day("03/03"), measure: .seizure)]
        file.commitments = [Commitment(dueOn: try day("10/04"), amount: Dong(5_000_000))]
        return try file.remarks(RealLaw.table(), plan: plan, on: day("31/05"))
    }

    @Test func thePlanIsCited() throws {
        var plan = try RealLaw.plan()
        #expect(try remarks(plan).map(\.code) == [.escalate, .brokenCommitment])
        #expect(try remarks(plan).map(\.rule.citation.place) == ["II.1", "II.2"])
        plan.citation = "KH 7/KH-CTHADS"
        plan.settings.escalationParagraph = "IV.3"
        #expect(try remarks(plan).first?.rule.citation.description == "KH 7/KH-CTHADS IV.3")
    }

    @Test func withoutAPlanNothingIsCalledVerified() throws {
        #expect(try remarks(nil).map(\.rule.verified) == [false, false])
    }
}
