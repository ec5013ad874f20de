internal import Synchronization
internal import Wire

/// What a handler says beside its replies, on its way from the handler's task to the loop.
final class OutgoingMetadata: Sendable {
    private struct State {
        var initial: [WireV1.MetadataEntry]?
        var isInitialSent = false
        var trailing: [WireV1.MetadataEntry] = []
    }

    private let state = Mutex(State())

    /// False when the initial metadata has left: it comes too late.
    func set(initial metadata: [WireV1.MetadataEntry]) -> Bool {
        state.withLock { state in
            if state.isInitialSent { return false }
            state.initial = metadata
            return true
        }
    }

    func set(trailing metadata: [WireV1.MetadataEntry]) {
        state.withLock { $0.trailing = metadata }
    }

    /// The initial metadata, the first time; nil when there is none or it has left.
    func takeInitial() -> [WireV1.MetadataEntry]? {
        state.withLock { state in
            guard !state.isInitialSent else { return nil }
            state.isInitialSent = true
            return state.initial
        }
    }

    var trailing: [WireV1.MetadataEntry] { state.withLock { $0.trailing } }
}
