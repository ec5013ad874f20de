internal import Rules
internal import Wire

/// Where duties and findings become messages.
enum WorklistTranslation {
    static func item(
        _ duty: Duty, on day: Day, _ consequences: ConsequenceTable
    ) -> CaseworkV1.WorklistItem {
        let record = duty.kind.record
        return .with {
            $0.unit = duty.unit
            $0.officer = duty.officer ?? ""
            $0.decisionNo = duty.decisionNo ?? ""
            $0.assetNo = duty.assetNo ?? ""
            $0.duty = duty.kind.rawValue
            $0.rule = duty.rule
            $0.triggerOn = duty.triggerOn.description
            $0.dueOn = duty.dueOn.description
            $0.daysLeft = Int64(duty.dueOn - day)
            $0.citation = duty.citation.description
            $0.verified = duty.verified
            $0.overdue = duty.isOverdue(on: day)
            $0.consequence = consequences[duty.kind].name
            $0.command = record.command
            $0.records = record.columns
            $0.subject = duty.subject ?? ""
        }
    }

    static func unknown(_ duty: Rules.UnknownDuty) -> CaseworkV1.UnknownDuty {
        .with {
            $0.unit = duty.unit
            $0.officer = duty.officer ?? ""
            $0.decisionNo = duty.decisionNo ?? ""
            $0.assetNo = duty.assetNo ?? ""
            $0.duty = duty.kind.rawValue
            $0.rule = duty.missing.id
            $0.triggerOn = duty.triggerOn.description
            $0.reason = duty.missing.description
        }
    }

    static func row(
        _ row: Rules.RegisterRow, _ consequences: ConsequenceTable
    ) -> CaseworkV1.RegisterRow {
        .with {
            $0.unit = row.unit
            $0.officer = row.officer ?? ""
            $0.decisionNo = row.decisionNo ?? ""
            $0.assetNo = row.assetNo ?? ""
            $0.finding = row.finding.rawValue
            $0.duty = row.duty?.rawValue ?? ""
            $0.rule = row.rule
            $0.triggerOn = row.triggerOn?.description ?? ""
            $0.dueOn = row.dueOn?.description ?? ""
            $0.doneOn = row.doneOn?.description ?? ""
            $0.daysLate = Int64(row.daysLate)
            $0.citation = row.citation.description
            $0.verified = row.verified
            $0.severity = consequences[row.finding].name
            $0.facts = row.facts.map { fact in
                .with {
                    $0.what = fact.what
                    $0.on = fact.on?.description ?? ""
                    $0.amount = fact.amount?.amount
                }
            }
        }
    }

    /// A difference in pages; at first always one, so that a watcher knows that nothing is to be done.
    static func changes(
        _ difference: WorklistDifference, _ basis: CaseworkV1.DutyBasis, isFirst: Bool,
        on day: Day, _ consequences: ConsequenceTable, pageItems: Int
    ) -> [CaseworkV1.WorklistChange] {
        let entered = difference.entered.map { item($0, on: day, consequences) }
        let left = difference.left.map { item($0, on: day, consequences) }
        let longest = max(entered.count, left.count, 1)
        return stride(from: 0, to: longest, by: pageItems).map { start in
            .with {
                $0.basis = basis
                $0.entered = Array(entered.dropFirst(start).prefix(pageItems))
                $0.left = Array(left.dropFirst(start).prefix(pageItems))
                $0.initial = isFirst
            }
        }
    }
}
