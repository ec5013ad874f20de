extension Connection {
    /// Takes in what a read gave; the events tell what it meant.
    public mutating func receive(_ bytes: [UInt8], now: Instant) {
        guard phase != .closed else { return }
        self.now = now
        liveness.heard(now)
        parser.feed(bytes)
        do throws(ConnectionError) {
            while phase != .closed, let frame = try parser.next() {
                try take(frame)
            }
            if outgoing.count > limits.unsentControl {
                throw ConnectionError(
                    .enhanceYourCalm, "\(outgoing.count) bytes of answers wait unread")
            }
        } catch {
            abort(error)
        }
    }

    /// The peer has closed its half of the transport.
    public mutating func receiveEnd(now: Instant) {
        self.now = now
        var message = "the peer closed the connection"
        if phase == .handshaking { message += " before its HELLO" }
        if let place = parser.truncation { message += " " + place }
        close(Failure(.unavailable, message, retryable: true, reason: "CONNECTION_LOST"))
    }

    /// The transport failed.
    public mutating func receiveFailure(_ text: String, now: Instant) {
        self.now = now
        close(Failure(.unavailable, text, retryable: true, reason: "CONNECTION_LOST"))
    }

    private mutating func take(_ frame: Frame) throws(ConnectionError) {
        if frame.type == .note { return takeNote(frame.payload) }
        if phase == .handshaking {
            guard frame.type == .hello else {
                throw ConnectionError(
                    .protocolError, "the first frame is \(frame.type), not HELLO")
            }
            return try takeHello(frame.payload)
        }
        switch frame.type {
        case .headers: try takeHeaders(frame)
        case .data: try takeData(frame)
        case .trailers: try takeTrailers(frame)
        case .reset: try takeReset(frame)
        case .window: try takeWindow(frame)
        case .ping: try takePing(frame)
        case .goAway: try takeGoAway(frame)
        case .hello: throw ConnectionError(.protocolError, "a second HELLO")
        case .note: break
        }
    }

    /// Advice: what does not decode or comes too often is skipped.
    private mutating func takeNote(_ payload: ArraySlice<UInt8>) {
        guard liveness.mayNote(now, limits), let note = try? WireV1.Note(decoding: payload) else {
            return
        }
        if phase == .handshaking {
            liveness.extendHandshake(.milliseconds(Int64(note.extendMs)), now, limits)
        }
        events.append(.noted(note))
    }

    private mutating func takeHello(_ payload: ArraySlice<UInt8>) throws(ConnectionError) {
        guard let message = try? WireV1.Hello(decoding: payload) else {
            throw ConnectionError(.protocolError, "the peer's HELLO does not decode")
        }
        let agreed = try PeerHello(message, ours: hello)
        if let expectedToken, !equalInConstantTime(expectedToken, agreed.info.sessionToken) {
            throw ConnectionError(
                .inadequateSecurity, "HELLO does not show this session's token")
        }
        peer = agreed
        phase = .open
        events.append(.ready(agreed))
        startWaiting()
    }

    private mutating func takeHeaders(_ frame: Frame) throws(ConnectionError) {
        let id = frame.stream
        if isOurs(id) {
            guard let index = streams.index(of: id), !streams[at: index].isWaiting else {
                return try strayFrame(frame)
            }
            guard !streams[at: index].sawHeaders, frame.flags == 0 else {
                return breakStream(id, .protocolError, "HEADERS for the second time or after DATA")
            }
            streams[at: index].sawHeaders = true
            events.append(.headers(id, frame.payload))
            return
        }
        guard id > lastAccepted else {
            if streams.index(of: id) != nil {
                return breakStream(id, .protocolError, "a second HEADERS frame")
            }
            throw ConnectionError(
                .protocolError,
                "stream \(id.rawValue) is opened after stream \(lastAccepted.rawValue)")
        }
        lastAccepted = id
        try accept(id, frame)
    }

    private mutating func accept(_ id: StreamID, _ frame: Frame) throws(ConnectionError) {
        if liveness.weDrain, let last = liveness.announcedLast, id > last {
            return refuse(id, "draining")
        }
        guard acceptedCount + outlived.count < limits.streams else {
            return refuse(id, "\(limits.streams) calls are already running")
        }
        guard budget.reserve(limits.window) else {
            return refuse(id, "no inbound memory is left")
        }
        let ends = frame.flags & FrameFlags.endStream != 0
        var stream = Stream()
        stream.sawHeaders = true
        stream.remoteOpen = !ends
        stream.credit = peerWindow
        stream.outstanding = limits.window
        stream.reserved = limits.window
        acceptedCount += 1
        let index = streams.insert(stream, for: id)
        guard let headers = try? WireV1.CallHeaders(decoding: frame.payload) else {
            let failure = Failure(.internal, "the call's headers do not decode")
            return finish(id, trailers: Failure.trailers(failure)[...])
        }
        do throws(Failure) {
            try checkMetadata(headers.metadata, limit: limits.metadata)
            guard headers.encoding.isEmpty || headers.encoding == "identity" else {
                throw Failure(
                    .unimplemented, "encoding '\(headers.encoding)' is not taken",
                    hint: "send messages with encoding identity")
            }
        } catch {
            return finish(id, trailers: Failure.trailers(error)[...])
        }
        if headers.timeoutNs > 0 {
            let timeout = Int64(clamping: headers.timeoutNs)
            let deadline = now.advanced(by: .nanoseconds(timeout))
            streams[at: index].deadline = deadline
            note(deadline: deadline)
        }
        events.append(.opened(id, headers, endStream: ends))
    }

    /// Turns a call away; its frames that are on the way already are dropped.
    private mutating func refuse(_ id: StreamID, _ text: String) {
        writeReset(id, .refusedStream, text)
        remember(id)
    }

    private mutating func takeData(_ frame: Frame) throws(ConnectionError) {
        let id = frame.stream
        guard let index = streams.index(of: id), !streams[at: index].isWaiting else {
            return try strayFrame(frame)
        }
        let ends = frame.flags & FrameFlags.endStream != 0
        guard streams[at: index].remoteOpen else {
            return breakStream(id, .streamClosed, "DATA after the end of its half")
        }
        if isOurs(id) {
            guard !ends else {
                return breakStream(id, .protocolError, "an acceptor ends with TRAILERS")
            }
            // Its HEADERS come before DATA or not at all.
            streams[at: index].sawHeaders = true
        }
        let count = frame.payload.count
        guard count <= streams[at: index].outstanding else {
            return breakStream(id, .flowControlError, "DATA beyond the granted window")
        }
        streams[at: index].outstanding -= count
        streams[at: index].unconsumed += count
        if ends { streams[at: index].remoteOpen = false }
        if count > 0 || ends { events.append(.data(id, frame.payload, endStream: ends)) }
    }

    private mutating func takeTrailers(_ frame: Frame) throws(ConnectionError) {
        let id = frame.stream
        guard isOurs(id) else {
            throw ConnectionError(.protocolError, "TRAILERS from the opener of a stream")
        }
        guard let index = streams.index(of: id), !streams[at: index].isWaiting else {
            return try strayFrame(frame)
        }
        end(id, .trailers(frame.payload))
    }

    private mutating func takeReset(_ frame: Frame) throws(ConnectionError) {
        let id = frame.stream
        guard frame.payload.count >= 4, frame.payload.count <= 4 + limits.errorText else {
            throw ConnectionError(.frameSizeError, "a RESET frame of \(frame.payload.count) bytes")
        }
        try checkKnown(id)
        guard let index = streams.index(of: id), !streams[at: index].isWaiting else { return }
        if !isOurs(id) { try liveness.countReset(now, limits) }
        let code = ErrorCode(rawValue: frame.payload.bigEndian32(at: 0))
        let text = String(decoding: frame.payload.dropFirst(4), as: UTF8.self)
        if code == .refusedStream && isOurs(id) {
            end(id, .refused(text.isEmpty ? "the peer refused the call" : text))
        } else if code == .cancel, let deadline = streams[at: index].deadline, deadline <= now {
            end(id, .deadlineExceeded)
        } else {
            end(id, .reset(code, text))
        }
    }

    private mutating func takeWindow(_ frame: Frame) throws(ConnectionError) {
        let id = frame.stream
        guard frame.payload.count == 4 else {
            throw ConnectionError(.frameSizeError, "a WINDOW frame of \(frame.payload.count) bytes")
        }
        try checkKnown(id)
        guard let index = streams.index(of: id), !streams[at: index].isWaiting else {
            return
        }
        let credit = Int(frame.payload.bigEndian32(at: 0))
        let sum = streams[at: index].credit + credit
        guard credit > 0, sum <= Int(Int32.max) else {
            return breakStream(id, .flowControlError, "WINDOW grants \(credit) bytes")
        }
        streams[at: index].credit = sum
        events.append(.windowOpened(id, credit: credit))
        makeReady(id, index)
    }

    /// Ends one stream for a rule that the peer broke on it.
    mutating func breakStream(_ id: StreamID, _ code: ErrorCode, _ text: String) {
        writeReset(id, code, text)
        end(id, .failed(Failure(.internal, text, reason: code.name)))
    }

    /// A frame for a stream that is not there: late, or never opened.
    private mutating func strayFrame(_ frame: Frame) throws(ConnectionError) {
        try checkKnown(frame.stream)
        if recentlyClosed.contains(frame.stream) { return }
        writeReset(frame.stream, .streamClosed, "the stream is closed")
    }

    private func checkKnown(_ id: StreamID) throws(ConnectionError) {
        let known = isOurs(id) ? id.rawValue < nextID : id <= lastAccepted
        if !known {
            throw ConnectionError(.protocolError, "stream \(id.rawValue) was never opened")
        }
    }
}
