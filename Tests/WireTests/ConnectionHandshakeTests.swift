import Testing

@testable import Wire

@Suite struct ConnectionHandshakeTests {
    @Test func bothSidesLearnOfEachOther() throws {
        var limits = Limits()
        limits.message = 1 << 20
        limits.streams = 7
        var pair = ConnectionPair(far: limits)
        pair.exchange()
        let peer = try #require(pair.near.peer)
        #expect(peer.info.software == "far/1")
        #expect(peer.info.role == .worker)
        #expect(peer.info.limits.message == 1 << 20)
        #expect(peer.info.limits.streams == 7)
        #expect(peer.version == ProtocolVersion(major: 1, minor: 0))
        #expect(pair.far.peer?.info.role == .coordinator)
    }

    @Test func absurdLimitsAreBroughtInsideTheBounds() {
        var limits = Limits()
        limits.frame = 1
        limits.window = 1 << 30
        var pair = ConnectionPair(far: limits)
        pair.exchange()
        #expect(pair.near.peer?.info.limits.frame == 16 << 10)
        #expect(pair.near.peer?.info.limits.window == 16 << 20)
    }

    @Test func theHighestCommonVersionWins() throws {
        func hello(_ low: UInt16, _ high: UInt16, major: UInt16 = 1) -> HelloInfo {
            var info = HelloInfo(role: .client, software: "t")
            info.protocolVersions =
                ProtocolVersion(
                    major: major, minor: low)...ProtocolVersion(
                    major: major, minor: high)
            return info
        }
        let ours = hello(0, 4)
        #expect(try PeerHello(hello(2, 9).message(), ours: ours).version.minor == 4)
        #expect(try PeerHello(hello(0, 3).message(), ours: ours).version.minor == 3)
        let error = #expect(throws: ConnectionError.self) {
            try PeerHello(hello(0, 1, major: 2).message(), ours: ours)
        }
        #expect(error?.code == .version)
        #expect(error?.message.contains("1.0 to 1.4") == true)
        #expect(error?.message.contains("2.0 to 2.1") == true)
    }

    @Test func aFeatureIsOnWhenBothListIt() throws {
        var ours = HelloInfo(role: .client, software: "t")
        ours.features = [1, 2]
        var theirs = HelloInfo(role: .client, software: "t")
        theirs.features = [2, 3]
        #expect(try PeerHello(theirs.message(), ours: ours).features == [2])
    }

    @Test(arguments: [
        ([UInt8](repeating: 7, count: 32), true), ([], false),
        ([UInt8](repeating: 8, count: 32), false), ([UInt8](repeating: 7, count: 31), false),
    ])
    func theSessionTokenIsChecked(token: [UInt8], isRight: Bool) {
        var pair = ConnectionPair(
            token: token, expectedToken: [UInt8](repeating: 7, count: 32))
        pair.exchange()
        #expect(pair.near.isClosed == !isRight)
        if !isRight {
            #expect(
                ConnectionPair.closed(pair.farEvents)?.reason == ErrorCode.inadequateSecurity.name)
        }
    }

    @Test func silenceEndsTheHandshake() {
        var pair = ConnectionPair()
        #expect(pair.near.nextTick == pair.now.advanced(by: .seconds(5)))
        pair.pass(.seconds(4))
        pair.near.tick(now: pair.now)
        #expect(!pair.near.isClosed)
        pair.pass(.seconds(1))
        pair.near.tick(now: pair.now)
        pair.collect()
        #expect(ConnectionPair.closed(pair.nearEvents)?.message.contains("5.0 seconds") == true)
    }

    @Test func aSecondHelloIsRefused() {
        var pair = ConnectionPair.connected()
        pair.inject(Frame(.hello))
        #expect(ConnectionPair.closed(pair.farEvents)?.message == "a second HELLO")
    }

    @Test func theFirstFrameIsHello() {
        var pair = ConnectionPair()
        pair.far.receive(
            Frame.preface + Frame(.ping, payload: [0, 0, 0, 0, 0, 0, 0, 0]).encoded(),
            now: pair.now)
        pair.collect()
        #expect(ConnectionPair.closed(pair.farEvents)?.reason == "PROTOCOL_ERROR")
    }

    @Test func anUndecodableHelloIsRefused() {
        var pair = ConnectionPair()
        pair.far.receive(
            Frame.preface + Frame(.hello, payload: [0xFF, 0xFF]).encoded(), now: pair.now)
        pair.collect()
        #expect(ConnectionPair.closed(pair.farEvents)?.message.contains("HELLO") == true)
    }

    @Test func aCallBeforeTheHandshakeWaitsForIt() throws {
        var pair = ConnectionPair()
        let id = try pair.open()
        pair.near.send(id, [1, 2, 3], endStream: true)
        pair.exchange()
        #expect(ConnectionPair.opened(pair.farEvents) == [id])
        #expect(ConnectionPair.data(pair.farEvents, id) == [1, 2, 3])
    }

    @Test func theEndOfTheSocketIsTold() throws {
        var pair = ConnectionPair.connected()
        let id = try pair.open()
        pair.exchange()
        pair.near.receiveEnd(now: pair.now)
        pair.collect()
        let reason = try #require(ConnectionPair.closed(pair.nearEvents))
        #expect(reason.code == .unavailable)
        #expect(reason.reason == "CONNECTION_LOST")
        #expect(ConnectionPair.end(pair.nearEvents, id) == .lost(reason))
        pair.far.receive([0, 0, 0], now: pair.now)
        pair.far.receiveEnd(now: pair.now)
        pair.collect()
        #expect(
            ConnectionPair.closed(pair.farEvents)?.message.contains("inside a frame's header")
                == true)
    }
}
