import Rules
import Store
import Testing
import Wire

@testable import EmulationWorker
@testable import WorkerKit

/// Proposals are drafts until a person decides; quotas hold when they are approved.
@Suite struct ProposalTests {
    private static func proposal(
        _ code: String, _ title: String, kind: String = "officer"
    ) -> EmulationV1.ProposeRequest {
        .with {
            $0.kind = kind
            $0.code = code
            $0.title = title
            $0.reason = "tiêu biểu"
            $0.asOf = "2021-10-15"
        }
    }

    private static func decision(
        _ number: UInt64, _ outcome: String
    ) -> EmulationV1.DecideProposalRequest {
        .with {
            $0.number = number
            $0.outcome = outcome
            $0.reason = "theo hồ sơ"
        }
    }

    /// Initiatives for these officers of MX.
    private func grant(_ trial: EmulationTrial, initiatives: [String]) async throws {
        try await trial.store.write { scope in
            let stamp = ChangeStamp(principal: "t", requestID: "t", receivedAtMilliseconds: 1)
            let writer = try ImportWriter(scope, stamp: stamp)
            for (line, holder) in initiatives.enumerated() {
                let values: [FieldValue] = [
                    .text("MX"), .text(holder), .text("initiative"), .integer(18_700), .null, .null,
                ]
                _ = try writer.apply(
                    FactRows(values), row: 0, of: .merits,
                    present: [true, true, true, true, false, false],
                    at: RowPosition(file: 0, line: line + 2))
            }
            try writer.publish()
        }
    }

    @Test func aCertificateIsProposedWithTheRecordBehindIt() async throws {
        let trial = try await EmulationTrial()
        let drafted = try await ProposalHandlers.propose(
            Self.proposal("MX", "director_certificate", kind: "unit"), try trial.call("cert:hd-01"))
        let draft = try #require(drafted.proposals.first)
        #expect(draft.state == "draft")
        #expect(draft.draftedBy == "cert:hd-01")
        #expect(draft.record.first?.contains("sha256:") == true)
        let approved = try await ProposalHandlers.decide(
            Self.decision(draft.number, "approved"), try trial.call("cert:head"))
        #expect(approved.proposals.first?.state == "approved")
        #expect(approved.proposals.first?.decidedBy == "cert:head")
        let failure = await #expect(throws: Failure.self) {
            try await ProposalHandlers.decide(
                Self.decision(draft.number, "refused"), try trial.call("cert:head"))
        }
        #expect(failure?.reason == "EMULATION_LOCKED")
    }

    @Test func whoeverIsNotEligibleIsRefusedWithTheConditions() async throws {
        let trial = try await EmulationTrial()
        let failure = await #expect(throws: Failure.self) {
            try await ProposalHandlers.propose(
                Self.proposal("O1", "base_fighter"), try trial.call("cert:hd-01"))
        }
        #expect(failure?.code == .failedPrecondition)
        #expect(failure?.reason == "NOT_ELIGIBLE")
        #expect(failure?.message.contains("NĐ 91/2017 Điều 9") == true)
    }

    @Test func anOpenGradeIsProposedForAPersonToDecide() async throws {
        // Officers have no task of their own in this plan: the grade is open, so is the title.
        let trial = try await EmulationTrial()
        let drafted = try await ProposalHandlers.propose(
            Self.proposal("O1", "advanced_worker"), try trial.call("cert:hd-01"))
        #expect(
            drafted.proposals.first?.record.contains {
                $0.contains("cần người có thẩm quyền quyết định")
            } == true)
    }

    @Test func theQuotaHoldsWhenAProposalIsApproved() async throws {
        let trial = try await EmulationTrial()
        try await grant(trial, initiatives: ["head"])
        // Advanced workers: the two heads; 15% of two is nobody.
        let drafted = try await ProposalHandlers.propose(
            Self.proposal("MX", "base_fighter", kind: "head"), try trial.call("cert:hd-01"))
        let number = try #require(drafted.proposals.first).number
        let failure = await #expect(throws: Failure.self) {
            try await ProposalHandlers.decide(
                Self.decision(number, "approved"), try trial.call("cert:head"))
        }
        #expect(failure?.reason == "QUOTA_EXHAUSTED")
        #expect(failure?.message.contains("tối đa 0") == true)
        let refused = try await ProposalHandlers.decide(
            Self.decision(number, "refused"), try trial.call("cert:head"))
        #expect(refused.proposals.first?.state == "refused")
    }

    @Test func nobodyDecidesTheOwnUnitOrTheOwnDraft() async throws {
        let trial = try await EmulationTrial()
        let own = try await ProposalHandlers.propose(
            Self.proposal("KS", "director_certificate", kind: "unit"), try trial.call("cert:ks"))
        let drafted = try await ProposalHandlers.propose(
            Self.proposal("MX", "director_certificate", kind: "unit"), try trial.call("cert:head"))
        for (reply, reason) in [(own, "EMULATION_OWN_UNIT"), (drafted, "EMULATION_SAME_HANDS")] {
            let number = try #require(reply.proposals.first).number
            let failure = await #expect(throws: Failure.self) {
                try await ProposalHandlers.decide(
                    Self.decision(number, "approved"), try trial.call("cert:head"))
            }
            #expect(failure?.code == .permissionDenied)
            #expect(failure?.reason == reason)
        }
        #expect(
            try await trial.refusals() == [
                "cert:head decide_proposal KS own_unit", "cert:head decide_proposal MX same_hands",
            ])
    }

    @Test func gradesNameEveryPersonAndTheQuotas() async throws {
        let trial = try await EmulationTrial()
        let reply = try await GradeHandlers.grades(
            .with { $0.asOf = "2021-10-15" }, try trial.call("x", mutation: false))
        #expect(reply.rows.filter { $0.kind == "head" }.map(\.grade) == ["good", "good"])
        #expect(
            reply.rows.filter { $0.kind == "officer" }.allSatisfy { $0.grade == "undetermined" })
        #expect(reply.rows.filter { $0.kind == "officer" }.count == 8)
        #expect(reply.rows.filter { $0.kind == "unit" }.map(\.code) == ["KS", "MX"])
        #expect(reply.quotas.map(\.title) == ["base_fighter", "ministry_flag", "government_flag"])
    }

    @Test func whatIfAndFairnessKeepNothing() async throws {
        let trial = try await EmulationTrial()
        let before = try await trial.store.read { try $0.lastChange() }
        let supposed = try await SimulationHandler.simulate(
            .with {
                $0.asOf = "2021-05-31"
                $0.weights = [
                    .with {
                        $0.criterion = "lists"
                        $0.base = 10
                    }
                ]
            }, try trial.call("x", mutation: false))
        #expect(supposed.firstBefore == ["MX"])
        #expect(supposed.moves.map(\.scoreAfter) == ["100.00", "80.00"], "2 points of 10")
        #expect(supposed.sensitivity.map(\.criterion) == ["lists", "movement"])
        let fair = try await FairnessHandler.fairness(
            .with { $0.asOf = "2021-05-31" }, try trial.call("x", mutation: false))
        #expect(fair.rows.map(\.officers) == [1, 7])
        #expect(try await trial.store.read { try $0.lastChange() } == before)
        for (rate, code) in [("nhiều", StatusCode.invalidArgument), ("85%", .notFound)] {
            let failure = await #expect(throws: Failure.self) {
                try await SimulationHandler.simulate(
                    .with {
                        $0.rates = [
                            .with {
                                $0.unit = "MX"
                                $0.target = code == .notFound ? "nothing" : "lists"
                                $0.rate = rate
                            }
                        ]
                    }, try trial.call("x", mutation: false))
            }
            #expect(failure?.code == code)
        }
    }
}
