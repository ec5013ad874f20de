internal import Rules
internal import Wire

/// Where the adviser's answer becomes messages.
enum ExemptionTranslation {
    static func advice(_ advice: ExemptionAdvice) -> CaseworkV1.ExemptionAdvice {
        .with {
            $0.verdict = advice.verdict.rawValue
            $0.due = advice.due.amount
            $0.paid = advice.paid.amount
            $0.threshold = advice.threshold?.amount
            $0.toPay = advice.toPay?.amount
            $0.remaining = advice.remaining.amount
            $0.clockFrom = advice.clockFrom.description
            $0.openFrom = advice.openFrom?.description ?? ""
            $0.options = advice.options.map { option in
                .with {
                    $0.rule = CaseworkTranslation.rule(option.rule)
                    $0.measure = option.measure.rawValue
                    $0.state = option.state.rawValue
                    $0.from = option.from?.description ?? ""
                    $0.atMost = option.atMost?.amount
                }
            }
            $0.blockers = advice.blockers.map(CaseworkTranslation.rule)
            $0.undetermined = advice.questions.map(CaseworkTranslation.rule)
            $0.rules = advice.rules.map(CaseworkTranslation.rule)
        }
    }
}
