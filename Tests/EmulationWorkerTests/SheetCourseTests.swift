import Rules
import Testing
import Wire

@testable import EmulationWorker
@testable import WorkerKit

/// A sheet's whole course, and every attempt that is refused on the way, with a real store.
@Suite struct SheetCourseTests {
    private typealias Score = EmulationV1.ScoreRequest

    private func refused(
        _ code: StatusCode, _ reason: String, _ step: () async throws(Failure) -> Void
    ) async {
        do throws(Failure) {
            try await step()
            Issue.record("\(reason) was not refused")
        } catch {
            #expect(error.code == code)
            #expect(error.reason == "EMULATION_" + reason)
        }
    }

    @Test func fromTheUnitToTheHead() async throws {
        let trial = try await EmulationTrial()
        let submitted = try await SheetHandlers.submit(
            .of("MX", movement: "35,5"), try trial.call("cert:mx"))
        #expect(submitted.state == "submitted")
        #expect(submitted.selfScore == "95.50")
        #expect(submitted.computedScore == "100.00", "60 of 60: nobody decided the movement yet")
        let reviewed = try await SheetHandlers.review(
            .of("MX", movement: "30", reason: "thiếu tài liệu"), try trial.call("cert:hd-01"))
        #expect(reviewed.reviewedScore == "90.00")
        #expect(reviewed.objectUntil == "2021-06-10")
        let decided = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
        #expect(decided.state == "decided")
        #expect(decided.decidedScore == "90.00")
        let line = try #require(decided.lines.last)
        #expect(line.selfScored?.author == "cert:mx")
        #expect(line.selfScored?.evidence == "biên bản 5")
        #expect(line.reviewed?.reason == "thiếu tài liệu")
        #expect(line.decided?.author == "cert:head")
        #expect(line.decided?.at == "2021-06-07T00:00:00+07:00")
        #expect(try await trial.refusals().isEmpty)
        let rank = try await RankHandler.rank(
            .with { $0.asOf = "2021-05-31" }, try trial.call("cert:mx", mutation: false))
        #expect(rank.rows.map(\.unit) == ["KS", "MX"], "58/60 against 60 + 30 of 100")
        #expect(rank.rows.map(\.score) == ["96.67", "90.00"])
        #expect(rank.rows[0].undetermined.count == 1)
        let column = try await RankHandler.rank(
            .with {
                $0.asOf = "2021-05-31"
                $0.column = "decided"
            }, try trial.call("cert:mx", mutation: false))
        #expect(column.rows.map(\.rank) == [1, nil])
        #expect(column.rows[1].score == "")
    }

    @Test func whatNobodyMayDoIsRefusedAndKept() async throws {
        let trial = try await EmulationTrial()
        await refused(.permissionDenied, "NOT_YOUR_UNIT") { () async throws(Failure) in
            _ = try await SheetHandlers.submit(.of("KS", movement: "1"), try trial.call("cert:mx"))
        }
        await refused(.permissionDenied, "NOT_YOUR_DUTY") { () async throws(Failure) in
            _ = try await SheetHandlers.review(.of("MX"), try trial.call("cert:mx"))
        }
        await refused(.permissionDenied, "NOT_YOUR_DUTY") { () async throws(Failure) in
            _ = try await SheetHandlers.decide(.of("MX"), try trial.call("uid:0"))
        }
        await refused(.failedPrecondition, "NOT_YET") { () async throws(Failure) in
            _ = try await SheetHandlers.review(.of("MX"), try trial.call("cert:hd-01"))
        }
        await refused(.failedPrecondition, "NOT_YET") { () async throws(Failure) in
            _ = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
        }
        _ = try await SheetHandlers.submit(.of("KS", movement: "1"), try trial.call("cert:ks"))
        _ = try await SheetHandlers.review(.of("KS"), try trial.call("cert:hd-01"))
        await refused(.permissionDenied, "OWN_UNIT") { () async throws(Failure) in
            _ = try await SheetHandlers.decide(.of("KS"), try trial.call("cert:head"))
        }
        #expect(
            try await trial.refusals() == [
                "cert:mx submit KS not_your_unit", "cert:mx review MX not_your_duty",
                "uid:0 decide MX not_your_duty", "cert:hd-01 review MX not_yet",
                "cert:head decide MX not_yet", "cert:head decide KS own_unit",
            ])
        let sheet = try await SheetHandlers.sheet(
            .with { $0.unit = "MX" }, try trial.call("x", mutation: false))
        #expect(sheet.state == "open", "nothing of it left a trace on the sheet")
    }

    @Test func aDecidedSheetTakesNothingMore() async throws {
        let trial = try await EmulationTrial()
        _ = try await SheetHandlers.submit(.of("MX", movement: "30"), try trial.call("cert:mx"))
        _ = try await SheetHandlers.review(.of("MX"), try trial.call("cert:hd-01"))
        let decided = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
        await refused(.failedPrecondition, "LOCKED") { () async throws(Failure) in
            _ = try await SheetHandlers.submit(.of("MX", movement: "40"), try trial.call("cert:mx"))
        }
        await refused(.failedPrecondition, "LOCKED") { () async throws(Failure) in
            _ = try await SheetHandlers.review(.of("MX"), try trial.call("cert:hd-02"))
        }
        await refused(.failedPrecondition, "LOCKED") { () async throws(Failure) in
            _ = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
        }
        let after = try await SheetHandlers.sheet(
            .with {
                $0.unit = "MX"
                $0.asOf = "2021-05-31"
            }, try trial.call("x", mutation: false))
        #expect(after.lines == decided.lines)
        #expect(try await trial.refusals().count == 3)
    }

    @Test func anObjectionIsAnsweredBeforeTheDecision() async throws {
        let trial = try await EmulationTrial()
        let objection = EmulationV1.ObjectRequest.with {
            $0.unit = "MX"
            $0.criterion = "movement"
            $0.text = "đã có minh chứng"
        }
        await refused(.failedPrecondition, "NOT_YET") { () async throws(Failure) in
            _ = try await ObjectionHandlers.object(objection, try trial.call("cert:mx"))
        }
        _ = try await SheetHandlers.submit(.of("MX", movement: "30"), try trial.call("cert:mx"))
        _ = try await SheetHandlers.review(
            .of("MX", movement: "20", reason: "thiếu"), try trial.call("cert:hd-01"))
        await refused(.failedPrecondition, "LATE") { () async throws(Failure) in
            _ = try await ObjectionHandlers.object(
                objection, try trial.call("cert:mx", on: "2021-06-11"))
        }
        let filed = try await ObjectionHandlers.object(
            objection, try trial.call("cert:mx", on: "2021-06-10"))
        let number = try #require(filed.objections.first).number
        #expect(filed.objections[0].answerDueOn == "2021-06-14", "two working days, past a weekend")
        await refused(.failedPrecondition, "OPEN_OBJECTION") { () async throws(Failure) in
            _ = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
        }
        let answer = EmulationV1.AnswerRequest.with {
            $0.unit = "MX"
            $0.number = number
            $0.outcome = "upheld"
            $0.text = "chấp nhận"
        }
        await refused(.permissionDenied, "NOT_YOUR_DUTY") { () async throws(Failure) in
            _ = try await ObjectionHandlers.answer(answer, try trial.call("cert:mx"))
        }
        let answered = try await ObjectionHandlers.answer(answer, try trial.call("cert:hd-01"))
        #expect(answered.objections[0].outcome == "upheld")
        await refused(.failedPrecondition, "OVER") { () async throws(Failure) in
            _ = try await ObjectionHandlers.answer(answer, try trial.call("cert:hd-01"))
        }
        let again = try await SheetHandlers.review(
            .of("MX", movement: "30"), try trial.call("cert:hd-01"))
        #expect(again.reviewedScore == "90.00")
        _ = try await SheetHandlers.decide(.of("MX"), try trial.call("cert:head"))
    }

    @Test func withoutRolesNobodyMayScore() async throws {
        let trial = try await EmulationTrial(roles: "")
        await refused(.failedPrecondition, "NO_ROLES") { () async throws(Failure) in
            _ = try await SheetHandlers.submit(.of("MX", movement: "1"), try trial.call("cert:mx"))
        }
        #expect(try await trial.refusals() == ["cert:mx submit MX no_roles"])
    }

    @Test func aWrongEntryIsNoRefusalOfRights() async throws {
        let trial = try await EmulationTrial()
        for (points, field) in [("41", "entries.movement"), ("abc", "entries.movement.points")] {
            let failure = await #expect(throws: Failure.self) {
                try await SheetHandlers.submit(
                    .of("MX", movement: points), try trial.call("cert:mx"))
            }
            #expect(failure?.code == .invalidArgument)
            #expect(failure?.field == field)
        }
        #expect(try await trial.refusals().isEmpty)
    }
}
