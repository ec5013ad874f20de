internal import Digests
public import Store
internal import Synchronization
internal import Transport
public import Wire

/// The client's word that a request is the same as one that it made before, and whether its answer is in
/// the store already.
final class OnceOnly: Sendable {
    let key: IdempotencyKey
    private let saved = Mutex(false)

    /// nil when the client gave no key.
    init?(_ call: CallContext, stamp: ChangeStamp, request: [UInt8]) throws(Failure) {
        guard let key = call.text("caodiem-idempotency-key") else { return nil }
        guard (1...IdempotencyLimits.keyBytes).contains(key.utf8.count) else {
            throw Failure(
                .invalidArgument,
                "an idempotency key has 1 to \(IdempotencyLimits.keyBytes) bytes, this one "
                    + "\(key.utf8.count)", hint: "give a fresh UUID to each new request")
        }
        self.key = IdempotencyKey(
            principal: stamp.principal, method: call.path, key: key,
            requestSHA256: Digests.sha256(of: request),
            receivedAtMilliseconds: stamp.receivedAtMilliseconds)
    }

    var isSaved: Bool { saved.withLock { $0 } }

    func noteSaved() { saved.withLock { $0 = true } }
}

extension WorkerCall {
    /// The last step of a mutation: what `body` writes, and its answer under the client's idempotency key,
    /// in one transaction. Where the key has an answer already, nothing is written and that answer comes.
    /// A worker that runs alone is refused when another has taken its place.
    public func save<Reply: WireMessage>(
        _ body: @escaping @Sendable (WriteScope) throws -> Reply
    ) async throws(Failure) -> Reply {
        let (once, sight) = (once, access.sight)
        let result: Result<Reply, Failure>
        do throws(StoreFailure) {
            result = try await store.writeDeciding(fence: context.fence) { scope in
                do {
                    if let once, let kept: Reply = try once.reply(scope.reading) {
                        return (.success(kept), commit: false)
                    }
                    let reply = try body(scope.seen(by: sight))
                    if let once { try scope.keep(try reply.encoded(), under: once.key) }
                    return (.success(reply), commit: true)
                } catch let refusal as Failure {
                    return (.failure(refusal), commit: false)
                }
            }
        } catch {
            throw Failure(error)
        }
        once?.noteSaved()
        return try result.get()
    }

    /// As `save`, for a request that only asks what would come of it: nothing stays written.
    public func trial<Reply: WireMessage>(
        _ body: @escaping @Sendable (WriteScope) throws -> Reply
    ) async throws(Failure) -> Reply {
        let result: Result<Reply, Failure>
        let sight = access.sight
        do throws(StoreFailure) {
            result = try await store.writeDeciding(fence: context.fence) { scope in
                do { return (.success(try body(scope.seen(by: sight))), commit: false) } catch let
                    refusal
                    as Failure
                {
                    return (.failure(refusal), commit: false)
                }
            }
        } catch {
            throw Failure(error)
        }
        return try result.get()
    }

    /// The answer that this request got when it came the first time.
    func keptReply<Reply: WireMessage>() async throws(Failure) -> Reply? {
        guard let once else { return nil }
        return try await load { scope in try once.reply(scope) }
    }

    /// Keeps an answer that came without a change, so that a repetition hears the same.
    func keepUnlessSaved<Reply: WireMessage>(_ reply: Reply) async throws(Failure) {
        guard let once, !once.isSaved else { return }
        do {
            let bytes = try reply.encoded()
            try await store.write { scope in try scope.keep(bytes, under: once.key) }
        } catch let failure as StoreFailure {
            throw Failure(failure)
        } catch {
            throw Failure(.internal, "the answer does not encode: \(error)")
        }
    }
}

extension OnceOnly {
    fileprivate func reply<Reply: WireMessage>(_ scope: ReadScope) throws -> Reply? {
        switch try scope.keptReply(key) {
        case .none: return nil
        case .reply(let bytes): return try Reply(decoding: bytes)
        case .otherRequest:
            throw Failure(
                .failedPrecondition,
                "the idempotency key “\(key.key)” was used for another request of \(key.method)",
                field: "caodiem-idempotency-key", hint: "give a fresh key to each new request",
                reason: "IDEMPOTENCY_KEY_REUSED")
        }
    }
}
