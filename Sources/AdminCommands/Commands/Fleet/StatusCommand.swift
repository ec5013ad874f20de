import ArgumentParser
import Wire

/// `caodiem status [--wait]`
struct StatusCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "status", abstract: StatusText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Flag(help: StatusText.wait.help) var wait = false

    func answer(_ session: Session) async throws -> Answer {
        guard wait else {
            return StatusAnswer.of(try await session.call(AdminV1.Admin.status, .init()))
        }
        return StatusAnswer.of(
            try await Readiness(session, pace: .real).awaited(
                seconds: globals.timeout ?? Limits.callSeconds))
    }
}

/// Looks at the fleet until it is ready or the time is over.
struct Readiness {
    private let session: Session
    private let pace: Pace

    init(_ session: Session, pace: Pace) {
        self.session = session
        self.pace = pace
    }

    /// The status of the ready fleet; UNREACHABLE when it did not get there in time.
    func awaited(seconds: Int) async throws -> AdminV1.StatusReply {
        let end = pace.now() + .seconds(seconds)
        var reason = StatusText.silent.text
        while true {
            var seen: AdminV1.StatusReply?
            do throws(Failure) {
                let reply = try await session.call(AdminV1.Admin.status, .init())
                if reply.ready { return reply }
                seen = reply
                reason = Self.waiting(reply)
            } catch {
                guard error.code == .unavailable || error.code == .deadlineExceeded else {
                    throw error
                }
                reason = error.message
            }
            if let seen { try refuseHopeless(seen) }
            guard pace.now() < end, !Task.isCancelled else { break }
            await pace.pause(.milliseconds(Limits.pollMilliseconds))
        }
        throw Trouble(
            .unreachable, code: "UNAVAILABLE", StatusText.late(seconds, reason).text,
            hint: StatusText.lateHint.text)
    }

    /// Waiting helps no plugin whose set-up is wrong; the others are let finish first.
    private func refuseHopeless(_ reply: AdminV1.StatusReply) throws {
        let hopeless = reply.plugins.filter { $0.state == "INVALID" }
        let settled = reply.plugins.allSatisfy {
            ["READY", "INVALID", "DISABLED", "QUARANTINED"].contains($0.state)
        }
        guard !hopeless.isEmpty, settled else { return }
        let names = hopeless.map { "\($0.id): \($0.reason)" }.joined(separator: "\n")
        throw Trouble(
            .configuration, code: "FAILED_PRECONDITION", StatusText.invalid(names).text,
            hint: StatusText.invalidHint.text)
    }

    /// Which plugins are not there yet, and why.
    private static func waiting(_ reply: AdminV1.StatusReply) -> String {
        let late = reply.plugins.filter { $0.state != "READY" && $0.state != "DISABLED" }
        guard !late.isEmpty else { return FleetText.notReady.text }
        return late.map { plugin in
            "\(plugin.id) \(plugin.state)" + (plugin.reason.isEmpty ? "" : " (\(plugin.reason))")
        }.joined(separator: ", ")
    }
}

private enum StatusText {
    static let abstract = Phrase(
        "Hệ thống có sẵn sàng không, gồm những gì.", "Whether the fleet is ready, and its parts.")
    static let wait = Phrase(
        "Chờ đến khi sẵn sàng, tối đa --timeout giây (mặc định 30).",
        "Wait until it is ready, for --timeout seconds at most (30 unless given).")
    static let silent = Phrase("không ai trả lời", "nobody answers")
    static func late(_ seconds: Int, _ reason: String) -> Phrase {
        Phrase(
            "sau \(seconds) giây hệ thống vẫn chưa sẵn sàng: \(reason)",
            "the fleet is not ready after \(seconds) s: \(reason)")
    }
    static func invalid(_ names: String) -> Phrase {
        Phrase("thành phần cài đặt sai:\n\(names)", "plugins set up wrongly:\n\(names)")
    }
    static let invalidHint = Phrase(
        "sửa chỗ đã nêu rồi chạy caodiem plugin restart",
        "correct what is named, then run caodiem plugin restart")
    static let lateHint = Phrase(
        "xem caodiem plugin list, hoặc chờ lâu hơn bằng --timeout",
        "see caodiem plugin list, or wait longer with --timeout")
}
