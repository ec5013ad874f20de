import Testing
import Wire

@Suite struct MessagesSmokeTests {
    @Test func helloComesBack() throws {
        let hello = WireV1.Hello.with {
            $0.role = .worker
            $0.software = "thi hành án"
            $0.features = [1, 2, 300]
            $0.sessionToken = [0, 1, 2]
            $0.services = [.with { $0.name = "a.B" }]
        }
        let bytes = try hello.encoded()
        #expect(try WireV1.Hello(decoding: bytes) == hello)
        var framed: [UInt8] = [9, 9]
        try hello.encode(into: &framed)
        #expect(Array(framed.dropFirst(2)) == bytes)
    }
}
