import Transport
import Wire

/// One who calls, with all that it may do; made when it first calls, and again when the policy changes. Lives on
/// the loop.
final class Caller: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    let principal: String
    let grants: [AccessGrant]
    /// Digest of the token that it showed; nil for whoever the transport knows.
    let token: String?
    /// When its token ends, milliseconds since 1970.
    let expiresAt: Int64?
    private let policy: AccessPolicy
    private let ownersStamp: [UInt8]?
    /// What was decided before, by path; of paths in the table only, so it cannot grow without end.
    private var decided: [String: [UInt8]?] = [:]
    private var meter: CallMeter?

    init(
        principal: String, grants: [AccessGrant], policy: AccessPolicy, token: String? = nil,
        expiresAt: Int64? = nil
    ) {
        self.principal = principal
        self.grants = grants
        self.policy = policy
        self.token = token
        self.expiresAt = expiresAt
        let owner = grants.first { $0.role == .administrator }
        ownersStamp = owner.map { AccessStamp.encoded([$0.right]) }
        meter = policy.rate(of: grants).map { CallMeter($0, at: Loop.now.nanoseconds) }
    }

    var roles: [AccessRole] { AccessRoles(grants.map(\.role)).list }

    /// The rights by which it may call a method, as a worker is told of them; nil when nothing allows it.
    func stamp(for path: String) -> [UInt8]? {
        if let ownersStamp { return ownersStamp }
        if let known = decided[path] { return known }
        let rights = policy.rights(of: grants, for: path).map(\.right)
        let stamp = rights.isEmpty ? nil : AccessStamp.encoded(rights)
        if stamp != nil || policy.methods[path] != nil { decided[path] = .some(stamp) }
        return stamp
    }

    func verdict(on path: String) -> AccessVerdict { policy.verdict(on: principal, path, grants) }

    /// Counts a call that begins; the seat is given back when it ends.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when it asks too much; with when to come again.
    func seat() throws(CallRefusal) -> CallSeat? {
        guard meter != nil else { return nil }
        switch meter?.begin(at: Loop.now.nanoseconds) {
        case .tooFast(let wait)?:
            throw CallRefusal(
                failure: .tooFast(principal, meter?.rate.perSecond ?? 0), pushback: wait)
        case .tooMany(let open)?:
            throw CallRefusal(failure: .tooManyOpen(principal, open), pushback: Pushback.usual)
        case .admitted?, nil: return CallSeat(self)
        }
    }

    fileprivate func ended() { meter?.ended() }
}

/// A call that counts against its caller's limit until it ends.
final class CallSeat {
    private var caller: Caller?

    init(_ caller: Caller) { self.caller = caller }

    /// Once; further times are without effect.
    func leave() {
        caller?.ended()
        caller = nil
    }
}

/// Why a call is not let in, and when it may come again.
struct CallRefusal: Error {
    var failure: Failure
    var pushback: Duration?
}

extension Failure {
    static func notAllowed(_ verdict: AccessVerdict, hasGrants: Bool) -> Failure {
        Failure(
            .permissionDenied, verdict.reason, hint: verdict.hint,
            reason: hasGrants ? "NOT_GRANTED" : "NO_GRANT")
    }

    static func tooFast(_ principal: String, _ rate: Int) -> Failure {
        Failure(
            .resourceExhausted, "\(principal) calls faster than \(rate) times a second",
            hint: "call more slowly; 'limits' in access.yaml say how fast each role may",
            retryable: true, reason: "RATE_LIMIT")
    }

    static func tooManyOpen(_ principal: String, _ open: Int) -> Failure {
        Failure(
            .resourceExhausted, "\(principal) has \(open) calls open, as many as it may",
            hint: "wait for one to end; 'limits' in access.yaml say how many each role may have",
            retryable: true, reason: "CONCURRENCY_LIMIT")
    }

    static let tokenUnknown = Failure(
        .unauthenticated, "the token shown is not known here",
        hint: "ask an administrator for one: caodiem access token create", reason: "TOKEN_UNKNOWN")

    static func tokenRevoked(_ name: String) -> Failure {
        Failure(
            .unauthenticated, "the token \(name) was revoked",
            hint: "ask an administrator for another: caodiem access token create",
            reason: "TOKEN_REVOKED")
    }

    static func tokenExpired(_ name: String) -> Failure {
        Failure(
            .unauthenticated, "the token \(name) has expired",
            hint: "ask an administrator for another: caodiem access token create",
            reason: "TOKEN_EXPIRED")
    }

    static let sessionUnknown = Failure(
        .unauthenticated, "the session is over, or was never begun",
        field: CallStamp.onBehalfKey, hint: "sign in again: caodiem.host.v1.Host/SignIn",
        reason: "SESSION_UNKNOWN")
}
