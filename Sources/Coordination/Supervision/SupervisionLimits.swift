/// Every period, count and size that bounds a plugin's life, in one place; tests scale them down.
public struct SupervisionLimits: Sendable, Equatable {
    /// From spawning a worker to its HELLO.
    public var startTimeout: Duration = .seconds(5)
    /// From HELLO to the end of Describe, ValidateConfig and Configure.
    public var configureTimeout: Duration = .seconds(10)
    /// From the end of Configure to the first SERVING of a worker that serves its health.
    public var readyTimeout: Duration = .seconds(30)
    /// However often a worker asks for more time, its start takes no longer than this.
    public var startExtensionCap: Duration = .seconds(120)
    /// Longest time between two beats of a worker that promised them; it is told to beat twice as
    /// often.
    public var beatInterval: Duration = .seconds(10)
    /// Beats that may be late one after the other; with this many the worker is restarted.
    public var lateBeatsAllowed = 3
    /// Restarts of all plugins together: one each `restartInterval`, after a burst.
    public var restartInterval: Duration = .seconds(1)
    /// Restarts that may come at once.
    public var restartBurst = 5
    /// Workers that may be starting or configuring at one time.
    public var concurrentStarts = 2
    /// How long open calls may go on before a restart cancels them.
    public var drainTimeout: Duration = .seconds(30)
    /// The same when an operator asked to drain, and not only to stop.
    public var patientDrainTimeout: Duration = .seconds(600)
    /// The same when the whole fleet stops; with the three stages below it stays under 30 s.
    public var shutdownDrainTimeout: Duration = .seconds(15)
    /// From Shutdown and the end of file on fd 0 to SIGTERM.
    public var shutdownGrace: Duration = .seconds(5)
    /// From SIGTERM to SIGKILL.
    public var terminateGrace: Duration = .seconds(5)
    /// Both of the above once a second signal asked the coordinator to hurry.
    public var hurriedGrace: Duration = .seconds(1)
    /// How long a worker that lost its connection may take to end by itself.
    public var lostLinkGrace: Duration = .seconds(1)
    /// Between repetitions of SIGKILL to a group whose leader is not reaped yet.
    public var killRepeat: Duration = .seconds(1)
    /// From the first request to stop the fleet to giving up on what cannot be killed.
    public var fleetStopTimeout: Duration = .seconds(29)
    /// First delay after a failure; doubles with each further one.
    public var backoffBase: Duration = .milliseconds(250)
    /// No delay is longer than this, jitter included.
    public var backoffCap: Duration = .seconds(30)
    /// Share by which a delay may differ either way.
    public var backoffJitter = 0.2
    /// A worker that was READY this long starts again with the first delay.
    public var backoffReset: Duration = .seconds(60)
    /// More failures than this within `failureWindow` put a plugin in quarantine.
    public var failuresAllowed = 5
    /// See `failuresAllowed`.
    public var failureWindow: Duration = .seconds(60)
    /// First wait before a quarantined plugin is tried once; doubles up to `probeCap`.
    public var probeBase: Duration = .seconds(300)
    /// Longest wait between two such trials.
    public var probeCap: Duration = .seconds(1800)
    /// From the beginning of a reload to its end, whatever it is.
    public var reloadTimeout: Duration = .seconds(120)
    /// A health stream that broke is opened again after this.
    public var healthRetry: Duration = .seconds(1)
    /// Log lines kept of each plugin for `plugin show`.
    public var logLinesKept = 200
    /// Log entries that one worker may send in a second over `Host.Log`; more are counted.
    public var logEntriesPerSecond = 1000
    /// Log lines that an exit report quotes.
    public var exitLines = 20
    /// Events that may wait for the journal; older ones are dropped and counted.
    public var journalBacklog = 1024
    /// From SIGKILL of a leftover worker to taking its lock file away.
    public var sweepTimeout: Duration = .seconds(2)
    /// The same as `startTimeout` for a worker of another machine: TCP, TLS and HELLO.
    public var remoteStartTimeout: Duration = .seconds(30)
    /// First delay before such a worker is dialled again; doubles up to `remoteBackoffCap`.
    public var remoteBackoffBase: Duration = .seconds(1)
    /// See `remoteBackoffBase`.
    public var remoteBackoffCap: Duration = .seconds(120)

    public init() {}

    /// What bounds a worker that is reached over TCP: it is dialled for ever, never quarantined.
    var remote: SupervisionLimits {
        var limits = self
        limits.startTimeout = remoteStartTimeout
        limits.backoffBase = remoteBackoffBase
        limits.backoffCap = remoteBackoffCap
        limits.failuresAllowed = .max
        return limits
    }
}
