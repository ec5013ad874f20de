import Logging
import Transport
import Wire

/// Ends what expired tokens had opened, and tells the audit trail whom the coordinator refused. Lives on the loop.
final class AccessWatch: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private let desk: AccessDesk
    private let telling: RefusalTelling
    private var timer: LoopTimer?
    private var isOver = false

    /// How often it looks: what has ended is closed within a second.
    static let pause = Duration.milliseconds(400)

    init(_ desk: AccessDesk, audit: (any AuditTrail)?, log: Logger) {
        self.desk = desk
        telling = RefusalTelling(audit, log: log)
        let telling = telling
        desk.refused = { principal, path, refusal in
            telling.note(principal, path, refusal, at: WallClock.milliseconds())
        }
    }

    func begin(on loop: Loop) {
        guard !isOver else { return }
        timer = loop.schedule(after: AccessWatch.pause) { [self] in
            let now = WallClock.milliseconds()
            desk.sweep(at: now)
            telling.tick(at: now)
            begin(on: loop)
        }
    }

    func end() {
        isOver = true
        timer?.cancel()
        timer = nil
    }

    func flush() async { await telling.flush() }
}
