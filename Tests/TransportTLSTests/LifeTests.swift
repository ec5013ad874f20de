import Foundation
import TestCertificates
import Testing
import Transport
import TransportTLS
import Wire

/// What happens to listeners and connections as time passes: silence, new files, the end of a certificate.
@Suite(.timeLimit(.minutes(2))) struct LifeTests {
    private let authority: Authority
    private let server: TLSFiles
    private let an: TLSFiles

    init() throws {
        authority = try Authority()
        server = try authority.server()
        an = try authority.issue(["URI:caodiem:principal:an"])
    }

    @Test func theSilentAreSentAwayAndAreFew() async throws {
        var tcp = TCPLimits()
        tcp.handshake = .seconds(2)
        tcp.handshakes = 2
        let post = try await Post(server, tcp: tcp)
        let silent = try (0..<3).map { _ in try PlainSocket(port: post.endpoint.port) }
        #expect(await post.events.has("HANDSHAKES_FULL"))
        #expect(await post.events.has("TLS_TIMEOUT"))
        #expect(silent.allSatisfy { $0.isClosedByPeer(within: 20) })
        // Their places are free again.
        let channel = try await post.dial(an)
        channel.close()
        await post.close()
    }

    @Test func changedFilesServeNewConnections() async throws {
        let newAuthority = try Authority()
        let post = try await Post(server)
        let before = try await post.dial(an)
        let fresh = try newAuthority.server()
        for (old, new) in [
            (server.certificate, fresh.certificate), (server.key, fresh.key),
            (server.authority, fresh.authority),
        ] { try replace(old, with: new) }
        let successor = try newAuthority.issue(["URI:caodiem:principal:binh"])
        let after = try await post.dial(successor)
        #expect(try await after.unary(Probe.who, Note()).key == "binh")
        #expect(try await before.unary(Probe.who, Note()).key == "an")
        var former = an
        former.authority = newAuthority.file
        #expect(await failure { try await post.dial(former) } != nil)
        #expect(await post.events.has("TLS_UNTRUSTED"))
        before.close()
        after.close()
        await post.close()
    }

    @Test func spoiltFilesLeaveTheFormerInForce() async throws {
        let post = try await Post(server)
        try "no certificate".write(
            toFile: server.certificate, atomically: true, encoding: .utf8)
        let channel = try await post.dial(an)
        #expect(await post.events.has("files TLS_FILE"))
        channel.close()
        let again = try await post.dial(an)
        again.close()
        #expect(post.events.all.filter { $0 == "files TLS_FILE" }.count == 1)
        await post.close()
    }

    @Test func aConnectionEndsWithItsCertificate() async throws {
        let post = try await Post(server)
        let brief = try authority.issue(["URI:caodiem:principal:an"], validity: -60...6)
        let end = Date(timeIntervalSinceNow: 6)
        let channel = try await post.dial(brief)
        #expect(try await channel.unary(Probe.who, Note()).key == "an")
        #expect(await post.events.has("closed INADEQUATE_SECURITY", within: 30))
        #expect(Date() >= end.addingTimeInterval(-1.5))
        #expect(await failure { try await post.dial(brief) }?.reason == "TLS_OWN_EXPIRED")
        await post.close()
    }

    @Test func aPeerThatVanishesIsFoundByItsSilence() async throws {
        var limits = Limits.remote
        limits.idleBeforePing = .milliseconds(500)
        limits.pingAnswer = .milliseconds(1500)
        let post = try await Post(server, limits: limits)
        let hole = try BlackHole(to: post.endpoint.port)
        let channel = try await Channel.connect(
            tcp: TCPEndpoint(host: "127.0.0.1", port: hole.port),
            security: .tls(try TLSCredentials(an)),
            hello: HelloInfo(role: .client, software: "caller", limits: limits))
        #expect(try await channel.unary(Probe.who, Note()).key == "an")
        hole.swallow()
        let lost = await failure { try await channel.unary(Probe.who, Note()) }
        #expect(lost?.code == .unavailable)
        #expect(await post.events.has("closed KEEPALIVE"))
        hole.close()
        await post.close()
    }

    @Test func anEndOfTheSocketWithoutGoodbyeIsALostConnection() async throws {
        let post = try await Post(server)
        let hole = try BlackHole(to: post.endpoint.port)
        let channel = try await Channel.connect(
            tcp: TCPEndpoint(host: "127.0.0.1", port: hole.port),
            security: .tls(try TLSCredentials(an)),
            hello: HelloInfo(role: .client, software: "caller", limits: .remote))
        _ = try await channel.unary(Probe.who, Note())
        hole.close()
        #expect(await post.events.has("closed CONNECTION_LOST"))
        let lost = await failure { try await channel.unary(Probe.who, Note()) }
        #expect(lost?.reason == "CONNECTION_LOST", "\(lost as Any)")
        await post.close()
    }

    private func replace(_ old: String, with new: String) throws {
        let fresh = old + ".new"
        try FileManager.default.copyItem(atPath: new, toPath: fresh)
        #expect(rename(fresh, old) == 0)
    }
}

/// What is wrong with files is said before anything is dialled.
@Suite(.timeLimit(.minutes(1))) struct FileTests {
    private func problem(_ change: (Authority, inout TLSFiles) throws -> Void) throws -> Failure? {
        let authority = try Authority()
        var files = try authority.issue(["URI:caodiem:principal:an"])
        try change(authority, &files)
        do throws(Failure) {
            _ = try TLSCredentials(files)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [(0o600, true), (0o640, true), (0o644, false), (0o620, false), (0o604, false)])
    func aKeyIsForItsOwner(mode: Int, accepted: Bool) throws {
        let found = try problem { _, files in chmod(files.key, mode_t(mode)) }
        #expect((found == nil) == accepted)
        if let found { #expect(found.message.contains("by others")) }
    }

    @Test func anAuthorityThatOthersMayWriteIsNone() throws {
        let found = try problem { _, files in chmod(files.authority, 0o646) }
        #expect(found?.message.contains("writable by others") == true)
    }

    @Test func theKeyOfAnotherCertificateIsSeen() throws {
        let found = try problem { authority, files in
            files.key = try authority.issue(["URI:caodiem:principal:b"]).key
        }
        #expect(found?.message.contains("do not belong together") == true, "\(found as Any)")
    }

    @Test func filesWithoutPEMAreNamed() throws {
        for path in [\TLSFiles.certificate, \.key, \.authority] {
            var name = ""
            let found = try problem { _, files in
                name = files[keyPath: path]
                try "text".write(toFile: name, atomically: false, encoding: .utf8)
            }
            #expect(found?.reason == "TLS_FILE")
            #expect(found?.message.contains(name) == true)
        }
    }

    @Test func aMissingFileIsNamed() throws {
        let found = try problem { _, files in files.certificate += "x" }
        #expect(found?.message.contains("cannot be read") == true)
    }
}
