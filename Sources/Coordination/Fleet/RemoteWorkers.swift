import Transport
import TransportTLS
import Wire

/// A worker of another machine: the connection to it stands for a process, and its end is the exit.
extension Fleet {
    /// Dials the worker, or takes the connection on which it has dialled in.
    func connect(_ remote: RemoteSettings, _ id: String, _ number: Int) {
        let owner = WorkerLink(fleet: self, plugin: id, incarnation: number)
        switch remote.way {
        case .incoming:
            guard let link = arrivals.take(id) else {
                members[id]?.processes[number] = nil
                return feed(
                    id,
                    .spawnFailed(
                        number, reason: "the worker has not dialled in", permanent: false))
            }
            arrivals.handOver(link, to: owner)
            reached(link, id, number)
        case .dial(let endpoint):
            Task { await dial(endpoint, id, number, remote, owner) }
        }
    }

    private func dial(
        _ endpoint: TCPEndpoint, _ id: String, _ number: Int, _ remote: RemoteSettings,
        _ owner: WorkerLink
    ) async {
        let hello = HelloInfo(role: .coordinator, software: setting.software, limits: .remote)
        do throws(Failure) {
            let security = try setting.remote.security(for: remote)
            let link = try await TCPDialler.link(
                to: endpoint, security: security, hello: hello, loop: loop
            ) { (peer) throws(Failure) in
                guard security.isPlaintext || peer.certificate == .plugin(id) else {
                    throw .wrongWorker(peer.certificate, expected: id)
                }
                return owner
            }
            loop.execute { [self] in reached(link, id, number) }
        } catch {
            let reason = error.message
            loop.execute { [self] in
                members[id]?.processes[number] = nil
                feed(id, .spawnFailed(number, reason: reason, permanent: false))
            }
        }
    }

    private func reached(_ link: Link, _ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return link.close() }
        link.peer.pluginID = id
        members[id]?.processes[number]?.link = link
        feed(id, .spawned(number))
        // The connection may have ended before it was taken in.
        if process.isLost {
            feed(id, .linkLost(number, reason: "the connection ended at once"))
            remoteEnded(id, number)
        } else if link.peerHello != nil {
            feed(id, .greeted(number))
        }
    }

    /// What signals are to a process, the end of the connection is to a remote worker.
    func remoteEnded(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number], process.child == nil,
            process.link != nil, process.manifest.remote != nil
        else { return }
        forgetProcess(id, number)
        feed(id, .exited(number, .code(0)))
    }

    /// Why a worker without the fleet's files cannot work, if it needs them.
    static func missingFiles(
        _ declared: [WorkerSettings.Declaration], shared: [String: String]
    ) -> String? {
        let needed = declared.filter { $0.isRequired && shared[$0.key] != nil }.map(\.key)
        guard !needed.isEmpty else { return nil }
        return "the worker needs \(needed.joined(separator: ", ")), which are files of the "
            + "coordinator's machine; run it there, without remote:"
    }
}

extension Failure {
    fileprivate static func wrongWorker(
        _ found: CertificateName?, expected id: String
    ) -> Failure {
        let shown = found.map { "\($0)" } ?? "no name of ours"
        return Failure(
            .permissionDenied,
            "the certificate at that address says \(shown), and plugin:\(id) is expected",
            hint: "give the worker a certificate with URI:caodiem:plugin:\(id)",
            reason: "WRONG_NAME")
    }
}
