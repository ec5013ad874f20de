internal import Rules
internal import Wire

/// Where the steps of a track, findings and advice become messages.
enum TrackTranslation {
    static func step(_ step: TrackStep) -> AuctionV1.TrackStep {
        .with {
            $0.on = step.on.description
            $0.event = step.event.name
            $0.state = step.state.rawValue
            $0.number = UInt32(clamping: step.event.number ?? 0)
            $0.amount = step.event.amount?.amount
            if case .held(_, let result) = step.event {
                $0.outcome = result.outcome?.rawValue ?? ""
            }
            guard let rule = step.rule else { return }
            $0.rule = rule.id
            $0.citation = rule.citation.description
            $0.verified = rule.verified
        }
    }

    static func finding(_ finding: TrackFinding) -> AuctionV1.TrackFinding {
        .with {
            $0.fault = finding.fault?.rawValue ?? ""
            $0.on = finding.on.description
            $0.rule = finding.rule
            $0.citation = finding.citation?.description ?? ""
            $0.verified = finding.verified
            $0.sentence = finding.sentence
            $0.number = UInt32(clamping: finding.event.number ?? 0)
            $0.undetermined = finding.fault == nil
        }
    }

    static func advice(_ advice: AuctionAdvice) -> AuctionV1.TrackAdvice {
        .with {
            $0.topic = advice.topic.rawValue
            $0.rule = advice.rule.id
            $0.citation = advice.rule.citation.description
            $0.verified = advice.rule.verified
            $0.from = advice.from?.description ?? ""
            $0.until = advice.until?.description ?? ""
            $0.least = advice.least?.amount
            $0.most = advice.most?.amount
            $0.sentence = advice.rule.text
        }
    }

    static func money(_ course: AuctionCourse) -> AuctionV1.TrackMoney {
        .with {
            $0.value = course.value?.amount
            $0.reduced = course.reduced.amount
            $0.price = course.price?.amount
            $0.proceeds = course.sale?.price?.amount
        }
    }
}
