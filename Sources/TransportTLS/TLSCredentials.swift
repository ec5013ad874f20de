import Glibc
internal import NIOCore
internal import NIOSSL
import Synchronization
public import Wire

/// The certificate, key and authorities of this process, read again when their files change.
///
/// Connections that exist keep what they began with. Files that cannot be used leave the former ones
/// in force until they are mended.
public final class TLSCredentials: Sendable {
    public let files: TLSFiles
    private let state: Mutex<State>
    private let report: @Sendable (Failure) -> Void

    private struct State {
        var contexts: Contexts
        var stamps: [FileStamp]
    }

    /// What one reading of the files gave.
    struct Contexts: Sendable {
        let server: NIOSSLContext
        /// Compares the server's certificate with the host that was dialled.
        let client: NIOSSLContext
        /// Leaves that to whoever knows the peer by another name.
        let clientOfPlugin: NIOSSLContext
        /// When our own certificate ends, seconds since 1970 in UTC.
        let end: Int64
    }

    /// Reads the files.
    ///
    /// - Parameter report: told why changed files are not used.
    /// - Throws: FAILED_PRECONDITION, reason `TLS_FILE`, which names the file and what to do.
    public init(
        _ files: TLSFiles, report: @escaping @Sendable (Failure) -> Void = { _ in }
    ) throws(Failure) {
        self.files = files
        self.report = report
        let stamps = files.paths.map(FileStamp.init)
        let contexts = try Contexts(files)
        try TLSCredentials.check(contexts, files)
        state = Mutex(State(contexts: contexts, stamps: stamps))
    }

    /// When our own certificate ends, seconds since 1970 in UTC.
    public var endsAtSeconds: Int64 { state.withLock { $0.contexts.end } }

    /// What a new connection uses.
    ///
    /// - Throws: FAILED_PRECONDITION, reason `TLS_OWN_EXPIRED`, once our own certificate has ended.
    func current() throws(Failure) -> Contexts {
        let found = state.withLock { state -> (contexts: Contexts, problem: Failure?) in
            let stamps = files.paths.map(FileStamp.init)
            guard stamps != state.stamps else { return (state.contexts, nil) }
            state.stamps = stamps
            do throws(Failure) {
                state.contexts = try Contexts(files)
                return (state.contexts, nil)
            } catch {
                return (state.contexts, error)
            }
        }
        if let problem = found.problem { report(problem) }
        try TLSCredentials.check(found.contexts, files)
        return found.contexts
    }

    private static func check(_ contexts: Contexts, _ files: TLSFiles) throws(Failure) {
        guard contexts.end <= Int64(time(nil)) else { return }
        throw Failure(
            .failedPrecondition,
            "our certificate \(files.certificate) expired on \(utc(contexts.end))",
            hint: "put a new one in its place", reason: "TLS_OWN_EXPIRED")
    }
}

extension TLSCredentials.Contexts {
    /// The name of CDP/1 in TLS's negotiation of protocols.
    static let applicationProtocol = "cdp/1"

    init(_ files: TLSFiles) throws(Failure) {
        let chain = try Self.certificates(files.certificate)
        let authorities = try Self.certificates(files.authority)
        let key = try Self.key(files.key)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.trustRoots = .certificates(authorities)
        configuration.certificateVerification = .noHostnameVerification
        configuration.applicationProtocols = [Self.applicationProtocol]
        configuration.shutdownTimeout = .seconds(1)
        var host = TLSConfiguration.makeClientConfiguration()
        host.certificateChain = configuration.certificateChain
        host.privateKey = configuration.privateKey
        host.minimumTLSVersion = .tlsv13
        host.maximumTLSVersion = .tlsv13
        host.trustRoots = configuration.trustRoots
        host.certificateVerification = .fullVerification
        host.applicationProtocols = configuration.applicationProtocols
        host.shutdownTimeout = configuration.shutdownTimeout
        var plugin = host
        plugin.certificateVerification = .noHostnameVerification
        do {
            server = try NIOSSLContext(configuration: configuration)
            client = try NIOSSLContext(configuration: host)
            clientOfPlugin = try NIOSSLContext(configuration: plugin)
        } catch {
            throw .tlsFile(
                "\(files.certificate) and \(files.key) do not belong together: \(error)",
                "name the key that the certificate was made for")
        }
        end = chain.first.map { Int64($0.notValidAfter) } ?? 0
    }

    private static func certificates(_ path: String) throws(Failure) -> [NIOSSLCertificate] {
        let bytes = try GuardedFile.read(path, .certificate)
        do {
            let found = try NIOSSLCertificate.fromPEMBytes(bytes)
            if !found.isEmpty { return found }
        } catch {
            // Told below, in the same words as for a file without any.
        }
        throw .tlsFile("\(path) holds no certificate in PEM", "name a PEM file")
    }

    private static func key(_ path: String) throws(Failure) -> NIOSSLPrivateKey {
        let bytes = try GuardedFile.read(path, .key)
        do {
            return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
        } catch {
            throw .tlsFile(
                "\(path) holds no private key in PEM that can be used without a passphrase",
                "name the key's file, or take the passphrase off it")
        }
    }
}

/// `2026-11-24T10:00:00Z`
func utc(_ seconds: Int64) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    gmtime_r(&moment, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
