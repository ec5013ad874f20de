import Wire

/// How a call ended on the wire.
enum CallEnd: Equatable, CustomStringConvertible {
    case trailers(WireV1.Trailers)
    case reset(code: UInt32, text: String)
    /// The connection ended first.
    case lost

    /// The status code, where TRAILERS came.
    var status: StatusCode? {
        if case .trailers(let trailers) = self { StatusCode(wire: trailers.code) } else { nil }
    }

    var description: String {
        switch self {
        case .trailers(let trailers):
            StatusCode(wire: trailers.code).name
                + (trailers.message.isEmpty ? "" : " “\(trailers.message.prefix(200))”")
        case .reset(let code, let text): "RESET \(code) “\(text)”"
        case .lost: "a lost connection"
        }
    }
}

/// One call as its opener sees it.
final class Call {
    let id: UInt32
    /// DATA bytes that the peer lets us send.
    var credit: Int
    /// DATA bytes that we still let the peer send.
    var granted: Int
    /// Whether what arrives is granted again at once.
    var grants = true
    /// Whether whole messages are kept, or only counted.
    var keepsMessages = true
    fileprivate(set) var initialMetadata: [WireV1.MetadataEntry]?
    fileprivate(set) var messages: [[UInt8]] = []
    fileprivate(set) var messageCount = 0
    fileprivate(set) var dataBytes = 0
    fileprivate(set) var end: CallEnd?
    private var partial: [UInt8] = []
    private var partialHead = 0

    init(id: UInt32, credit: Int, granted: Int) {
        self.id = id
        self.credit = credit
        self.granted = granted
    }

    var isOver: Bool { end != nil }

    /// Takes a frame of this call; gives what it breaks, if anything.
    func take(_ frame: RawFrame) -> String? {
        if let end { return "\(FrameKind.name(frame.kind)) on stream \(id) after \(end)" }
        switch frame.kind {
        case FrameKind.headers: return takeHeaders(frame)
        case FrameKind.data: return takeData(frame)
        case FrameKind.trailers: return takeTrailers(frame)
        case FrameKind.reset:
            end = .reset(code: frame.code ?? .max, text: frame.text)
            return frame.payload.count > 4 + 1024 ? "RESET text over 1 KiB" : nil
        case FrameKind.window:
            guard frame.payload.count == 4 else { return "WINDOW of \(frame.payload.count) bytes" }
            credit += Int(number(frame.payload, at: 0))
            return nil
        default: return "\(FrameKind.name(frame.kind)) names a stream"
        }
    }

    func lose() { if end == nil { end = .lost } }

    private func takeHeaders(_ frame: RawFrame) -> String? {
        if initialMetadata != nil || dataBytes > 0 { return "late or second HEADERS on \(id)" }
        guard let headers = try? WireV1.ResponseHeaders(decoding: frame.payload) else {
            return "ResponseHeaders do not decode"
        }
        initialMetadata = headers.metadata
        return nil
    }

    private func takeData(_ frame: RawFrame) -> String? {
        granted -= frame.payload.count
        dataBytes += frame.payload.count
        if frame.flags & RawFrame.endStream != 0 { return "END_STREAM from the acceptor" }
        if granted < 0 { return "\(-granted) bytes of DATA beyond the window of stream \(id)" }
        partial += frame.payload
        while partial.count - partialHead >= 5 {
            if partial[partialHead] != 0 { return "a compressed message" }
            let length = Int(number(partial, at: partialHead + 1))
            guard partial.count - partialHead >= 5 + length else { break }
            messageCount += 1
            if keepsMessages {
                messages.append(Array(partial[partialHead + 5..<partialHead + 5 + length]))
            }
            partialHead += 5 + length
        }
        if partialHead == partial.count || partialHead > 1 << 20 {
            partial.removeFirst(partialHead)
            partialHead = 0
        }
        return nil
    }

    private func takeTrailers(_ frame: RawFrame) -> String? {
        guard let trailers = try? WireV1.Trailers(decoding: frame.payload) else {
            return "Trailers do not decode"
        }
        end = .trailers(trailers)
        if trailers.code == 0, partial.count > partialHead { return "OK inside a message" }
        return nil
    }
}

/// Fails the case unless the call ended with TRAILERS of this status.
func expect(
    _ status: StatusCode, _ end: CallEnd, _ what: @autoclosure () -> String
) throws(Verdict) {
    if end.status != status {
        throw .failed("\(what()) ended with \(end), expected \(status.name)")
    }
}
