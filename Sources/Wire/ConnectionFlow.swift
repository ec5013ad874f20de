extension Connection {
    /// The application has used up bytes of a stream; the peer is granted as many again, in halves
    /// of the window.
    public mutating func consumed(_ id: StreamID, _ bytes: Int) {
        guard let index = streams.index(of: id) else { return }
        let left = max(0, streams[at: index].unconsumed - bytes)
        streams[at: index].unconsumed = left
        guard streams[at: index].remoteOpen else { return }
        let room = limits.window - streams[at: index].outstanding - left
        if room > 0, room >= limits.window / 2 {
            writeWindow(id, room)
            streams[at: index].outstanding += room
        }
        shrinkReservation(index)
    }

    /// The application waits for a message of which so many bytes are still to come: they are
    /// granted whole when the window would not let them through.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when the inbound budget cannot hold them.
    public mutating func expect(_ id: StreamID, bytes: Int) throws(Failure) {
        guard let index = streams.index(of: id), streams[at: index].remoteOpen else {
            return
        }
        let short = bytes - streams[at: index].outstanding
        if short > 0 { try grantReserved(id, index, short) }
    }

    /// Grants a relayed stream exactly what the far side granted; the bytes passed on so far count as
    /// consumed.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when the inbound budget cannot hold them.
    public mutating func grant(_ id: StreamID, bytes: Int) throws(Failure) {
        guard let index = streams.index(of: id), streams[at: index].remoteOpen,
            bytes > 0
        else { return }
        streams[at: index].unconsumed = max(0, streams[at: index].unconsumed - bytes)
        try grantReserved(id, index, bytes)
    }

    private mutating func grantReserved(
        _ id: StreamID, _ index: Int, _ bytes: Int
    ) throws(Failure) {
        let promised = streams[at: index].outstanding + streams[at: index].unconsumed
        let more = promised + bytes - streams[at: index].reserved
        if more > 0 {
            guard budget.reserve(more) else {
                throw Failure(
                    .resourceExhausted, "no memory is left in the inbound budget for a message",
                    retryable: true, reason: "INBOUND_BUDGET")
            }
            streams[at: index].reserved += more
        }
        streams[at: index].outstanding += bytes
        writeWindow(id, bytes)
        shrinkReservation(index)
    }

    private mutating func shrinkReservation(_ index: Int) {
        let promised = streams[at: index].outstanding + streams[at: index].unconsumed
        let needed = max(limits.window, promised)
        guard needed < streams[at: index].reserved else { return }
        budget.release(streams[at: index].reserved - needed)
        streams[at: index].reserved = needed
    }

    private mutating func writeWindow(_ id: StreamID, _ bytes: Int) {
        outgoing.appendFrameHeader(.window, flags: 0, stream: id, length: 4)
        outgoing.appendBigEndian(UInt32(bytes))
    }

    /// A handler works for this accepted stream: until `release` it counts as a running call, even
    /// when the peer has reset the stream.
    public mutating func hold(_ id: StreamID) {
        guard let index = streams.index(of: id), !isOurs(id) else { return }
        streams[at: index].isHeld = true
    }

    /// The handler of a held stream has returned.
    public mutating func release(_ id: StreamID) {
        if let index = streams.index(of: id) {
            streams[at: index].isHeld = false
        } else {
            outlived.remove(id)
        }
    }
}
