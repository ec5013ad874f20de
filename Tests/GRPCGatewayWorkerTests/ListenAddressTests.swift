import Testing
import Wire
import WorkerKit

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("unix:grpc.sock", "unix:/run/x/grpc.sock"),
        ("unix:/a/b.sock", "unix:/a/b.sock"),
        ("127.0.0.1:50051", "127.0.0.1:50051"),
        ("127.8.9.1:0", "127.8.9.1:0"),
        ("[::1]:50051", "[::1]:50051"),
    ])
    func addressesThatStayOnThisMachine(written: String, meant: String) throws {
        #expect(try ListenAddress(written, folder: "/run/x").description == meant)
    }

    @Test(arguments: [
        "", "unix:", "unix:/run/", "0.0.0.0:50051", "192.168.1.2:50051", "[::]:50051", "::1:50051",
        "localhost:50051", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:http", "127.1:50051", "tcp:127.0.0.1:50051",
    ])
    func addressesThatAreRefused(written: String) {
        #expect {
            _ = try ListenAddress(written, folder: "/run/x")
        } throws: {
            ($0 as? Failure)?.code == .invalidArgument && ($0 as? Failure)?.field == "listen"
        }
    }
}
