internal import Rules
internal import Wire

/// Where the work of a campaign, and what follows from it, become messages.
extension CaseworkTranslation {
    static func remark(_ remark: CaseRemark) -> CaseworkV1.Remark {
        .with {
            $0.id = remark.code.rawValue
            $0.text = remark.text
            $0.rule = rule(remark.rule)
            $0.since = remark.since.description
        }
    }

    static func ground(_ ground: DecisionGround) -> CaseworkV1.AppliedRule {
        rule(
            AppliedRule(
                id: ground.id, citation: ground.citation, text: ground.title,
                verified: ground.verified))
    }

    static func instalment(_ state: CommitmentState) -> CaseworkV1.Instalment {
        .with {
            $0.dueOn = state.dueOn.description
            $0.amount = state.amount.amount
            $0.paid = state.paid.amount
            $0.paidOn = state.paidOn?.description ?? ""
            $0.status = state.status.rawValue
            $0.receipts = state.receipts
        }
    }

    static func reviewItem(_ point: FileReviewPoint) -> CaseworkV1.ReviewItem {
        .with {
            $0.rule = rule(point.rule)
            $0.state = point.state.rawValue
            $0.text = point.text
        }
    }
}

extension EventList {
    /// Events of one day in the order of the kinds.
    mutating func addCampaign(_ file: CaseFile) {
        for step in file.planSteps {
            let name = "bước \(step.stepNo), \(step.measure.vietnamese)"
            add(step.dueOn, "plan_step", "\(name): đến hạn")
            add(step.doneOn, "plan_step", "\(name): đã xong")
        }
        for fact in file.persuasions {
            add(
                fact.heldOn, "persuasion",
                joined(fact.party.vietnamese, fact.outcome?.vietnamese))
        }
        for fact in file.coercions {
            let name = fact.measure.vietnamese
            add(fact.decidedOn, "coercion", "\(name): quyết định", fact.cost)
            add(fact.notifiedOn, "coercion", "\(name): đã báo trước")
            add(
                fact.carriedOutOn, "coercion",
                "\(name): \(fact.outcome?.vietnamese ?? "đã thực hiện")")
        }
        for fact in file.guidance {
            add(fact.askedOn, "guidance", "xin ý kiến \(fact.askedOf.vietnamese)")
            add(fact.answeredOn, "guidance", joined("trả lời", fact.answerNo))
            add(fact.doneOn, "guidance", "đã thực hiện ý kiến")
            add(fact.obstacleReportedOn, "guidance", "báo cáo vướng mắc khi thực hiện")
        }
        for fact in file.directions {
            add(fact.issuedOn, "direction", "chỉ đạo \(fact.directionNo)")
            add(fact.dueOn, "direction", "\(fact.directionNo): đến hạn")
            add(fact.doneOn, "direction", "\(fact.directionNo): đã thực hiện")
            add(fact.obstacleReportedOn, "direction", "\(fact.directionNo): báo cáo vướng mắc")
        }
        for fact in file.obstacles {
            add(fact.foundOn, "obstacle", fact.description)
            add(fact.reportedOn, "obstacle", "đã báo cáo")
            add(fact.resolvedOn, "obstacle", joined("đã tháo gỡ", fact.resolution))
        }
        for fact in file.coordination {
            let name = fact.agency.vietnamese
            add(fact.heldOn, "coordination", joined("phối hợp với \(name)", fact.agreedMeasure))
            add(fact.doneOn, "coordination", "đã thực hiện nội dung thống nhất với \(name)")
        }
        for fact in file.fileReviews {
            add(fact.reviewedOn, "file_review", fact.result.vietnamese)
            add(fact.repairedOn, "file_review", "đã khắc phục")
        }
        for fact in file.exemptions {
            let name = fact.kind.vietnamese
            add(fact.proposedOn, "exemption", "đề nghị xét \(name)", fact.amount)
            add(fact.sentOn, "exemption", "gửi Tòa án đề nghị \(name)")
            add(
                fact.decidedOn, "exemption",
                joined("Tòa án xét \(name)", fact.outcome?.vietnamese), fact.grantedAmount)
        }
    }

    private func joined(_ first: String, _ second: String?) -> String {
        second.map { "\(first): \($0)" } ?? first
    }
}
