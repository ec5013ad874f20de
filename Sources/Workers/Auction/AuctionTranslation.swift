internal import Rules
internal import Wire

/// Where tracks and steps become messages.
enum AuctionTranslation {
    static func track(_ track: AuctionTrack) -> AuctionV1.Track {
        .with {
            $0.unit = track.key.unit
            $0.decisionNo = track.key.decisionNo
            $0.assetNo = track.assetNo
            $0.assetKind = track.kind.rawValue
            $0.seizedOn = track.seizedOn.description
            $0.state = track.state.rawValue
            $0.stateSince = track.since.description
            $0.rounds = UInt32(clamping: track.rounds)
            $0.reductions = UInt32(clamping: track.reductions)
            $0.currentPrice = track.currentPrice?.amount
            $0.officer = track.officer ?? ""
            $0.descriptionField = track.description ?? ""
        }
    }

    static func gap(_ duty: AuctionDuty, on day: Day) -> AuctionV1.Gap {
        .with {
            $0.unit = duty.key.unit
            $0.decisionNo = duty.key.decisionNo
            $0.assetNo = duty.assetNo
            $0.step = duty.step.rawValue
            $0.rule = duty.rule
            $0.triggerOn = duty.triggerOn.description
            $0.dueOn = duty.dueOn.description
            $0.daysLate = Int64(duty.daysLate(on: day))
            $0.doneOn = duty.doneOn?.description
            $0.citation = duty.citation.description
            $0.officer = duty.officer ?? ""
            $0.verified = duty.verified
        }
    }

    /// A step of which nobody can say whether it is late.
    static func undetermined(_ duty: UndeterminedDuty) -> AuctionV1.Gap {
        .with {
            $0.unit = duty.key.unit
            $0.decisionNo = duty.key.decisionNo
            $0.assetNo = duty.assetNo
            $0.step = duty.step.rawValue
            $0.rule = duty.rule
            $0.triggerOn = duty.triggerOn.description
            $0.officer = duty.officer ?? ""
            $0.undetermined = duty.missing.description
        }
    }

    static func lost(_ lost: LostDays) -> AuctionV1.LostDays {
        .with {
            $0.unit = lost.unit
            $0.officer = lost.officer ?? ""
            $0.days = Int64(lost.days)
            $0.steps = UInt32(clamping: lost.steps)
        }
    }

    static func next(_ duty: AuctionDuty, on day: Day) -> AuctionV1.NextStep {
        .with {
            $0.unit = duty.key.unit
            $0.decisionNo = duty.key.decisionNo
            $0.assetNo = duty.assetNo
            $0.step = duty.step.rawValue
            $0.rule = duty.rule
            $0.triggerOn = duty.triggerOn.description
            $0.dueOn = duty.dueOn.description
            $0.daysLeft = Int64(-duty.daysLate(on: day))
            $0.citation = duty.citation.description
            $0.officer = duty.officer ?? ""
            $0.verified = duty.verified
            $0.person = duty.step.person.rawValue
        }
    }
}
