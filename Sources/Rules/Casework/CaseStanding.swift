/// Where a case stands on a day.
public enum CaseStatus: String, Sendable, CaseIterable {
    case enforceable
    case notEnforceable = "not_enforceable"
    case postponed, suspended, delegated, completed, terminated

    /// The word that offices use.
    public var vietnamese: String {
        switch self {
        case .enforceable: "đang thi hành"
        case .notEnforceable: "chưa có điều kiện thi hành"
        case .postponed: "hoãn thi hành"
        case .suspended: "tạm đình chỉ"
        case .delegated: "ủy thác"
        case .completed: "thi hành xong"
        case .terminated: "đình chỉ thi hành"
        }
    }
}

/// The status of a case and the day it came about.
public struct CaseStanding: Hashable, Sendable {
    public let status: CaseStatus
    public let since: Day
}

extension CaseFile {
    /// The case's status from its decisions by `day`, the latest winning (on one day the later row).
    /// `enforceable` continues enforcement whatever stopped it; `resume` ends a postponement or a suspension
    /// and leaves a classification as it was; once completed or terminated the case stays so.
    public func standing(on day: Day) -> CaseStanding {
        var ladder = StatusLadder()
        var standing = CaseStanding(status: .enforceable, since: decisionOn)
        for decision in decisionsInOrder(by: day) {
            ladder.apply(decision.kind)
            if ladder.status != standing.status {
                standing = CaseStanding(status: ladder.status, since: decision.decidedOn)
            }
        }
        return standing
    }

    /// Any `complete` or `terminate` decided by `day`, whatever remains and whatever follows.
    public func isFinished(on day: Day) -> Bool {
        decisions.contains { $0.kind.finishes && $0.decidedOn <= day }
    }

    /// M-01: the latest classification by `day` is *chưa có điều kiện* (LTHADS Art. 44a).
    public func isNotEnforceable(on day: Day) -> Bool {
        latestClassification(on: day)?.kind == .notEnforceable
    }

    /// The latest decision by `day` that classifies the case; nil when none did.
    public func latestClassification(on day: Day) -> Decision? {
        var latest: Decision?
        for decision in decisions where decision.kind.classifies && decision.decidedOn <= day {
            if let known = latest, decision.decidedOn < known.decidedOn { continue }
            latest = decision
        }
        return latest
    }

    /// Decisions by `day` in the order they took effect: by day, then as recorded.
    public func decisionsInOrder(by day: Day) -> [Decision] {
        decisions.filter { $0.decidedOn <= day }.sorted { $0.decidedOn < $1.decidedOn }
    }
}

extension DecisionKind {
    /// Ends the case.
    public var finishes: Bool { self == .complete || self == .terminate }
    /// Says whether the case is enforceable.
    public var classifies: Bool { self == .notEnforceable || self == .enforceable }
    /// May write off a part of what is due.
    public var writesOff: Bool { self == .terminate || self == .reduceObligation }
}

/// What stands in the way of a case, the latest obstacle on top.
private struct StatusLadder {
    private var finished: CaseStatus?
    private var obstacles: [CaseStatus] = []

    var status: CaseStatus { finished ?? obstacles.last ?? .enforceable }

    mutating func apply(_ kind: DecisionKind) {
        switch kind {
        case .complete: finished = .completed
        case .terminate: finished = .terminated
        case .notEnforceable: push(.notEnforceable)
        case .postpone: hold(.postponed)
        case .suspend: hold(.suspended)
        case .delegate: push(.delegated)
        case .enforceable: obstacles = []
        case .resume: obstacles.removeAll { $0 == .postponed || $0 == .suspended }
        case .reduceObligation: break
        }
    }

    /// A case is either postponed or suspended, never both.
    private mutating func hold(_ status: CaseStatus) {
        obstacles.removeAll { $0 == .postponed || $0 == .suspended }
        obstacles.append(status)
    }

    private mutating func push(_ status: CaseStatus) {
        obstacles.removeAll { $0 == status }
        obstacles.append(status)
    }
}
