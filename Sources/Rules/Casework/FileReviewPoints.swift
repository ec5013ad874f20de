/// One point of the review of a case's file (plan II.2), with what the recorded facts say of it.
public struct FileReviewPoint: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case inOrder = "in_order"
        /// The facts speak against it, or are missing where they should be.
        case doubtful
        /// No recorded fact shows it: somebody opens the file.
        case byHand = "by_hand"
    }

    public let rule: AppliedRule
    public let state: State
    public let text: String
}

extension CaseFile {
    /// The points of the checklist in the book of `day`, in order of their ids.
    public func reviewPoints(_ law: LawTable, on day: Day) -> [FileReviewPoint] {
        law.editions.keys.filter { $0.hasPrefix("K-") }.sorted().compactMap { id in
            guard let rule = law.rule(id, on: day) else { return nil }
            let (state, text) = reviewed(id, law, on: day)
            return FileReviewPoint(
                rule: AppliedRule(
                    id: id, citation: rule.citation, text: rule.title, verified: rule.verified),
                state: state, text: text)
        }
    }

    private typealias Finding = (FileReviewPoint.State, String)

    private func reviewed(_ id: String, _ law: LawTable, on day: Day) -> Finding {
        switch id {
        case "K-01": decisionInTime(law)
        case "K-02":
            if let on = debtorNotifiedOn, on <= day {
                (.inOrder, "Thông báo ngày \(on.vietnamese).")
            } else {
                (.doubtful, "Chưa ghi ngày thông báo.")
            }
        case "K-03": firstVerification(law, on: day)
        case "K-04": reverification(law, on: day)
        case "K-05": classificationBasis(law, on: day)
        case "K-06": seizureAfterVoluntaryPeriod(law, on: day)
        case "K-07": groundsNamed(law, on: day)
        case "K-08": violationsRepaired(on: day)
        default: (.byHand, "Xem hồ sơ.")
        }
    }

    private func decisionInTime(_ law: LawTable) -> Finding {
        guard let receivedOn else { return (.byHand, "Chưa ghi ngày nhận bản án, yêu cầu.") }
        let id = initiative == .onRequest ? "E-03" : "E-04"
        guard let period = try? law.period(id, on: receivedOn) else {
            return (.byHand, MissingRule(id: id, on: receivedOn).description)
        }
        let due = law.calendar.due(period.period, from: receivedOn)
        return decisionOn <= due
            ? (.inOrder, "Hạn \(due.vietnamese).")
            : (.doubtful, "Ra ngày \(decisionOn.vietnamese), hạn \(due.vietnamese).")
    }

    private func firstVerification(_ law: LawTable, on day: Day) -> Finding {
        let first = verifications.map(\.verifiedOn).filter { $0 <= day }.min()
        guard let notified = debtorNotifiedOn else {
            return first.map { (.byHand, "Xác minh lần đầu ngày \($0.vietnamese).") }
                ?? (.doubtful, "Chưa xác minh.")
        }
        guard let voluntary = try? law.period("E-09", on: notified),
            let period = try? law.period("E-11", on: notified)
        else { return (.byHand, MissingRule(id: "E-11", on: notified).description) }
        let due = law.calendar.due(
            period.period, from: law.calendar.due(voluntary.period, from: notified))
        guard let first else {
            return day <= due
                ? (.inOrder, "Hạn \(due.vietnamese).")
                : (.doubtful, "Chưa xác minh, hạn \(due.vietnamese).")
        }
        return first <= due
            ? (.inOrder, "Xác minh ngày \(first.vietnamese).")
            : (.doubtful, "Xác minh ngày \(first.vietnamese), hạn \(due.vietnamese).")
    }

    private func reverification(_ law: LawTable, on day: Day) -> Finding {
        guard isNotEnforceable(on: day), !isFinished(on: day) else {
            return (.inOrder, "Việc không ở tình trạng chưa có điều kiện.")
        }
        guard let last = verifications.map(\.verifiedOn).filter({ $0 <= day }).max() else {
            return (.doubtful, "Chưa xác minh.")
        }
        let id = addressUnknown ? "E-12.prison_or_address_unknown" : "E-12"
        guard let period = try? law.period(id, on: last) else {
            return (.byHand, MissingRule(id: id, on: last).description)
        }
        let due = law.calendar.due(period.period, from: last)
        return day <= due
            ? (.inOrder, "Xác minh gần nhất ngày \(last.vietnamese).")
            : (
                .doubtful,
                "Xác minh gần nhất ngày \(last.vietnamese), hạn lần sau \(due.vietnamese)."
            )
    }

    private func classificationBasis(_ law: LawTable, on day: Day) -> Finding {
        guard let order = latestClassification(on: day) else {
            return (.inOrder, "Chưa có quyết định phân loại.")
        }
        let before = verifications.filter { $0.verifiedOn <= order.decidedOn }
            .max { $0.verifiedOn < $1.verifiedOn }
        guard let before else {
            return (.doubtful, "Quyết định ngày \(order.decidedOn.vietnamese) không có xác minh.")
        }
        let wanted: VerificationResult =
            order.kind == .notEnforceable ? .notEnforceable : .enforceable
        return before.result == wanted
            ? (.inOrder, "Xác minh ngày \(before.verifiedOn.vietnamese).")
            : (.doubtful, "Xác minh ngày \(before.verifiedOn.vietnamese) có kết quả khác.")
    }

    private func seizureAfterVoluntaryPeriod(_ law: LawTable, on day: Day) -> Finding {
        guard let seized = assets.map(\.seizedOn).filter({ $0 <= day }).min() else {
            return (.inOrder, "Chưa kê biên.")
        }
        guard let notified = debtorNotifiedOn else {
            return (.byHand, "Chưa ghi ngày thông báo.")
        }
        guard let period = try? law.period("E-09", on: notified) else {
            return (.byHand, MissingRule(id: "E-09", on: notified).description)
        }
        let last = law.calendar.due(period.period, from: notified)
        return seized > last
            ? (.inOrder, "Kê biên ngày \(seized.vietnamese).")
            : (.doubtful, "Kê biên ngày \(seized.vietnamese), tự nguyện đến \(last.vietnamese).")
    }

    private func groundsNamed(_ law: LawTable, on day: Day) -> Finding {
        let kinds: [DecisionKind] = [.postpone, .suspend, .terminate, .notEnforceable]
        for decision in decisionsInOrder(by: day) where kinds.contains(decision.kind) {
            let known = law.grounds(of: decision.kind, on: decision.decidedOn).map(\.code)
            guard !known.isEmpty else { continue }
            if !(decision.ground.map(known.contains) ?? false) {
                return (
                    .doubtful,
                    "Quyết định ngày \(decision.decidedOn.vietnamese) ghi căn cứ "
                        + "“\(decision.ground ?? "")”."
                )
            }
        }
        return (.inOrder, "")
    }

    private func violationsRepaired(on day: Day) -> Finding {
        let open = violations.count {
            $0.foundOn <= day && !($0.repairedOn.map { $0 <= day } ?? false)
        }
        return open == 0 ? (.inOrder, "") : (.doubtful, "Còn \(open) vi phạm chưa khắc phục.")
    }
}
