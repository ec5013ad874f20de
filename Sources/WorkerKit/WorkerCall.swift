public import Rules
public import Store
internal import Transport
public import Wire

/// One call as a handler sees it: the worker's context and what the coordinator stamped on the request.
/// Time enters here and nowhere else.
public struct WorkerCall: Sendable {
    public let context: WorkerContext
    /// The day in Vietnam on which the coordinator received the request.
    public let receivedOn: Day
    /// Path of the method that is called, e.g. `/caodiem.casework.v1.Casework/Decide`.
    public let method: String
    /// Who asks, when, and under which request id: stored with what the call changes.
    public let stamp: ChangeStamp
    /// Whose rows the call may touch.
    public let access: WorkerAccess
    /// Under what the answer is kept; nil when the client gave no idempotency key.
    let once: OnceOnly?

    public var store: Store { context.store }
    public var law: LawTable { context.law }

    /// Reads the stamps; a request without them did not come through a coordinator.
    ///
    /// - Parameter request: the encoded request of a mutation; nil for other calls.
    init(
        context: WorkerContext, stamps call: CallContext, mutation request: [UInt8]? = nil
    ) throws(Failure) {
        func stamped(_ key: String) throws(Failure) -> String {
            guard let text = call.text(key) else {
                throw Failure(
                    .internal, "the request lacks its stamp \(key)",
                    hint: "call through the coordinator")
            }
            return text
        }
        guard let day = Day(iso: try stamped("caodiem-received-on")),
            let milliseconds = Int64(try stamped("caodiem-received-at"))
        else {
            throw Failure(
                .internal, "the request's stamps do not read",
                hint: "the coordinator and this worker are of different versions")
        }
        self.context = context
        method = call.path
        receivedOn = day
        stamp = ChangeStamp(
            principal: try stamped("caodiem-principal"),
            requestID: try stamped("caodiem-request-id"), receivedAtMilliseconds: milliseconds)
        guard let rights = AccessStamp.decoded(try stamped(AccessStamp.key)) else {
            throw Failure(
                .internal, "the request's rights do not read",
                hint: "the coordinator and this worker are of different versions")
        }
        access = WorkerAccess(principal: stamp.principal, rights: rights)
        if let request {
            once = try OnceOnly(call, stamp: stamp, request: request)
        } else {
            once = nil
        }
    }

    /// The as-of day of a request: `YYYY-MM-DD`, or the day it was received where the text is empty.
    public func asOf(_ text: String) throws(Failure) -> Day {
        if text.isEmpty { return receivedOn }
        guard let day = Day(iso: text) else {
            throw Failure(
                .invalidArgument, "“\(text.prefix(40))” không phải là ngày", field: "as_of",
                hint: "viết dạng YYYY-MM-DD, ví dụ 2021-05-31")
        }
        return day
    }

    /// Reads facts of one moment of the store: the first step of every handler. The scope is bounded by what the
    /// caller may see.
    ///
    /// - Throws: what `body` refuses; the store's failure as the client sees it.
    public func load<Facts: Sendable>(
        _ body: @escaping @Sendable (ReadScope) throws -> Facts
    ) async throws(Failure) -> Facts {
        let result: Result<Facts, Failure>
        let sight = access.sight
        do throws(StoreFailure) {
            result = try await store.read { scope in
                do { return .success(try body(scope.seen(by: sight))) } catch let refusal as Failure
                {
                    return .failure(refusal)
                }
            }
        } catch {
            throw Failure(error)
        }
        return try result.get()
    }
}
