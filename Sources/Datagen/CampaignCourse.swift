import Rules

/// The work of the campaign on a listed case, told around what is already in its file: plan, persuasion, file
/// review, coercion, guidance, directions, obstacles, coordination. It has dice of its own, so the other files
/// of a province stay as they are.
struct CampaignCourse {
    let tools: Toolbox
    let temperament: Temperament

    func play(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard let list = draft.file.nominations.first?.list else {
            proposeExemption(&draft, &dice)
            return
        }
        persuade(&draft, &dice)
        coerce(&draft, &dice)
        if list == "old_case" { review(&draft, &dice) }
        plan(&draft, list, &dice)
        consult(&draft, &dice)
        direct(&draft, &dice)
        report(&draft, &dice)
    }

    private func end(of file: CaseFile) -> Day? {
        file.decisions.first { $0.kind.finishes }?.decidedOn
    }

    private func persuade(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard dice.chance(permille: 850) else { return }
        let first = tools.someDay(date(2021, 2, 18), date(2021, 3, 26), &dice)
        let ended = end(of: draft.file)
        if let ended, ended <= first { return }
        let outcomes: [PersuasionOutcome] = [.agreed, .partly, .refused, .absent]
        let weights = ended != nil ? [60, 25, 10, 5] : [4, 12, 58, 26]
        draft.file.persuasions.append(
            Persuasion(
                heldOn: first, party: dice.chance(permille: 120) ? .both : .debtor,
                outcome: outcomes[dice.weighted(weights)]))
        if dice.chance(permille: 300) {
            let again = tools.workdays.adding(dice.within(5...20), to: first)
            if ended.map({ again < $0 }) ?? true {
                draft.file.persuasions.append(
                    Persuasion(heldOn: again, party: .debtor, outcome: outcomes[dice.below(4)]))
            }
        }
    }

    /// Every seizure of the campaign follows a decision to coerce; some debtors were told late.
    private func coerce(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard let seized = draft.file.assets.map(\.seizedOn).min(), seized >= Season.start
        else { return }
        let decided = tools.workdays.adding(-dice.within(6...12), to: seized)
        let late = dice.chance(permille: temperament.lateSteps / 4)
        draft.file.coercions.append(
            Coercion(
                decidedOn: decided, measure: .seizure,
                number: "\(dice.within(1...90))/QĐ-CC", plannedOn: seized,
                notifiedOn: tools.workdays.adding(late ? -1 : -dice.within(3...5), to: seized),
                carriedOutOn: seized, isMobilised: dice.chance(permille: 150),
                cost: Dong(Int64(dice.within(4...40)) * 500_000), outcome: .done))
    }

    private func plan(_ draft: inout CaseDraft, _ list: String, _ dice: inout Dice) {
        let file = draft.file
        let asset = file.assets.min { $0.seizedOn < $1.seizedOn }
        var steps: [(PlanMeasure, Day, Day?)] = [
            (
                .persuade, tools.someDay(date(2021, 3, 8), date(2021, 3, 31), &dice),
                file.persuasions.first?.heldOn
            )
        ]
        if list == "old_case" {
            steps.append(
                (.verify, tools.someDay(date(2021, 3, 10), date(2021, 4, 10), &dice), nil))
        } else {
            steps += [
                (
                    .seize, tools.someDay(date(2021, 3, 22), date(2021, 4, 29), &dice),
                    asset?.seizedOn
                ),
                (
                    .value, tools.someDay(date(2021, 4, 20), date(2021, 5, 10), &dice),
                    asset?.valuedOn
                ),
                (
                    .auction, tools.someDay(date(2021, 5, 17), Season.end, &dice),
                    asset?.rounds.compactMap(\.heldOn).min()
                ),
            ]
        }
        for (index, step) in steps.enumerated() {
            // A case that has ended leaves its later steps undone.
            let done = step.2.flatMap { $0 <= draft.horizon ? $0 : nil }
            draft.file.planSteps.append(
                PlanStep(
                    stepNo: index + 1, measure: step.0, dueOn: step.1, owner: file.officer,
                    doneOn: done))
        }
    }

    /// Old cases: is the procedure in order (plan II.2)?
    private func review(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard dice.chance(permille: 880) else { return }
        let day = tools.someDay(date(2021, 2, 17), date(2021, 3, 25), &dice)
        guard dice.chance(permille: 130) else {
            draft.file.fileReviews.append(FileReview(reviewedOn: day, result: .clean))
            return
        }
        let due = tools.workdays.adding(10, to: day)
        let late = dice.chance(permille: temperament.lateSteps)
        let shift = late ? dice.within(2...9) : -dice.within(0...6)
        let repaired = tools.workdays.adding(shift, to: due)
        draft.file.fileReviews.append(
            FileReview(
                reviewedOn: day, result: .violation, findings: "Thiếu biên bản thông báo",
                repairDueOn: due, repairedOn: dice.chance(permille: 80) ? nil : repaired))
    }

    private func consult(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let isSensitive = (draft.file.sensitivity ?? "none") != "none"
        if isSensitive, dice.chance(permille: 700) {
            let held = tools.someDay(date(2021, 3, 3), date(2021, 4, 16), &dice)
            let due = tools.workdays.adding(15, to: held)
            draft.file.coordination.append(
                Coordination(
                    heldOn: held, agency: .steeringCommittee,
                    agreedMeasure: "Vận động lần cuối rồi cưỡng chế", dueOn: due,
                    doneOn: dice.chance(permille: 750) ? due - dice.within(0...8) : nil))
        }
        guard dice.chance(permille: isSensitive ? 400 : 70) else { return }
        let asked = tools.someDay(date(2021, 2, 22), date(2021, 4, 9), &dice)
        var request = Guidance(
            askedOn: asked, askedOf: .department, question: "Hướng xử lý tài sản")
        if dice.chance(permille: 850) {
            let answered = tools.workdays.adding(dice.within(4...14), to: asked)
            request.answeredOn = answered
            request.answerNo = "\(dice.within(60...400))/CTHADS-NV"
            request.measure = "Kê biên phần sở hữu của người phải thi hành án"
            request.dueOn = tools.workdays.adding(15, to: answered)
            if dice.chance(permille: 1000 - temperament.lateSteps) {
                request.doneOn = tools.workdays.adding(dice.within(4...18), to: answered)
            }
        }
        draft.file.guidance.append(request)
    }

    private func direct(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard dice.chance(permille: 160) else { return }
        let issued = tools.someDay(date(2021, 3, 5), date(2021, 5, 7), &dice)
        let due = tools.workdays.adding(dice.within(5...15), to: issued)
        let late = dice.chance(permille: temperament.lateSteps)
        draft.file.directions.append(
            Direction(
                directionNo: "\(dice.within(1...80))/TTD", issuedOn: issued, dueOn: due,
                issuer: .monitoringTeam, content: "Khẩn trương xác minh, xử lý tài sản",
                doneOn: dice.chance(permille: 90)
                    ? nil : tools.workdays.adding(late ? dice.within(1...12) : -1, to: due)))
    }

    private func report(_ draft: inout CaseDraft, _ dice: inout Dice) {
        guard dice.chance(permille: 90) else { return }
        let found = tools.someDay(date(2021, 3, 8), date(2021, 5, 14), &dice)
        draft.file.obstacles.append(
            Obstacle(
                foundOn: found,
                description: dice.pick([
                    "Tài sản đang tranh chấp", "Tài sản chung chưa phân chia",
                    "Đương sự chống đối", "Chưa đo đạc được diện tích đất",
                ]),
                reportedOn: tools.workdays.adding(dice.within(0...6), to: found),
                resolvedOn: dice.chance(permille: 450)
                    ? tools.workdays.adding(dice.within(10...30), to: found) : nil))
    }

    /// Small sums owed to the State for more than five years by those without means (LTHADS Art. 61).
    private func proposeExemption(_ draft: inout CaseDraft, _ dice: inout Dice) {
        let file = draft.file
        guard file.stateRevenue, draft.isNotEnforceable, !draft.isFinished,
            file.amountDue.amount < 5_000_000, file.decisionOn.adding(years: 5) < Season.start,
            dice.chance(permille: 250)
        else { return }
        let proposed = tools.someDay(date(2021, 3, 15), date(2021, 5, 20), &dice)
        draft.file.exemptions.append(
            Exemption(
                proposedOn: proposed, kind: .exempt,
                amount: Dong(draft.remaining(on: proposed)),
                sentOn: tools.workdays.adding(dice.within(1...10), to: proposed)))
    }

    /// What the plan asks of every unit (V).
    static func duties(of unit: Unit) -> [UnitDuty] {
        var duties = [
            UnitDuty(
                dutyNo: "V.1", title: "Báo cáo Trưởng Ban Chỉ đạo thi hành án dân sự cùng cấp",
                dueOn: date(2021, 2, 26), paragraph: "V", doneOn: date(2021, 2, 24)),
            UnitDuty(
                dutyNo: "V.2", title: "Triển khai thực hiện kế hoạch tại đơn vị",
                dueOn: Season.start, paragraph: "V", doneOn: Season.start),
        ]
        if unit.level == .district {
            duties.append(
                UnitDuty(
                    dutyNo: "V.3", title: "Đề nghị khen thưởng trong đợt cao điểm",
                    dueOn: date(2021, 6, 15), paragraph: "V"))
        }
        return duties
    }
}
