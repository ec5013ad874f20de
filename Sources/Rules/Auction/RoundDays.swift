/// The days that the steps rest on and that no column holds: they follow from those that are recorded.
extension AuctionRound {
    /// The day on which the round came to nothing; nil when it did not, or no day is known.
    public var failedOn: Day? { outcome?.isFailure == true ? heldOn ?? notifiedOn : nil }

    /// The first sign of the round itself. A contract is none: one contract may serve several rounds.
    var startedOn: Day? { postedOn ?? heldOn ?? notifiedOn }
}

extension CreditorOffer {
    /// The day of the answer; the day of the offer where the answer stands without one.
    var decidedOn: Day { answeredOn ?? offeredOn }
}
