import Transport
import Wire

/// Reaches workers on other hosts, which nobody spawns: a connection stands for a process.
protocol RemoteWorkers: Sendable {
    /// Connects, proves both sides and gives a link on `loop` that tells `delegate`; what it throws
    /// ends this start, and the next follows after a delay.
    func connect(
        _ remote: RemoteSource, plugin: String, hello: HelloInfo, loop: Loop,
        delegate: any LinkDelegate
    ) async throws(Failure) -> Link
}

/// A worker that is connected to and not spawned: the connection's end is its exit.
extension Fleet {
    func connect(_ remote: RemoteSource, _ id: String, _ number: Int) {
        guard let connector = setting.remote else {
            return feed(
                id,
                .spawnFailed(
                    number, reason: "this coordinator reaches no workers on other hosts",
                    permanent: true))
        }
        let hello = hello()
        let delegate = WorkerLink(fleet: self, plugin: id, incarnation: number)
        Task {
            do throws(Failure) {
                let link = try await connector.connect(
                    remote, plugin: id, hello: hello, loop: loop, delegate: delegate)
                loop.execute { [self] in
                    members[id]?.processes[number]?.link = link
                    feed(id, .spawned(number))
                    if link.peerHello != nil { feed(id, .greeted(number)) }
                }
            } catch {
                loop.execute { [self] in
                    feed(id, .spawnFailed(number, reason: error.message, permanent: false))
                    members[id]?.processes[number] = nil
                }
            }
        }
    }

    /// What signals are to a process, the end of the connection is to a remote worker.
    func remoteEnded(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number], process.child == nil,
            case .remote = process.manifest.source
        else { return }
        forgetProcess(id, number)
        feed(id, .exited(number, .code(0)))
    }
}
