/// One of the processes that work for a plugin side by side; what it is and where it runs may
/// change, its place stays.
struct InstanceID: Hashable, Sendable, CustomStringConvertible {
    var plugin: String
    /// From 1; free numbers are given again.
    var number: Int

    var description: String { "\(plugin)#\(number)" }
}

/// What an operator may ask of a plugin.
enum OperatorOrder: String, Sendable, Equatable, CaseIterable {
    /// Runs a plugin that rests.
    case start
    /// Ends its processes; it rests until it is started, or the coordinator starts again.
    case stop
    /// Fresh processes in place of those that run, without a failed call.
    case restart
    /// As `stop`, but open calls may go on much longer.
    case drain
    /// Tries at once what waits in INVALID, BACKOFF or QUARANTINED.
    case retry
    /// As `retry`, and forgets earlier failures.
    case reset
    /// Lets a disabled plugin run again.
    case enable
    /// Ends its processes until it is enabled, also over restarts of the coordinator.
    case disable
}
