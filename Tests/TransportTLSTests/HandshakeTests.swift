import TestCertificates
import Testing
import Transport
import TransportTLS
import Wire

/// Who gets in over TLS, and what the others are told.
@Suite(.timeLimit(.minutes(2))) struct HandshakeTests {
    private let authority: Authority
    private let server: TLSFiles
    private let an: TLSFiles

    init() throws {
        authority = try Authority()
        server = try authority.server()
        an = try authority.issue(["URI:caodiem:principal:an"])
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func theCallerIsTheNameInItsCertificate(host: String) async throws {
        let post = try await Post(server, host: host)
        let channel = try await post.dial(an)
        #expect(try await channel.unary(Probe.who, Note()).key == "an")
        channel.close()
        await post.close()
    }

    @Test(arguments: [
        (["URI:caodiem:plugin:casework"], "plugin:casework"),
        (["DNS:elsewhere", "URI:caodiem:principal:tổng"], "nobody"),
        (["URI:caodiem:principal:a", "URI:caodiem:principal:b"], "nobody"),
        (["URI:caodiem:principal:an:b"], "nobody"),
        (["URI:spiffe://caodiem/an", "URI:caodiem:principal:ti.ti_2@x"], "ti.ti_2@x"),
        (["DNS:caodiem:principal:an"], "nobody"),
    ])
    func onlyOneNameOfOursCounts(names: [String], expected: String) async throws {
        let post = try await Post(server)
        let channel = try await post.dial(try authority.issue(names))
        #expect(try await channel.unary(Probe.who, Note()).key == expected)
        channel.close()
        await post.close()
    }

    @Test func largeStreamsPass() async throws {
        let post = try await Post(server)
        let channel = try await post.dial(an)
        var bytes = 0
        try await channel.serverStream(
            Probe.pour, Probe.note("64", bytes: 1 << 20), timeout: .seconds(60)
        ) { bytes += $0.value.count }
        #expect(bytes == 64 << 20)
        channel.close()
        await post.close()
    }

    @Test func anotherAuthorityIsRefusedByBothSides() async throws {
        let other = try Authority()
        let post = try await Post(server)
        // Believes us, is not believed.
        let stranger = try other.issue(["URI:caodiem:principal:an"], believing: authority)
        #expect(await failure { try await post.dial(stranger) }?.reason == "CONNECTION_LOST")
        #expect(await post.events.has("TLS_UNTRUSTED"))
        // Is believed, does not believe us.
        var mistrustful = an
        mistrustful.authority = other.file
        let refused = await failure { try await post.dial(mistrustful) }
        #expect(refused?.reason == "TLS_UNTRUSTED")
        #expect(refused?.message.contains(other.file) == true)
        #expect(await post.events.has("TLS_OWN_UNTRUSTED"))
        #expect(!post.events.all.contains("ready"))
        await post.close()
    }

    @Test func theRefusedLearnsWhy() async throws {
        let other = try Authority()
        let post = try await Post(server)
        let stranger = try other.issue(["URI:caodiem:principal:an"], believing: authority)
        let refused = await failure { try await post.dial(stranger) }
        #expect(refused?.message.contains("refuses our certificate") == true, "\(refused as Any)")
        await post.close()
    }

    @Test func whoeverShowsNoCertificateStaysOutside() async throws {
        let post = try await Post(server)
        let said = try? openssl(client(post, ["-tls1_3"]), input: "x")
        #expect(await post.events.has("TLS_NO_CERTIFICATE"), "\(said ?? "")")
        #expect(!post.events.all.contains("ready"))
        await post.close()
    }

    @Test func anExpiredCertificateStaysOutside() async throws {
        let post = try await Post(server)
        let old = try authority.issue(["URI:caodiem:principal:an"], validity: -7200 ... -3600)
        _ = try? openssl(
            client(post, ["-tls1_3", "-cert", old.certificate, "-key", old.key]), input: "x")
        #expect(await post.events.has("TLS_EXPIRED"))
        let ours = await failure { try await post.dial(old) }
        #expect(ours?.reason == "TLS_OWN_EXPIRED")
        #expect(ours?.message.contains(old.certificate) == true)
        #expect(!post.events.all.contains("ready"))
        await post.close()
    }

    @Test func aServersExpiredCertificateIsSeen() async throws {
        let old = try authority.server(validity: -7200 ... -3600)
        let refused = try await dialTool(["-tls1_3", "-cert", old.certificate, "-key", old.key])
        #expect(refused?.reason == "TLS_EXPIRED", "\(refused as Any)")
    }

    @Test func aServersCertificateForAnotherHostIsSeen() async throws {
        let elsewhere = try authority.issue(["DNS:elsewhere.example"])
        let post = try await Post(elsewhere)
        for host in ["127.0.0.1", "localhost"] {
            let refused = await failure { try await post.dial(an, host: host) }
            #expect(refused?.reason == "TLS_NAME", "\(refused as Any)")
            #expect(refused?.message.contains(host) == true)
        }
        await post.close()
    }

    @Test func theRightAuthorityWithTheWrongNameIsTurnedAwayInWords() async throws {
        let post = try await Post(server) { $0 == .plugin("casework") }
        let refused = await failure { try await post.dial(an) }
        #expect(refused?.code == .permissionDenied)
        #expect(refused?.message.contains("certificate of someone else") == true)
        #expect(await post.events.has("WRONG_NAME"))
        #expect(!post.events.all.contains("ready"))
        let right = try await post.dial(try authority.issue(["URI:caodiem:plugin:casework"]))
        right.close()
        await post.close()
    }

    @Test func nothingBelowTLS13IsSpoken() async throws {
        let post = try await Post(server)
        let old = ["-tls1_2", "-cert", an.certificate, "-key", an.key]
        #expect(throws: ToolFailure.self) { try openssl(client(post, old), input: "x") }
        #expect(await post.events.has("TLS_VERSION"), "\(post.events.all)")
        let refused = try await dialTool(
            ["-tls1_2", "-cert", server.certificate, "-key", server.key])
        #expect(refused?.reason == "TLS_VERSION", "\(refused as Any)")
        await post.close()
    }

    @Test func anotherProtocolInsideTLSIsRefused() async throws {
        let post = try await Post(server)
        _ = try? openssl(
            client(
                post,
                ["-tls1_3", "-alpn", "h2", "-cert", an.certificate, "-key", an.key]), input: "x")
        #expect(await post.events.has("TLS_PROTOCOL"), "\(post.events.all)")
        #expect(!post.events.all.contains("ready"))
        await post.close()
    }

    @Test func plaintextOnTheTLSPortIsRefused() async throws {
        let post = try await Post(server)
        let plain = await failure {
            try await Channel.connect(
                tcp: post.endpoint, security: .plaintext,
                hello: HelloInfo(role: .client, software: "plain"))
        }
        #expect(plain?.code == .unavailable)
        #expect(await post.events.has("TLS_NOT_TLS"), "\(post.events.all)")
        await post.close()
    }

    @Test func tlsOnAPlaintextPortIsSeen() async throws {
        let listener = try await TCPListener.listen(
            on: TCPEndpoint(host: "127.0.0.1", port: 0), security: .plaintext,
            hello: HelloInfo(role: .coordinator, software: "plain")
        ) { (_) throws(Failure) in Bystander() }
        let files = an
        let refused = await failure {
            try await Channel.connect(
                tcp: listener.endpoint, security: .tls(try TLSCredentials(files)),
                hello: HelloInfo(role: .client, software: "caller"))
        }
        #expect(refused?.reason == "TLS_NOT_TLS", "\(refused as Any)")
        await listener.close()
    }

    // MARK: openssl at one end

    private func client(_ post: Post, _ more: [String]) -> [String] {
        [
            "s_client", "-connect", "127.0.0.1:\(post.endpoint.port)", "-CAfile", authority.file,
            "-quiet", "-no_ign_eof",
        ] + more + (more.contains("-alpn") ? [] : ["-alpn", "cdp/1"])
    }

    /// What we say about openssl as the server.
    private func dialTool(_ arguments: [String]) async throws -> Failure? {
        // A port that was free a moment ago.
        let finder = try await TCPListener.listen(
            on: TCPEndpoint(host: "127.0.0.1", port: 0), security: .plaintext,
            hello: HelloInfo(role: .coordinator, software: "finder")
        ) { (_) throws(Failure) in Bystander() }
        let endpoint = finder.endpoint
        await finder.close()
        let tool = try Tool(
            ["s_server", "-accept", "\(endpoint)", "-alpn", "cdp/1", "-quiet"] + arguments)
        defer { tool.stop() }
        let files = an
        let end = ContinuousClock.now + .seconds(20)
        while true {
            let found = await failure {
                try await Channel.connect(
                    tcp: endpoint, security: .tls(try TLSCredentials(files)),
                    hello: HelloInfo(role: .client, software: "caller"))
            }
            guard found?.reason == "NOT_LISTENING", ContinuousClock.now < end else { return found }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Accepts a link and nothing on it.
private final class Bystander: LinkDelegate {
    func link(
        _ link: Link, accept stream: StreamID, headers: WireV1.CallHeaders, deadline: Instant?
    ) -> (any StreamObserver)? { nil }
}
