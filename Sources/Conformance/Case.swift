/// What a case needs of the peer.
enum Need: Sendable {
    /// Only the connection: any peer has it.
    case connection
    /// The conformance service, at the peer or behind it.
    case service
    /// The service that misbehaves on command.
    case faults
    /// A worker that the runner spawns.
    case worker
    /// A coordinator that listens, so that a second connection can be made.
    case listener
    /// Such a coordinator with the conformance service behind it.
    case servingListener
    /// A coordinator that the runner starts (`--coordinator`).
    case fleet
    /// Cannot be judged from outside; the reason says where it is tested.
    case elsewhere(String)

    var isFleet: Bool { if case .fleet = self { true } else { false } }

    var isOfService: Bool {
        switch self {
        case .service, .faults, .servingListener: true
        default: false
        }
    }
}

/// One rule and how it is tried.
struct Case: Sendable {
    /// As docs/conformance.md numbers it, e.g. `C10a`.
    let id: String
    let rule: String
    let need: Need
    /// No longer than this, seconds; then the case has failed.
    let limitSeconds: Int
    let body: @Sendable (Bench) throws(Verdict) -> Void

    init(
        _ id: String, _ rule: String, needs need: Need = .connection, limit: Int = 30,
        _ body: @escaping @Sendable (Bench) throws(Verdict) -> Void
    ) {
        self.id = id
        self.rule = rule
        self.need = need
        self.limitSeconds = limit
        self.body = body
    }

    /// A case that this runner does not run.
    static func elsewhere(_ id: String, _ rule: String, _ reason: String) -> Case {
        Case(id, rule, needs: .elsewhere(reason)) { _ throws(Verdict) in }
    }

    /// Whether `--only C`, `--only C10` or `--only C10a` names this case.
    func isNamed(_ name: String) -> Bool {
        guard id.hasPrefix(name) else { return false }
        return !name.contains { $0.isNumber }
            || id.dropFirst(name.count).allSatisfy { $0.isLetter }
    }

    /// Every case, in the order of the list.
    static let all: [Case] =
        framing + order + messages + handshake + calls + metadata + statuses + endings + flow
        + pressure + connection + decoder
        + spawning + supervision + storms + operation
}
