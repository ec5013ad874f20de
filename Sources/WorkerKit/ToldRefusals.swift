internal import Store
public import Wire

extension WorkerCall {
    /// Bytes of a refusal's words that the audit trail keeps.
    static let refusalBytes = 500

    /// Runs the handler of a mutation; a refusal by right or by law stands in the audit trail before it is
    /// answered. When it cannot be told there, the caller hears that instead: nothing was changed either way.
    public func tellingRefusals<Reply: Sendable>(
        _ handler: () async throws(Failure) -> Reply
    ) async throws(Failure) -> Reply {
        do throws(Failure) {
            return try await handler()
        } catch {
            if error.isRefusal { try await tell(error) }
            throw error
        }
    }

    /// Runs the handler of a method that changes nothing; who is refused for want of a right is told in the audit
    /// trail as far as it takes entries.
    func tellingDenials<Reply: Sendable>(
        _ handler: () async throws(Failure) -> Reply
    ) async throws(Failure) -> Reply {
        do throws(Failure) {
            return try await handler()
        } catch {
            if error.code == .permissionDenied { try? await tell(error) }
            throw error
        }
    }

    private func tell(_ refusal: Failure) async throws(Failure) {
        let words = [refusal.code.name, refusal.reason, refusal.message].filter { !$0.isEmpty }
        let act = AuditedAct(
            method, .refused, subject: refusal.field,
            detail: words.joined(separator: " ").prefix(bytes: WorkerCall.refusalBytes))
        let stamp = stamp
        do throws(StoreFailure) {
            _ = try await store.write { scope in try scope.record(act, stamp: stamp).number }
        } catch {
            throw Failure(error)
        }
    }
}

extension Failure {
    /// Whether someone was told no: for want of a right, or because the law does not allow it.
    fileprivate var isRefusal: Bool {
        code == .permissionDenied || (code == .failedPrecondition && reason == "UNLAWFUL")
    }
}

extension String {
    /// The text's beginning, whole characters in so many bytes.
    fileprivate func prefix(bytes: Int) -> String {
        var (text, used) = ("", 0)
        for character in self {
            used += character.utf8.count
            if used > bytes { break }
            text.append(character)
        }
        return text
    }
}
