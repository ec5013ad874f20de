internal import Transport
internal import Wire

/// An answer of the fleet as the board shows it.
struct Answer<Value: Sendable>: Sendable {
    let value: Value
    /// The store has changed since; a newer answer is on its way.
    let isOld: Bool

    func map<Other>(_ transform: (Value) -> Other) -> Answer<Other> {
        Answer<Other>(value: transform(value), isOld: isOld)
    }
}

/// Some rows of a stream, at most as many as were asked for.
struct Rows<Row: Sendable>: Sendable {
    var rows: [Row] = []
    /// There were more than the board takes.
    var isCut = false
}

/// The fleet as the board asks it: by the protocol, as the visitor, through the cache.
struct Fleet: Sendable {
    let coordinator: Channel
    let changes: ChangeFeed
    let cache: AnswerCache
    /// For one answer; a board of a large province takes its time when nothing is kept yet.
    private static let timeout = Duration.seconds(60)
    /// Rows of one stream that are taken.
    static let rowLimit = 20_000

    /// - Parameter weight: how many parts the answer has, for the room that it takes.
    func ask<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, as visitor: Visitor,
        weight: @escaping @Sendable (Reply) -> Int = { _ in 1 }
    ) async throws(Failure) -> Answer<Reply> {
        let coordinator = coordinator
        return try await kept(method, request, visitor) {
            do throws(Failure) {
                let reply = try await coordinator.unary(
                    method, request, timeout: Fleet.timeout, metadata: visitor.metadata)
                return .success(AnswerCache.Loaded(value: reply, weight: weight(reply)))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The rows of a stream, made of its messages.
    func list<Request, Reply, Row: Sendable>(
        _ method: Method<Request, Reply>, _ request: Request, as visitor: Visitor,
        rows: @escaping @Sendable (Reply) -> [Row]
    ) async throws(Failure) -> Answer<Rows<Row>> {
        let coordinator = coordinator
        return try await kept(method, request, visitor) {
            var taken = Rows<Row>()
            do throws(Failure) {
                try await coordinator.serverStream(
                    method, request, timeout: Fleet.timeout, metadata: visitor.metadata
                ) { reply in
                    taken.rows += rows(reply)
                    if taken.rows.count > Fleet.rowLimit { throw Failure.enough }
                }
            } catch {
                guard error == .enough else { return .failure(error) }
                taken.rows.removeLast(taken.rows.count - Fleet.rowLimit)
                taken.isCut = true
            }
            return .success(AnswerCache.Loaded(value: taken, weight: taken.rows.count + 1))
        }
    }

    private func kept<Request, Reply, Value: Sendable>(
        _ method: Method<Request, Reply>, _ request: Request, _ visitor: Visitor,
        load: @escaping @Sendable () async -> Result<AnswerCache.Loaded, Failure>
    ) async throws(Failure) -> Answer<Value> {
        let key = try Fleet.key(method, request, visitor)
        let answer = try await cache.answer(key, changes.mark, load: load)
        guard let value = answer.value as? Value else {
            throw Failure(.internal, "\(method.path) was kept as something else")
        }
        return Answer(value: value, isOld: answer.isOld)
    }

    static func key<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, _ visitor: Visitor
    ) throws(Failure) -> AnswerCache.Key {
        do {
            return AnswerCache.Key(
                visitor: visitor, path: method.path, request: try request.encoded())
        } catch {
            throw Failure(.internal, "the request of \(method.path) does not encode: \(error)")
        }
    }
}

extension Failure {
    /// Ends a stream of which enough was read.
    fileprivate static let enough = Failure(
        .cancelled, "the board has as many rows as it takes", reason: "ENOUGH")
}
