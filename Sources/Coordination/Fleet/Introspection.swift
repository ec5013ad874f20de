import Transport
import Wire

/// What goes on in the coordinator: its connections, the calls that wait or run, the queues, and the
/// last calls that failed. On the loop.
extension Fleet {
    /// Calls that one answer lists; the queues count them all.
    private static let listedCalls = 500

    func introspect() -> AdminV1.IntrospectReply {
        .with {
            $0.connections =
                router.clients.values.map { connection($0, role: "client") }
                + workerLinks.map { connection($0, role: "worker") }
            let calls = router.gates.values.flatMap(\.calls).sorted { $0.age > $1.age }
            $0.calls = calls.prefix(Fleet.listedCalls).map(call)
            $0.queues = router.gates.values.sorted { $0.plugin < $1.plugin }.map(queue)
            $0.failures = router.failures.entries.map { entry in
                .with {
                    $0.atMilliseconds = entry.atMilliseconds
                    $0.path = entry.path
                    $0.principal = entry.principal
                    $0.plugin = entry.plugin
                    $0.code = entry.code.name
                    $0.reason = entry.reason
                }
            }
        }
    }

    private func connection(_ link: Link, role: String) -> AdminV1.Connection {
        .with {
            $0.role = role
            $0.software = link.peerHello?.info.software ?? ""
            $0.principal = link.peer.principal
            $0.pid = link.peer.processID ?? 0
            $0.streams = UInt32(clamping: link.streamCount)
            $0.window = UInt64(clamping: link.window)
            $0.peerWindow = UInt64(clamping: link.peerWindow)
            $0.acceptsCalls = link.acceptsCalls
        }
    }

    private func call(_ relay: Relay) -> AdminV1.OpenCall {
        .with {
            $0.path = relay.request.headers.path
            $0.principal = relay.request.principal
            $0.plugin = relay.plugin
            $0.requestID = relay.request.requestID
            $0.state = relay.isRunning ? "running" : "waiting"
            $0.ageMilliseconds = UInt64(clamping: relay.age.wholeMilliseconds)
            if let deadline = relay.request.deadline {
                let left = Loop.now.duration(to: deadline).wholeMilliseconds
                $0.remainingMilliseconds = UInt64(max(1, left))
            }
            $0.bytesIn = UInt64(clamping: relay.bytesIn)
            $0.bytesOut = UInt64(clamping: relay.bytesOut)
        }
    }

    private func queue(_ gate: PluginGate) -> AdminV1.QueueState {
        .with {
            $0.plugin = gate.plugin
            $0.openCalls = UInt32(clamping: router.routes[gate.plugin]?.openCalls ?? 0)
            $0.slots = UInt32(clamping: gate.slots)
            $0.waiting = UInt32(clamping: gate.waitingCount)
            $0.queueLimit = UInt32(clamping: gate.limits.queue)
            $0.refused = gate.refused
            $0.evicted = gate.evicted
            $0.expectedWaitMilliseconds = UInt64(
                clamping: gate.expectedWait.wholeMilliseconds)
        }
    }
}
