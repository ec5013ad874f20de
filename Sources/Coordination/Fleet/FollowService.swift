import Transport
import Wire

/// Lines and events of the fleet: the kept ones, then those that come. Whoever is slower than they
/// come hears how many were left out.
struct FollowService: Sendable {
    let fleet: Fleet

    /// Events that an answer begins with when the caller names no number, and at most.
    private static let events = (usual: 50, most: 1000)
    /// Lines in one message.
    private static let linesAtOnce = 100

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.registerStreaming(AdminV1.Admin.watchLog) { request, _, writer in
            try await watchLog(request, writer)
        }
        table.registerStreaming(AdminV1.Admin.watchEvents) { request, _, writer in
            try await watchEvents(request, writer)
        }
        return table
    }

    private func watchLog(
        _ request: AdminV1.WatchLogRequest, _ writer: ReplyWriter<AdminV1.LogLines>
    ) async throws(Failure) {
        let (log, ids) = await fleet.loop.run { [fleet] in
            (fleet.members[request.id]?.log, fleet.ids)
        }
        guard let log else { throw Failure.unknownPlugin(request.id, known: ids) }
        // Listened to before the kept lines are read: a line in between comes twice rather than never.
        let listener = request.follow ? log.feed.listen() : nil
        let wanted = request.lines == 0 ? Int.max : Int(request.lines)
        try await write(log.last(wanted), writer)
        while let listener {
            let (lines, dropped) = await listener.next()
            guard !lines.isEmpty else { return }
            try await write(lines, dropped: dropped, writer)
        }
    }

    private func write(
        _ lines: [String], dropped: UInt64 = 0, _ writer: ReplyWriter<AdminV1.LogLines>
    ) async throws(Failure) {
        var dropped = dropped
        for start in stride(from: 0, to: lines.count, by: FollowService.linesAtOnce) {
            let end = min(lines.count, start + FollowService.linesAtOnce)
            let reply = AdminV1.LogLines.with {
                $0.lines = Array(lines[start..<end])
                $0.dropped = dropped
            }
            dropped = 0
            try await writer.write(reply)
        }
    }

    private func watchEvents(
        _ request: AdminV1.WatchEventsRequest, _ writer: ReplyWriter<AdminV1.Events>
    ) async throws(Failure) {
        let ids = await fleet.loop.run { [fleet] in fleet.ids }
        let plugin = request.id.isEmpty ? nil : request.id
        if let plugin, !ids.contains(plugin) { throw Failure.unknownPlugin(plugin, known: ids) }
        let asked = request.limit == 0 ? FollowService.events.usual : Int(request.limit)
        let listener = request.follow ? fleet.journal.feed.listen() : nil
        let kept = try await fleet.journal.events(
            of: plugin, latest: min(asked, FollowService.events.most))
        try await write(kept, writer)
        var last = kept.last?.number ?? 0
        while let listener {
            let (events, dropped) = await listener.next()
            guard !events.isEmpty else { return }
            let fresh = events.filter {
                $0.number > last && (plugin == nil || $0.plugin == plugin)
            }
            last = max(last, events.last?.number ?? 0)
            if !fresh.isEmpty || dropped > 0 { try await write(fresh, dropped: dropped, writer) }
        }
    }

    private func write(
        _ events: [PluginEvent], dropped: UInt64 = 0, _ writer: ReplyWriter<AdminV1.Events>
    ) async throws(Failure) {
        try await writer.write(
            .with {
                $0.events = events.map(\.message)
                $0.dropped = dropped
            })
    }
}

extension PluginEvent {
    fileprivate var message: AdminV1.Event {
        .with {
            $0.number = UInt64(clamping: number)
            $0.atMilliseconds = atMilliseconds
            $0.plugin = plugin
            $0.event = state
            $0.reason = reason
            $0.pid = pid
            $0.incarnation = UInt32(clamping: incarnation)
            $0.exit = exit.map(\.message)
        }
    }
}

extension PluginExit {
    fileprivate var message: AdminV1.ProcessExit {
        .with {
            $0.how = how
            $0.dumpedCore = dumpedCore
            $0.uptimeMilliseconds = UInt64(clamping: uptime.wholeMilliseconds)
            $0.userMilliseconds = UInt64(clamping: userTime.wholeMilliseconds)
            $0.systemMilliseconds = UInt64(clamping: systemTime.wholeMilliseconds)
            $0.peakMemoryKib = UInt64(clamping: peakMemoryKiB)
            $0.callsInFlight = UInt64(clamping: callsInFlight)
            $0.lastLines = lastLines
        }
    }
}
