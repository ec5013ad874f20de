import Rules

extension Tables {
    mutating func write(_ duty: UnitDuty, unitCode: String) {
        unitDuties.text(unitCode)
        unitDuties.text(duty.dutyNo)
        unitDuties.text(duty.title)
        unitDuties.day(duty.dueOn)
        unitDuties.text(duty.paragraph)
        unitDuties.day(duty.doneOn)
        unitDuties.endRow()
    }

    /// The rows of the campaign's work on a case.
    mutating func writeCampaign(_ file: CaseFile, key: Bytes) {
        for step in file.planSteps { write(step, key: key) }
        for persuasion in file.persuasions {
            persuasions.joined(key)
            persuasions.day(persuasion.heldOn)
            persuasions.text(persuasion.party.rawValue)
            persuasions.text(persuasion.outcome?.rawValue)
            persuasions.text(persuasion.description)
            persuasions.endRow()
        }
        for coercion in file.coercions { write(coercion, key: key) }
        for request in file.guidance { write(request, key: key) }
        for direction in file.directions { write(direction, key: key) }
        for obstacle in file.obstacles { write(obstacle, key: key) }
        for meeting in file.coordination { write(meeting, key: key) }
        for review in file.fileReviews { write(review, key: key) }
        for exemption in file.exemptions { write(exemption, key: key) }
    }

    private mutating func write(_ step: PlanStep, key: Bytes) {
        planSteps.joined(key)
        planSteps.number(step.stepNo)
        planSteps.text(step.measure.rawValue)
        planSteps.day(step.dueOn)
        planSteps.text(step.owner)
        planSteps.text(step.description)
        planSteps.day(step.doneOn)
        planSteps.text(step.result)
        planSteps.endRow()
    }

    private mutating func write(_ coercion: Coercion, key: Bytes) {
        coercions.joined(key)
        coercions.day(coercion.decidedOn)
        coercions.text(coercion.measure.rawValue)
        coercions.text(coercion.number)
        coercions.day(coercion.plannedOn)
        coercions.day(coercion.notifiedOn)
        coercions.day(coercion.carriedOutOn)
        coercions.flag(coercion.isMobilised, unlessEmpty: false)
        coercions.money(coercion.cost)
        coercions.text(coercion.outcome?.rawValue)
        coercions.endRow()
    }

    private mutating func write(_ request: Guidance, key: Bytes) {
        guidance.joined(key)
        guidance.day(request.askedOn)
        guidance.text(request.askedOf.rawValue)
        guidance.text(request.question)
        guidance.day(request.answeredOn)
        guidance.text(request.answerNo)
        guidance.text(request.measure)
        guidance.day(request.dueOn)
        guidance.day(request.doneOn)
        guidance.day(request.obstacleReportedOn)
        guidance.endRow()
    }

    private mutating func write(_ direction: Direction, key: Bytes) {
        directions.joined(key)
        directions.text(direction.directionNo)
        directions.day(direction.issuedOn)
        directions.day(direction.dueOn)
        directions.text(direction.issuer?.rawValue)
        directions.text(direction.content)
        directions.day(direction.doneOn)
        directions.day(direction.obstacleReportedOn)
        directions.endRow()
    }

    private mutating func write(_ obstacle: Obstacle, key: Bytes) {
        obstacles.joined(key)
        obstacles.day(obstacle.foundOn)
        obstacles.text(obstacle.description)
        obstacles.text(obstacle.category)
        obstacles.text(obstacle.proposedRemedy)
        obstacles.day(obstacle.reportedOn)
        obstacles.day(obstacle.resolvedOn)
        obstacles.text(obstacle.resolution)
        obstacles.endRow()
    }

    private mutating func write(_ meeting: Coordination, key: Bytes) {
        coordination.joined(key)
        coordination.day(meeting.heldOn)
        coordination.text(meeting.agency.rawValue)
        coordination.text(meeting.content)
        coordination.text(meeting.agreedMeasure)
        coordination.day(meeting.dueOn)
        coordination.day(meeting.doneOn)
        coordination.endRow()
    }

    private mutating func write(_ review: FileReview, key: Bytes) {
        fileReviews.joined(key)
        fileReviews.day(review.reviewedOn)
        fileReviews.text(review.result.rawValue)
        fileReviews.text(review.reviewer)
        fileReviews.text(review.findings)
        fileReviews.day(review.repairDueOn)
        fileReviews.day(review.repairedOn)
        fileReviews.endRow()
    }

    private mutating func write(_ exemption: Exemption, key: Bytes) {
        exemptions.joined(key)
        exemptions.day(exemption.proposedOn)
        exemptions.text(exemption.kind.rawValue)
        exemptions.money(exemption.amount)
        exemptions.day(exemption.sentOn)
        exemptions.day(exemption.decidedOn)
        exemptions.text(exemption.outcome?.rawValue)
        exemptions.money(exemption.grantedAmount)
        exemptions.endRow()
    }
}
