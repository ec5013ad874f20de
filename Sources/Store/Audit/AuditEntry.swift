internal import Digests

/// What became of what was asked.
public enum AuditOutcome: String, Sendable {
    case done, refused
}

/// Something that was done or refused, as the audit trail tells it. Carries no values of parties.
public struct AuditedAct: Sendable, Equatable {
    /// The kind of a change (`import`, `plan`, `retract` …), a method's path where a call was refused,
    /// or an operator's order.
    public var action: String
    public var outcome: AuditOutcome
    /// What it was about, e.g. a campaign, a plugin; may be empty.
    public var subject: String
    /// The number of the change it made.
    public var change: Int64?
    /// What tells its content: digests of files, counts, the reason of a refusal.
    public var detail: String

    public init(
        _ action: String, _ outcome: AuditOutcome = .done, subject: String = "",
        change: Int64? = nil, detail: String = ""
    ) {
        self.action = action
        self.outcome = outcome
        self.subject = subject
        self.change = change
        self.detail = detail
    }
}

/// One link of the audit trail: an act, who asked and when, chained to the entry before it.
///
/// The digest is the SHA-256 of the entry's fields in the order number, at, principal, request, action,
/// outcome, subject, change, detail, previous; each as UTF-8 text behind its length in bytes and a colon
/// (numbers in decimal, an absent change empty), so that no two entries read alike.
public struct AuditEntry: Sendable, Equatable {
    /// Counts up from 1 without gaps.
    public let number: Int64
    public let stamp: ChangeStamp
    public let act: AuditedAct
    /// 64 hex digits: the digest of the entry before; zeros before the first.
    public let previous: String
    /// 64 hex digits over all the rest.
    public let digest: String

    static let start = String(repeating: "0", count: 64)

    /// The entry that follows one with the given number and digest.
    init(after number: Int64, _ previous: String, stamp: ChangeStamp, act: AuditedAct) {
        self.init(
            number: number + 1, stamp: stamp, act: act, previous: previous,
            digest: AuditEntry.digest(number + 1, stamp, act, previous))
    }

    init(
        number: Int64, stamp: ChangeStamp, act: AuditedAct, previous: String, digest: String
    ) {
        self.number = number
        self.stamp = stamp
        self.act = act
        self.previous = previous
        self.digest = digest
    }

    /// Whether the entry says what it said when it was written.
    var isIntact: Bool { digest == AuditEntry.digest(number, stamp, act, previous) }

    private static func digest(
        _ number: Int64, _ stamp: ChangeStamp, _ act: AuditedAct, _ previous: String
    ) -> String {
        var hasher = SHA256Hasher()
        let fields = [
            String(number), String(stamp.receivedAtMilliseconds), stamp.principal, stamp.requestID,
            act.action, act.outcome.rawValue, act.subject, act.change.map(String.init) ?? "",
            act.detail, previous,
        ]
        for field in fields {
            hasher.update(Array("\(field.utf8.count):".utf8))
            hasher.update(Array(field.utf8))
        }
        return hasher.hex()
    }
}
