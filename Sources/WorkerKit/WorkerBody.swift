public import Transport
public import Wire

/// What makes one worker different from another beside its services: its settings, and what it does when
/// the coordinator configures it and lets it go.
public protocol WorkerBody: Sendable {
    /// Settings that it takes; the coordinator fills in those that it knows itself.
    var settings: [WorkerSetting] { get }

    /// Begins to work with settings that have no problems.
    ///
    /// - Parameter coordinator: for calls of the worker's own.
    /// - Returns: what must be the same in the whole fleet, such as the law book's digest.
    func configure(
        _ values: [String: String], coordinator: Channel
    ) async throws(Failure) -> [String: String]

    /// Lets go of what is no call of the coordinator's, before the connection to it ends.
    func leave() async
}

extension WorkerBody {
    public func leave() async {}
}
