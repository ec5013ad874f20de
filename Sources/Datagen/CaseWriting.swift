import Rules

extension Tables {
    mutating func write(_ sketch: UnitSketch) {
        let unit = sketch.unit
        units.text(unit.code)
        units.text(unit.name)
        units.text(unit.level.rawValue)
        units.text(unit.parentCode)
        units.text(unit.cluster)
        units.endRow()
    }

    mutating func writeOfficer(_ code: String, name: Bytes, unitCode: String) {
        officers.text(code)
        officers.text(name)
        officers.text(unitCode)
        officers.endRow()
    }

    mutating func write(_ report: Report, unitCode: String) {
        reports.text(unitCode)
        reports.text(report.kind.rawValue)
        reports.day(report.submittedOn)
        reports.day(report.emailedOn)
        reports.endRow()
    }

    /// The case's row and all rows that hang on it.
    mutating func write(_ draft: CaseDraft) {
        let file = draft.file
        let key = Bytes((file.key.unit + "," + file.key.decisionNo).utf8)
        writeCase(draft, key: key)
        for decision in file.decisions { write(decision, key: key) }
        for payment in file.payments { write(payment, key: key) }
        for verification in file.verifications {
            verifications.joined(key)
            verifications.day(verification.verifiedOn)
            verifications.text(verification.result.rawValue)
            verifications.text(verification.ground)
            verifications.endRow()
        }
        for asset in file.assets {
            write(asset, caseKey: key, flagsEmpty: draft.leavesOptionalEmpty)
        }
        for nomination in file.nominations { write(nomination, key: key) }
        for commitment in file.commitments {
            commitments.joined(key)
            commitments.day(commitment.dueOn)
            commitments.money(commitment.amount)
            commitments.endRow()
        }
        for violation in file.violations { write(violation, key: key) }
        writeCampaign(file, key: key)
    }

    private mutating func writeCase(_ draft: CaseDraft, key: Bytes) {
        let file = draft.file
        cases.joined(key)
        cases.day(file.decisionOn)
        cases.text(file.initiative.rawValue)
        cases.money(file.amountDue)
        cases.text(file.officer)
        cases.text(draft.judgmentNo)
        cases.day(draft.judgmentOn)
        cases.day(file.receivedOn)
        cases.text(draft.creditor)
        cases.text(draft.debtor)
        cases.text(draft.debtorAddress)
        cases.text(draft.obligation)
        cases.day(file.judgmentEffectiveOn)
        cases.day(file.assignedOn)
        cases.day(file.debtorNotifiedOn)
        cases.day(file.firstDecisionOn)
        cases.flag(file.stateRevenue, unlessEmpty: draft.leavesOptionalEmpty)
        cases.text(file.revenueKind)
        cases.flag(file.addressUnknown, unlessEmpty: draft.leavesOptionalEmpty)
        cases.day(file.prisonUntil)
        cases.money(file.coercionCost)
        cases.flag(file.creditInstitution, unlessEmpty: draft.leavesOptionalEmpty)
        cases.text(file.sensitivity)
        cases.text(draft.note)
        cases.endRow()
    }

    private mutating func write(_ decision: Decision, key: Bytes) {
        decisions.joined(key)
        decisions.text(decision.kind.rawValue)
        decisions.day(decision.decidedOn)
        decisions.text(decision.number)
        decisions.text(decision.ground)
        decisions.day(decision.groundOn)
        decisions.day(decision.untilOn)
        decisions.money(decision.amount)
        decisions.endRow()
    }

    private mutating func write(_ payment: Payment, key: Bytes) {
        payments.joined(key)
        payments.text(payment.receiptNo)
        payments.day(payment.paidOn)
        payments.money(payment.amount)
        payments.text(payment.source.rawValue)
        payments.day(payment.reversedOn)
        payments.endRow()
    }

    private mutating func write(_ nomination: Nomination, key: Bytes) {
        nominations.joined(key)
        nominations.text(nomination.list)
        nominations.day(nomination.submittedOn)
        nominations.day(nomination.withdrawnOn)
        nominations.text(nomination.reason)
        nominations.endRow()
    }

    private mutating func write(_ violation: Violation, key: Bytes) {
        violations.joined(key)
        violations.day(violation.foundOn)
        violations.text(violation.severity.rawValue)
        violations.text(
            violation.severity == .serious
                ? "Chi trả tiền sai thứ tự ưu tiên" : "Thông báo, tống đạt chậm thời hạn")
        violations.day(violation.repairedOn)
        violations.endRow()
    }
}
