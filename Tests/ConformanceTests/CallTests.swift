import Testing
import Wire

@testable import Conformance

/// What the runner counts as a broken rule on one stream.
@Suite struct CallTests {
    private func call() -> Call { Call(id: 1, credit: 100, granted: 100) }

    private func data(_ bytes: [UInt8], flags: UInt8 = 0) -> RawFrame {
        RawFrame(kind: FrameKind.data, flags: flags, stream: 1, payload: bytes)
    }

    private let ok = RawFrame(kind: FrameKind.trailers, stream: 1)

    @Test func aPlainCallBreaksNothing() {
        let call = call()
        #expect(call.take(RawFrame(kind: FrameKind.headers, stream: 1)) == nil)
        #expect(call.take(data([0, 0, 0, 0, 2, 7])) == nil)
        #expect(call.take(data([8, 0, 0, 0, 0, 0])) == nil)
        #expect(call.take(ok) == nil)
        #expect(call.messages == [[7, 8], []])
        #expect(call.end?.status == .ok)
    }

    @Test func aSecondEndIsBroken() {
        for second in [ok, .reset(1, Code.cancel), data([]), .window(1, 5)] {
            let call = call()
            #expect(call.take(ok) == nil)
            #expect(call.take(second) != nil, "\(second)")
        }
    }

    @Test func bytesBeyondTheGrantAreBroken() {
        let call = call()
        #expect(call.take(data([0, 0, 0, 0, 200] + [UInt8](repeating: 0, count: 95))) == nil)
        #expect(call.take(data([0])) != nil)
    }

    @Test(arguments: [
        RawFrame(kind: FrameKind.data, flags: 1, stream: 1),
        RawFrame(kind: FrameKind.data, stream: 1, payload: [1, 0, 0, 0, 0]),
        RawFrame(kind: FrameKind.ping, stream: 1),
        RawFrame(kind: FrameKind.trailers, stream: 1, payload: [0xFF]),
        RawFrame(kind: FrameKind.headers, stream: 1, payload: [0xFF]),
        RawFrame(kind: FrameKind.window, stream: 1, payload: [1]),
    ]) func aWrongFrameIsBroken(_ frame: RawFrame) {
        #expect(call().take(frame) != nil)
    }

    @Test func headersAfterAMessageAndOKInsideOneAreBroken() {
        let late = call()
        #expect(late.take(data([0, 0, 0, 0, 0])) == nil)
        #expect(late.take(RawFrame(kind: FrameKind.headers, stream: 1)) != nil)
        let torn = call()
        #expect(torn.take(data([0, 0, 0])) == nil)
        #expect(torn.take(ok) != nil)
    }
}
