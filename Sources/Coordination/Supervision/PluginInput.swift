/// What happens to a plugin. Inputs about a process name its incarnation (the n-th spawn of that
/// plugin, from 1), so that late news of an earlier process change nothing.
enum PluginInput: Sendable, Equatable {
    /// First start, once the fleet is assembled.
    case begin
    /// One of the fleet's start slots is this plugin's.
    case slotGranted
    /// Nothing starts yet: other plugins must serve first.
    case waits(String)
    /// A plugin that this one depends on serves no more.
    case dependencyLost(String)

    case spawned(Int)
    /// No process came to be; `permanent` when trying again cannot help.
    case spawnFailed(Int, reason: String, permanent: Bool)
    /// A worker that is starting asks for more time.
    case noted(Int, extendBy: Duration)
    /// The worker's HELLO came and is in order.
    case greeted(Int)
    /// The worker promises to beat.
    case promisedBeats(Int)
    /// The worker serves its health: it is not READY before it says so.
    case promisedHealth(Int)
    /// Describe, ValidateConfig and Configure went well.
    case configured(Int)
    /// The worker or the fleet cannot accept this configuration.
    case refused(Int, reason: String)
    /// The handshake or a call of the configuration failed.
    case startFailed(Int, reason: String)
    case beat(Int)
    /// The worker says that handlers of it are stuck.
    case stuck(Int, calls: Int)
    case health(Int, serving: Bool)
    case linkLost(Int, reason: String)
    /// The process is reaped.
    case exited(Int, ProcessEnd)
    /// No call is open any more.
    case idle(Int)

    /// An operator's wish; `by` and `why` stand in the reason and the events.
    case order(OperatorOrder, by: String = "", why: String = "")
    /// The manifest says something else; `fresh` when that needs new processes.
    case reshape(PluginShape, SupervisionLimits, fresh: Bool)
    /// The coordinator stops.
    case stop
    /// A second signal: the coordinator shall stop sooner.
    case hurry
    /// Time passed.
    case tick

    /// The process that this is about; nil when it is about the plugin.
    var incarnation: Int? {
        switch self {
        case .spawned(let number), .spawnFailed(let number, _, _), .noted(let number, _),
            .greeted(let number), .promisedBeats(let number), .promisedHealth(let number),
            .configured(let number), .refused(let number, _), .startFailed(let number, _),
            .beat(let number), .stuck(let number, _), .health(let number, _),
            .linkLost(let number, _), .exited(let number, _), .idle(let number):
            number
        default: nil
        }
    }
}

/// What the code around a `PluginMachine` has to do.
enum PluginEffect: Sendable, Equatable {
    /// Start a process; `next` when it is to replace one that still serves, so that it starts with
    /// the manifest that is being tried.
    case spawn(Int, next: Bool)
    /// Describe, ValidateConfig and Configure.
    case configure(Int)
    /// Calls may be routed to the worker.
    case open(Int)
    /// No new calls; `idle` is due when the open ones have ended.
    case close(Int)
    /// No new calls until it is opened again; open ones go on.
    case pause(Int)
    /// End all open calls of the worker now.
    case cancelCalls(Int)
    /// Call Shutdown and close fd 0.
    case shutdown(Int)
    /// SIGTERM to the process group.
    case terminate(Int)
    /// SIGKILL to the process group.
    case kill(Int)
    /// Fresh processes serve in place of all former ones: what was tried holds.
    case rolledOut
    /// The replacement failed and what served before goes on: what was tried is dropped.
    case rolloutFailed(reason: String)
    /// One of several processes has another state; for the log and the journal.
    case instanceChanged(Int, incarnation: Int, PluginState, reason: String)
    /// The state or its reason changed; for the log, the journal and the router.
    case changed(PluginState, reason: String)
}
