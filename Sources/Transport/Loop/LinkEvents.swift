internal import Synchronization
internal import Wire

extension Link {
    /// Tells the delegate and the observers what has come, in order.
    func dispatch() {
        while connection.hasEvents {
            var events = batch
            batch = []
            connection.takeEvents(into: &events)
            for event in events { tell(event) }
            // A burst of many events leaves no room behind.
            if events.count <= Link.batchKept {
                events.removeAll(keepingCapacity: true)
                batch = events
            }
        }
    }

    private func tell(_ event: ConnectionEvent) {
        switch event {
        case .data(let id, let bytes, let endStream):
            observer(id)?.data(self, id, bytes, endStream: endStream)
        case .headers(let id, let encoded): observer(id)?.headers(self, id, encoded)
        case .windowOpened(let id, let credit):
            observer(id)?.windowOpened(self, id, credit: credit)
        case .drained(let id): observer(id)?.drained(self, id)
        case .ended(let id, let end):
            if let observer = observers.remove(id) { observer?.ended(self, id, end) }
        case .opened(let id, let headers, let endStream): accept(id, headers, endStream)
        case .ready(let hello):
            peerMessage.store(hello.info.limits.message, ordering: .relaxed)
            delegate?.linkReady(self, hello)
        case .noted(let note): delegate?.link(self, noted: note)
        case .draining(let text): delegate?.linkDraining(self, text)
        case .closed(let reason): closedReason = reason
        }
    }

    private func observer(_ id: StreamID) -> (any StreamObserver)? {
        observers.index(of: id).flatMap { observers[at: $0] }
    }

    private func accept(_ id: StreamID, _ headers: WireV1.CallHeaders, _ endStream: Bool) {
        guard let delegate else { return }
        let observer = delegate.link(
            self, accept: id, headers: headers, deadline: connection.deadline(of: id))
        guard let observer else { return }
        observers.insert(observer, for: id)
        if endStream { observer.data(self, id, [], endStream: true) }
    }
}
