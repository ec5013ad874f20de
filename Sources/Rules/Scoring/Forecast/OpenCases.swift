/// The cases that can still add to a target, and the cheapest of them that close a gap.
struct OpenCases {
    private let cases: [ClosingCase]

    /// What all of them would add: cases, or đồng.
    var gain: Int64 {
        Int64(clamping: cases.reduce(Int128(0)) { $0 + Int128($1.gain) })
    }

    init(of unit: UnitFile, by counting: Counting, outlook: TargetOutlook?) {
        if let outlook {
            let files = Dictionary(
                unit.cases.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
            cases = outlook.cases.compactMap { item in
                item.closing(files[item.key]?.remaining(on: counting.day).amount ?? 0)
            }
            return
        }
        var found: [ClosingCase] = []
        for file in unit.cases {
            var gain: Int64 = 0
            counting.eachShare(of: file) { gain += counting.openGain($0) }
            guard gain > 0 else { continue }
            found.append(
                ClosingCase(
                    decisionNo: file.key.decisionNo, gain: gain,
                    remaining: file.remaining(on: counting.day).amount, reachedOn: nil,
                    isHindered: file.standing(on: counting.day).status != .enforceable))
        }
        cases = found
    }

    /// The cheapest cases that bring `missing`: of cases those in hand with the least left to enforce, or the
    /// earliest by the auction calendar; of money as few cases as possible. Hindered cases are taken only when
    /// the others do not do.
    func closing(_ missing: Int64, money: Bool) -> GapClosing {
        let free = cases.filter { !$0.isHindered }
        let enough = free.reduce(Int128(0)) { $0 + Int128($1.gain) } >= Int128(missing)
        let sorted = (enough ? free : cases).sorted { a, b in
            if money, a.gain != b.gain { return a.gain > b.gain }
            if a.isHindered != b.isHindered { return !a.isHindered }
            if let first = a.reachedOn, let second = b.reachedOn, first != second {
                return first < second
            }
            return (a.remaining, a.decisionNo) < (b.remaining, b.decisionNo)
        }
        var taken: [ClosingCase] = []
        var sum: Int128 = 0
        for entry in sorted where sum < Int128(missing) {
            taken.append(entry)
            sum += Int128(entry.gain)
        }
        if money, sum >= Int128(missing), let last = taken.last {
            // The last is exchanged for the least that still does: as few cases, less beyond the gap.
            let rest = sum - Int128(last.gain)
            let least = sorted.dropFirst(taken.count - 1).last {
                rest + Int128($0.gain) >= Int128(missing)
            }
            if let least {
                taken[taken.count - 1] = least
                sum = rest + Int128(least.gain)
            }
        }
        let closes = sum >= Int128(missing)
        let isExact = !money || sum == Int128(missing)
        return GapClosing(
            missing: missing,
            proof: !closes ? .insufficient : isExact ? .exact : .fewestCases, cases: taken,
            gain: Int64(clamping: sum))
    }
}

extension CaseOutlook {
    /// What the auction calendar still gives; nil for a case that counts already or no longer can. A case of which the
    /// law book cannot tell stays open, without a day.
    fileprivate func closing(_ remaining: Int64) -> ClosingCase? {
        guard [.safe, .tight, .agreement, .undetermined].contains(state) else { return nil }
        return ClosingCase(
            decisionNo: key.decisionNo, gain: 1, remaining: remaining,
            reachedOn: state == .safe ? safeOn : quickestOn, isHindered: state != .safe)
    }
}

extension Counting {
    /// What an entry can still add to the numerator by the target's last day: cases, or đồng.
    fileprivate func openGain(_ share: Share) -> Int64 {
        guard share.denominator > 0 || share.numerator < 0 else { return 0 }
        switch share.finding {
        case .unresolved(let finishedOn): return finishedOn == nil ? 1 : 0
        case .money(let money):
            return max(
                0, money.base - money.collected - money.terminated - money.exempted)
        case .notStaged, .worked: return max(0, share.denominator - max(0, share.numerator))
        case .stock(_, let now): return now ? 1 : 0
        case .violation, .coercion: return 1 - share.numerator
        // A decision that came late stays late; a classification without a verification stays so.
        case .issued, .classification, .missing, .withdrawn, .staged, .finished, .classified,
            .unclassified, .resolved, .report:
            return 0
        }
    }
}
