import Foundation
public import TransportTLS

/// A certificate authority of one test, in a folder that is gone afterwards.
public final class Authority: Sendable {
    public let folder: String
    public var file: String { folder + "/ca.pem" }

    public init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("caodiem-ca-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try """
        [ca]
        default_ca = d
        [d]
        database = \(folder)/index.txt
        new_certs_dir = \(folder)
        default_md = sha256
        policy = p
        unique_subject = no
        rand_serial = yes
        [p]
        commonName = supplied
        """.write(toFile: folder + "/ca.cnf", atomically: true, encoding: .utf8)
        try "".write(toFile: folder + "/index.txt", atomically: true, encoding: .utf8)
        try openssl(
            ["req", "-x509", "-nodes", "-subj", "/CN=authority", "-days", "2"]
                + newKey(folder + "/ca.key") + ["-out", file])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A certificate and its key.
    ///
    /// - Parameters:
    ///   - names: subject alternative names, e.g. `URI:caodiem:principal:an`.
    ///   - validity: seconds before and after now.
    ///   - believing: whose certificates its holder accepts; this authority's unless told.
    public func issue(
        _ names: [String],
        validity: ClosedRange<Int> = -3600...86_400, believing: Authority? = nil
    ) throws -> TLSFiles {
        let stem = folder + "/" + UUID().uuidString
        try openssl(
            ["req", "-new", "-nodes", "-subj", "/CN=peer", "-out", stem + ".csr"]
                + newKey(stem + ".key"))
        try
            ("subjectAltName=" + names.joined(separator: ",")
            + "\nextendedKeyUsage=serverAuth,clientAuth\n")
            .write(toFile: stem + ".ext", atomically: true, encoding: .utf8)
        try openssl([
            "ca", "-batch", "-notext", "-config", folder + "/ca.cnf", "-keyfile",
            folder + "/ca.key", "-cert", file, "-in", stem + ".csr", "-out", stem + ".pem",
            "-startdate", stamp(validity.lowerBound), "-enddate", stamp(validity.upperBound),
            "-extfile", stem + ".ext",
        ])
        return TLSFiles(
            certificate: stem + ".pem", key: stem + ".key",
            authority: (believing ?? self).file)
    }

    /// A coordinator's certificate for loopback.
    public func server(
        validity: ClosedRange<Int> = -3600...86_400, believing: Authority? = nil
    ) throws -> TLSFiles {
        try issue(
            ["DNS:localhost", "IP:127.0.0.1", "IP:::1"], validity: validity, believing: believing)
    }

    private func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", path]
    }

    private func stamp(_ offset: Int) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "yyyyMMddHHmmss'Z'"
        return format.string(from: Date(timeIntervalSinceNow: Double(offset)))
    }
}

/// A program that failed, with what it said.
public struct ToolFailure: Error { public var text: String }

/// Runs openssl to its end.
@discardableResult
public func openssl(_ arguments: [String], input: String = "") throws -> String {
    let tool = try Tool(arguments)
    tool.say(input)
    let (code, text) = tool.finish()
    guard code == 0 else { throw ToolFailure(text: text) }
    return text
}

/// A running openssl.
public final class Tool {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()

    public init(_ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        process.standardInput = input
        try process.run()
    }

    public func say(_ text: String) {
        input.fileHandleForWriting.write(Data(text.utf8))
        try? input.fileHandleForWriting.close()
    }

    public func finish() -> (code: Int32, text: String) {
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    public func stop() {
        // No milder one: the signal mask of this thread went to the child.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
