/// The plan's part II: work on a case for which a person or the plan sets the day.
extension DutyFinder {
    mutating func campaignWork() {
        repairViolations()
        followCommitments()
        nominated()
        for step in file.planSteps { take(step) }
        for review in file.fileReviews { repair(review) }
        for obstacle in file.obstacles {
            planned(
                .reportObstacle, trigger: obstacle.foundOn, done: obstacle.reportedOn,
                open: seen(obstacle.resolvedOn) == nil, subject: obstacle.category)
        }
        for direction in file.directions { carryOut(direction) }
        for guidance in file.guidance { carryOut(guidance) }
        for meeting in file.coordination { carryOut(meeting) }
        for coercion in file.coercions { carryOut(coercion) }
    }

    mutating func repairViolations() {
        for violation in file.violations {
            planned(
                .repairViolation, trigger: violation.foundOn, done: violation.repairedOn,
                outlivesCase: true)
        }
    }

    /// II.2: each instalment by its day; payments fill them one after the other.
    private mutating func followCommitments() {
        guard !file.commitments.isEmpty else { return }
        let owing = isOwing(on: day)
        for state in file.commitmentStates(on: day) {
            set(
                .followCommitment,
                by: Citation(instrument: "Cam kết nộp dần", place: "kỳ \(state.dueOn.vietnamese)"),
                trigger: state.dueOn, due: state.dueOn, done: state.paidOn, open: owing,
                subject: "\(state.missing.vietnamese) đồng")
        }
    }

    /// II.1, II.2: a case on a list gets its plan, is persuaded, and an old one has its file reviewed.
    private mutating func nominated() {
        guard let plan, !file.nominations.isEmpty else { return }
        let standing = file.nominations.filter {
            $0.submittedOn <= day && !$0.isWithdrawn(on: day)
        }
        guard let first = standing.map(\.submittedOn).min() else { return }
        planned(.planCase, trigger: first, done: nil, open: file.planSteps.isEmpty)
        let isCoerced =
            file.assets.contains { $0.seizedOn <= day }
            || file.coercions.contains { $0.decidedOn <= day }
        planned(
            .persuade, trigger: first, done: file.persuasions.map(\.heldOn).min(),
            open: !isCoerced)
        let old = standing.filter { plan.list($0.list)?.population?.decisionUntil != nil }
        guard let listed = old.map(\.submittedOn).min() else { return }
        let reviews = file.fileReviews.map(\.reviewedOn)
        planned(
            .reviewFile, trigger: listed,
            done: reviews.filter { $0 >= plan.reportingYear.start }.min())
    }

    private mutating func take(_ step: PlanStep) {
        set(
            .planStep,
            by: Citation(instrument: "Kế hoạch giải quyết", place: "bước \(step.stepNo)"),
            trigger: step.dueOn, due: step.dueOn, done: step.doneOn, officer: step.owner,
            subject: step.measure.rawValue)
    }

    private mutating func repair(_ review: FileReview) {
        guard review.reviewedOn <= day, review.result == .violation, let due = review.repairDueOn
        else { return }
        set(
            .repairFile,
            by: Citation(instrument: "Kiểm tra hồ sơ", place: review.reviewedOn.vietnamese),
            trigger: review.reviewedOn, due: due, done: review.repairedOn)
    }

    /// II.2: the direction is carried out by its day, or what stands in its way is reported.
    private mutating func carryOut(_ direction: Direction) {
        guard direction.issuedOn <= day else { return }
        set(
            .carryOutDirection,
            by: Citation(instrument: "Chỉ đạo", place: direction.directionNo),
            trigger: direction.issuedOn, due: direction.dueOn,
            done: earliest(direction.doneOn, direction.obstacleReportedOn),
            subject: direction.directionNo)
    }

    private mutating func carryOut(_ guidance: Guidance) {
        let from = guidance.answeredOn ?? guidance.askedOn
        guard from <= day, let due = guidance.dueOn else { return }
        set(
            .carryOutGuidance,
            by: Citation(
                instrument: "Hướng dẫn", place: guidance.answerNo ?? from.vietnamese),
            trigger: from, due: due,
            done: earliest(guidance.doneOn, guidance.obstacleReportedOn),
            subject: guidance.answerNo)
    }

    private mutating func carryOut(_ meeting: Coordination) {
        guard meeting.heldOn <= day, let due = meeting.dueOn else { return }
        set(
            .carryOutAgreement,
            by: Citation(instrument: "Phối hợp", place: meeting.heldOn.vietnamese),
            trigger: meeting.heldOn, due: due, done: meeting.doneOn,
            subject: meeting.agency.rawValue)
    }

    /// C-03c: the debtor is told the day and the estimated cost at least so many working days before it; then
    /// the coercion is carried out on its day.
    private mutating func carryOut(_ coercion: Coercion) {
        guard coercion.decidedOn <= day, let plannedOn = coercion.plannedOn else { return }
        let carriedOut = seen(coercion.carriedOutOn)
        let isOff = carriedOut != nil || (coercion.carriedOutOn == nil && coercion.outcome != nil)
        let subject = coercion.measure.rawValue
        if let notice = try? law.period("C-03c", on: coercion.decidedOn),
            isAsked(done: seen(coercion.notifiedOn), open: !(isOff || isClosed))
        {
            let due = law.calendar.latest(notice.period, before: plannedOn)
            let backwards = law.rule("T-before", on: coercion.decidedOn)?.verified ?? false
            enter(
                .notifyCoercion, rule: "C-03c", citation: notice.rule.citation,
                verified: notice.rule.verified && backwards
                    && law.calendar.isCertain(from: coercion.decidedOn, through: plannedOn),
                trigger: coercion.decidedOn, due: max(due, coercion.decidedOn),
                done: seen(coercion.notifiedOn), subject: subject)
        }
        set(
            .carryOutCoercion,
            by: Citation(
                instrument: "Quyết định cưỡng chế",
                place: coercion.number ?? coercion.decidedOn.vietnamese),
            trigger: coercion.decidedOn, due: plannedOn, done: carriedOut, open: !isOff,
            subject: subject)
    }

    private func earliest(_ a: Day?, _ b: Day?) -> Day? {
        [seen(a), seen(b)].compactMap { $0 }.min()
    }
}
