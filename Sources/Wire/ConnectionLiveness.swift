extension Connection {
    /// Keepalive, floods and the way to the end.
    struct Liveness {
        let started: Instant
        var lastHeard: Instant
        var pingSent: Instant?
        var resetWindow: Instant
        var resets = 0
        var pingWindow: Instant
        var pings = 0
        /// The opaque bytes of the last PING that came too soon; answered at the next tick.
        var latePing: ArraySlice<UInt8>?
        var noteWindow: Instant
        var notes = 0
        /// When the peer's HELLO must be there.
        var helloDue: Instant?
        var peerDrains = false
        var weDrain = false
        /// What our second GOAWAY said.
        var announcedLast: StreamID?

        init(now: Instant) {
            started = now
            lastHeard = now
            resetWindow = now
            pingWindow = now
            noteWindow = now
        }

        mutating func heard(_ now: Instant) {
            lastHeard = now
            pingSent = nil
        }

        func nextTick(_ limits: Limits, idle: Duration, handshaking: Bool) -> Instant {
            if handshaking { return handshakeDue(limits) }
            var next = lastHeard.advanced(by: idle)
            if let pingSent { next = pingSent.advanced(by: limits.pingAnswer) }
            if latePing == nil { return next }
            return min(next, pingWindow.advanced(by: limits.minimumPingInterval))
        }

        func handshakeDue(_ limits: Limits) -> Instant {
            helloDue ?? started.advanced(by: limits.handshake)
        }

        /// The peer needs longer for its HELLO; the whole is bounded.
        mutating func extendHandshake(_ extra: Duration, _ now: Instant, _ limits: Limits) {
            let wished = max(now.advanced(by: extra), handshakeDue(limits))
            helloDue = min(wished, started.advanced(by: limits.longestHandshake))
        }

        /// Whether a NOTE that has come is looked at.
        mutating func mayNote(_ now: Instant, _ limits: Limits) -> Bool {
            if noteWindow.advanced(by: .seconds(1)) <= now {
                noteWindow = now
                notes = 0
            }
            notes += 1
            return notes <= limits.notesPerSecond
        }

        mutating func countReset(_ now: Instant, _ limits: Limits) throws(ConnectionError) {
            if resetWindow.advanced(by: .seconds(1)) <= now {
                resetWindow = now
                resets = 0
            }
            resets += 1
            if resets > limits.resetsPerSecond {
                throw ConnectionError(
                    .enhanceYourCalm, "more than \(limits.resetsPerSecond) resets in a second")
            }
        }

        /// Whether a PING that has come may be answered at once.
        mutating func mayAnswer(_ now: Instant, _ limits: Limits) -> Bool {
            if pingWindow.advanced(by: limits.minimumPingInterval) <= now {
                pingWindow = now
                pings = 0
            }
            pings += 1
            return pings <= limits.pingsAnswered
        }
    }

    /// The bytes of the PING between the two GOAWAYs; any other PING of ours is all zero.
    static let drainPing: [UInt8] = Array("goaway 2".utf8)

    /// Does what is due: deadlines, keepalive, the handshake's limit, late answers.
    public mutating func tick(now: Instant) {
        guard phase != .closed else { return }
        self.now = now
        if let earliestDeadline, earliestDeadline <= now { expire() }
        if phase == .handshaking {
            return giveUpHandshake()
        }
        let pingWindowEnd = liveness.pingWindow.advanced(by: limits.minimumPingInterval)
        if let late = liveness.latePing, pingWindowEnd <= now {
            liveness.latePing = nil
            outgoing.appendFrame(
                .ping, flags: FrameFlags.ack, stream: .connection, payload: late)
        }
        keepAlive()
        if waitsForBudget { startWaiting() }
    }

    private mutating func giveUpHandshake() {
        let due = liveness.handshakeDue(limits)
        guard due <= now else { return }
        let waited = liveness.started.duration(to: due)
        abort(
            ConnectionError(
                .protocolError,
                parser.isAtPreface
                    ? "the peer sent nothing that begins CDP/1 within \(waited)"
                    : "the peer sent no HELLO within \(waited)"))
    }

    /// Silence after which we send a PING; never sooner than the peer wants them.
    var idleBeforePing: Duration {
        max(limits.idleBeforePing, peerLimits?.minimumPingInterval ?? .zero)
    }

    private mutating func keepAlive() {
        if let sent = liveness.pingSent {
            if sent.advanced(by: limits.pingAnswer) <= now {
                let failure = Failure(
                    .unavailable, "the peer has not answered a PING for \(limits.pingAnswer)",
                    retryable: true, reason: "KEEPALIVE")
                close(failure)
            }
        } else if liveness.lastHeard.advanced(by: idleBeforePing) <= now {
            liveness.pingSent = now
            outgoing.appendFrame(
                .ping, stream: .connection, payload: [UInt8](repeating: 0, count: 8))
        }
    }

    mutating func note(deadline: Instant?) {
        guard let deadline else { return }
        if let earliest = earliestDeadline, earliest <= deadline { return }
        earliestDeadline = deadline
    }

    /// Ends the streams whose deadline has passed; the scan is bounded by the number of streams.
    private mutating func expire() {
        var earliest: Instant?
        var expired: [StreamID] = []
        for id in streams.sortedIDs {
            guard let deadline = deadline(of: id) else { continue }
            if deadline <= now {
                expired.append(id)
            } else if earliest.map({ deadline < $0 }) ?? true {
                earliest = deadline
            }
        }
        earliestDeadline = earliest
        for id in expired { expire(id) }
    }

    private mutating func expire(_ id: StreamID) {
        guard let index = streams.index(of: id) else { return }
        if isOurs(id) {
            if !streams[at: index].isWaiting { writeReset(id, .cancel, "deadline") }
        } else if streams[at: index].localOpen {
            let failure = Failure(
                .deadlineExceeded, "the deadline passed before the answer was ready")
            outgoing.appendFrame(.trailers, stream: id, payload: Failure.trailers(failure))
        } else {
            writeReset(id, .cancel, "deadline")
        }
        end(id, .deadlineExceeded)
    }

    mutating func takePing(_ frame: Frame) throws(ConnectionError) {
        guard frame.payload.count == 8 else {
            throw ConnectionError(.frameSizeError, "a PING frame of \(frame.payload.count) bytes")
        }
        if frame.flags & FrameFlags.ack != 0 {
            if frame.payload.elementsEqual(Connection.drainPing) { announceLast() }
        } else if liveness.mayAnswer(now, limits) {
            outgoing.appendFrame(
                .ping, flags: FrameFlags.ack, stream: .connection, payload: frame.payload)
        } else {
            liveness.latePing = ArraySlice(Array(frame.payload))
        }
    }

    /// Takes no new calls any more and lets the running ones end; then the connection closes.
    ///
    /// Two steps: GOAWAY with the largest id and a PING, and when its answer shows that the peer has
    /// read it, GOAWAY with the last id that was accepted. So no call is lost on the way.
    public mutating func drain(_ text: String = "draining") {
        guard phase != .closed, !liveness.weDrain else { return }
        liveness.weDrain = true
        guard phase == .open else {
            return abort(ConnectionError(.noError, text))
        }
        writeGoAway(last: .last, .noError, text)
        outgoing.appendFrame(.ping, stream: .connection, payload: Connection.drainPing)
    }

    private mutating func announceLast() {
        guard liveness.weDrain, liveness.announcedLast == nil else { return }
        liveness.announcedLast = lastAccepted
        writeGoAway(last: lastAccepted, .noError, "draining")
        closeWhenDrained()
    }

    /// Closes once a drained connection has no stream and no handler left; the owner calls it after
    /// each batch.
    public mutating func closeWhenDrained() {
        guard phase == .open, liveness.announcedLast != nil, streams.isEmpty, outlived.isEmpty
        else { return }
        close(Failure(.unavailable, "drained", retryable: true, reason: "DRAINED"))
    }

    /// Gives up the connection at once: GOAWAY with a code and text, and every stream is lost.
    public mutating func shutDown(_ code: ErrorCode, _ text: String, now: Instant) {
        self.now = now
        abort(ConnectionError(code, text))
    }

    mutating func takeGoAway(_ frame: Frame) throws(ConnectionError) {
        guard frame.payload.count >= 8, frame.payload.count <= 8 + limits.errorText else {
            throw ConnectionError(.frameSizeError, "a GOAWAY frame of \(frame.payload.count) bytes")
        }
        let last = StreamID(rawValue: frame.payload.bigEndian32(at: 0))
        let code = ErrorCode(rawValue: frame.payload.bigEndian32(at: 4))
        let text = String(decoding: frame.payload.dropFirst(8), as: UTF8.self)
        if !liveness.peerDrains {
            liveness.peerDrains = true
            events.append(.draining(text))
        }
        for id in streams.sortedIDs where isOurs(id) {
            if id > last || isWaiting(id) {
                end(id, .refused("the peer takes no new calls: \(text)"))
            }
        }
        if code != .noError {
            close(
                Failure(
                    code == .inadequateSecurity ? .permissionDenied : .unavailable,
                    "the peer ended the connection: \(text)", retryable: code != .version,
                    reason: code.name))
        }
    }
}
