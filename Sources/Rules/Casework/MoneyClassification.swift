/// Why money counts as *chưa có điều kiện* in the statistics (Form 02/TK-THA). The decision of LTHADS Art. 44a
/// and the statistical money never merge: M-01 is the one, M-02 and M-04 are the other.
public enum MoneyRule: String, Sendable, CaseIterable {
    /// The latest classification is `not_enforceable`.
    case notEnforceable = "M-01"
    /// An asset was sold or taken and none is open: what still remains.
    case assetHandled = "M-02"
    /// Every open asset was reduced twice and then found no buyer: what remains less the assets' prices.
    case reducedTwice = "M-04"
}

/// The statistical class of a case's money on a day.
public struct MoneyClass: Sendable, Equatable {
    /// The rule that applies; nil when the money stays *có điều kiện*.
    public let rule: MoneyRule?
    public let remaining: Dong
    /// Sum of the current prices of the open assets; nil when one has no price yet.
    public let openAssetsPrice: Dong?
    /// What counts as *chưa có điều kiện*, in đồng.
    public let notEnforceable: Dong
}

extension CaseFile {
    /// The first of M-01, M-02 and M-04 that the case meets on `day`, finished or not.
    public func moneyRule(on day: Day) -> MoneyRule? {
        if isNotEnforceable(on: day) { return .notEnforceable }
        if isAssetHandled(on: day) { return .assetHandled }
        return isReducedTwice(on: day) ? .reducedTwice : nil
    }

    /// M-02: an asset was sold or taken by `day` and none is open.
    public func isAssetHandled(on day: Day) -> Bool {
        var handled = false
        for asset in assets {
            if asset.isOpen(on: day) { return false }
            handled = handled || asset.isHandled(on: day)
        }
        return handled
    }

    /// M-04: at least one asset is open and each open one has two reductions and then a failed round.
    public func isReducedTwice(on day: Day) -> Bool {
        var open = false
        for asset in assets where asset.isOpen(on: day) {
            guard asset.failedAfterSecondReduction(by: day) != nil else { return false }
            open = true
        }
        return open
    }

    /// The class of the case's money on `day`. Nothing of a finished case counts as *chưa có điều kiện*.
    public func moneyClass(on day: Day) -> MoneyClass {
        let left = remaining(on: day)
        var prices: Int128? = 0
        for asset in assets where asset.isOpen(on: day) {
            guard let sum = prices, let price = asset.currentPrice(on: day) else {
                prices = nil
                break
            }
            prices = sum + Int128(price.amount)
        }
        let openPrice = prices.map { Dong(Int64(clamping: $0)) }
        let rule = isFinished(on: day) ? nil : moneyRule(on: day)
        let amount: Dong =
            switch rule {
            case nil: .zero
            case .notEnforceable, .assetHandled: left
            case .reducedTwice: openPrice.map { max(.zero, left - $0) } ?? .zero
            }
        return MoneyClass(
            rule: rule, remaining: left, openAssetsPrice: openPrice, notEnforceable: amount)
    }

    /// Money of the case that counts as *chưa có điều kiện* on `day`, in đồng.
    public func moneyNotEnforceable(on day: Day) -> Dong { moneyClass(on: day).notEnforceable }
}
