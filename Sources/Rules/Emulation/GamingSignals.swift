/// A pattern that people should look at; it changes no score.
public struct GamingSignal: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// More of the old money was terminated than collected.
        case terminatedNotCollected = "terminated_not_collected"
        /// Many cases were classified back and forth near the end of the window.
        case reclassificationSwing = "reclassification_swing"
        /// Payments that counted in the window were reversed after it.
        case reversedAfterwards = "reversed_afterwards"
        /// Cases on the list of large ones while larger ones stay off it.
        case largerOffTheList = "larger_off_the_list"
        /// Reductions to the cap, each time without an offer to the creditor.
        case reducedWithoutOffer = "reduced_without_offer"
        /// Decisions of the window that are dated on its last days.
        case lastDayDecisions = "last_day_decisions"
    }

    public enum Severity: String, Sendable { case info, warning, serious }

    public let kind: Kind
    public let severity: Severity
    /// One sentence in Vietnamese.
    public let text: String
    /// The cases behind it.
    public let cases: [CaseKey]
}

/// Bounds of what is called a pattern: ours, not the law's.
private enum SignalBounds {
    /// Days before the window's end, and after it, that count as near.
    static let nearDays = 10
    /// Share of the window's finished cases that may fall on its last days.
    static let lastDays = Ratio(1, 2)
    /// Finished cases under which no share says anything.
    static let fewest = 5
}

/// The signals of one unit on `day`, in the order of `GamingSignal.Kind`.
public func gamingSignals(
    _ file: UnitFile, results: [TargetResult], plan: CampaignPlan, asOf day: Day
) -> [GamingSignal] {
    let finder = SignalFinder(file: file, results: results, plan: plan, day: day)
    return [
        finder.terminatedNotCollected, finder.reclassificationSwing, finder.reversedAfterwards,
        finder.largerOffTheList, finder.reducedWithoutOffer, finder.lastDayDecisions,
    ].compactMap { $0 }
}

private struct SignalFinder {
    let file: UnitFile
    let results: [TargetResult]
    let plan: CampaignPlan
    let day: Day

    private var end: Day { min(day, plan.window.end) }

    private func keys(_ matches: (CaseFile) -> Bool) -> [CaseKey] {
        file.cases.filter(matches).map(\.key).sorted()
    }

    var terminatedNotCollected: GamingSignal? {
        guard let result = results.first(where: { $0.measure == .oldResolvedMoney }),
            let collected = result.split.first(where: { $0.part == .collected })?.amount,
            let terminated = result.split.first(where: { $0.part == .terminated })?.amount,
            terminated > collected
        else { return nil }
        let cases = keys { file in
            file.nomination(to: "old_case", on: day) != nil
                && file.decisions.contains {
                    $0.kind == .terminate && plan.window.start <= $0.decidedOn
                        && $0.decidedOn <= end
                }
        }
        return GamingSignal(
            kind: .terminatedNotCollected, severity: collected == 0 ? .serious : .warning,
            text:
                "Tiền án cũ giải quyết chủ yếu do đình chỉ (\(Dong(terminated).vietnamese) đồng), "
                + "thu được \(Dong(collected).vietnamese) đồng.", cases: cases)
    }

    var reclassificationSwing: GamingSignal? {
        let near =
            (plan.window.end - SignalBounds.nearDays)...(plan.window.end + SignalBounds.nearDays)
        let cases = keys { file in
            let kinds = file.decisionsInOrder(by: day)
                .filter { $0.kind.classifies && near.contains($0.decidedOn) }.map(\.kind)
            return Set(kinds).count > 1
        }
        guard !cases.isEmpty else { return nil }
        return GamingSignal(
            kind: .reclassificationSwing, severity: cases.count > 2 ? .serious : .warning,
            text:
                "\(cases.count) việc đổi phân loại qua lại quanh ngày \(plan.window.end.vietnamese).",
            cases: cases)
    }

    var reversedAfterwards: GamingSignal? {
        let cases = keys { file in
            file.payments.contains { payment in
                guard let reversed = payment.reversedOn else { return false }
                return plan.window.contains(payment.paidOn) && reversed > plan.window.end
                    && reversed <= day
            }
        }
        guard !cases.isEmpty else { return nil }
        return GamingSignal(
            kind: .reversedAfterwards, severity: .serious,
            text: "\(cases.count) việc có khoản thu trong đợt bị hủy sau khi đợt kết thúc.",
            cases: cases)
    }

    /// Compared with the true largest on the day before the window.
    var largerOffTheList: GamingSignal? {
        guard let list = plan.list("large_value"), let size = list.size else { return nil }
        let before = plan.window.start - 1
        let open = file.cases.filter { file in
            file.decisionOn <= before && !file.isFinished(on: before)
                && !file.isNotEnforceable(on: before)
                && (list.population?.unseizedOnly != true
                    || !file.assets.contains { $0.seizedOn <= before })
        }
        let listed = file.cases.filter { $0.nomination(to: list.id, on: day) != nil }
        guard let least = listed.map({ $0.remaining(on: before) }).min(), listed.count >= size
        else {
            return nil
        }
        let off = open.filter { file in
            file.nomination(to: list.id, on: day) == nil && file.remaining(on: before) > least
        }
        guard !off.isEmpty else { return nil }
        return GamingSignal(
            kind: .largerOffTheList, severity: off.count >= size ? .serious : .warning,
            text: "\(off.count) việc lớn hơn việc nhỏ nhất trong danh sách lại không có tên.",
            cases: off.map(\.key).sorted())
    }

    var reducedWithoutOffer: GamingSignal? {
        let cases = keys { file in
            file.assets.contains { asset in
                asset.reductions.filter { ($0.reducedOn ?? day + 1) <= day }.count >= 2
                    && !asset.offers.contains { $0.offeredOn <= day }
            }
        }
        guard !cases.isEmpty else { return nil }
        return GamingSignal(
            kind: .reducedWithoutOffer, severity: .info,
            text: "\(cases.count) việc giảm giá từ hai lần mà chưa đề nghị người được thi hành án "
                + "nhận tài sản.", cases: cases)
    }

    var lastDayDecisions: GamingSignal? {
        func finished(from: Day) -> [CaseKey] {
            keys { file in
                file.decisions.contains {
                    $0.kind.finishes && from <= $0.decidedOn && $0.decidedOn <= end
                }
            }
        }
        guard day >= plan.window.end else { return nil }
        let all = finished(from: plan.window.start)
        let last = finished(from: plan.window.end - SignalBounds.nearDays + 1)
        guard all.count >= SignalBounds.fewest,
            Ratio(Int128(last.count), Int128(all.count)) > SignalBounds.lastDays
        else { return nil }
        return GamingSignal(
            kind: .lastDayDecisions, severity: .info,
            text:
                "\(last.count)/\(all.count) việc kết thúc trong \(SignalBounds.nearDays) ngày cuối "
                + "của đợt.", cases: last)
    }
}
