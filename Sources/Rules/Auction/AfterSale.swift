/// After a sale: the buyer pays, the office delivers (NĐ 62/2015 Art. 27.3). Neither is a gap of the
/// enforcement: the asset is sold, and only a sale undone opens it again.
extension StepFinder {
    mutating func afterSale() {
        let sale = asset.rounds.last { $0.outcome == .sold && $0.cancelledOn == nil }
        guard let sale, let soldOn = sale.heldOn else { return }
        statutory(
            .payPrice, period: "P-01", trigger: soldOn, done: sale.paidInFullOn,
            overtaken: sale.deliveredOn != nil)
        guard let paidOn = sale.paidInFullOn else { return }
        statutory(
            .deliver, period: "P-02", trigger: paidOn, done: sale.deliveredOn, overtaken: false)
    }
}
