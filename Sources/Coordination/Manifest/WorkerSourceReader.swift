import Glibc
import StrictYAML
import Transport

/// Reads where a plugin's processes come from: a program, or another host.
struct WorkerSourceReader {
    let binaries: String
    let id: String
    let folder: String

    /// Variables that the coordinator sets by itself.
    private static let ownVariables = "CAODIEM_"
    /// Keys that say something about a program.
    private static let programKeys = [
        "arguments", "environment", "sha256", "user", "limits",
    ]

    func read(_ keys: Fields) -> WorkerSource? {
        let program = readProgram(keys)
        guard keys.has("remote") else { return program.map { .spawned($0) } }
        let remote = keys.optional("remote", remoteShape)
        for key in ["executable"] + WorkerSourceReader.programKeys where keys.has(key) {
            keys.refuse(key, "has no meaning beside 'remote'", "remove one of them")
        }
        return remote.map { .remote($0) }
    }

    // MARK: Programs

    private func readProgram(_ keys: Fields) -> ProgramSource? {
        let executable =
            keys.has("remote")
            ? keys.optional("executable", .text) : keys.required("executable", .text)
        let environment = keys.optional("environment", .named(.scalar), or: [])
        var program = ProgramSource(executable: "")
        program.arguments = keys.optional("arguments", .list(.scalar), or: [])
        program.environment = Dictionary(environment.map { ($0.name, $0.value) }) { _, b in b }
        program.sha256 = keys.optional("sha256", .sha256)
        program.limits = keys.optional("limits", .processLimits, or: ProcessLimits())
        if let name = keys.optional("user", .text) { program.user = user(name, keys) }
        for (name, _) in environment { check(variable: name, keys) }
        guard let executable, !keys.has("remote") else { return nil }
        program.executable = locate(executable)
        do throws(TrustedFile.Refusal) {
            try program.check()
        } catch {
            keys.refuse("executable", "cannot be used: \(error.what)", error.fix)
        }
        return program
    }

    private func check(variable name: String, _ keys: Fields) {
        let isName =
            name.unicodeScalars.allSatisfy {
                ("A"..."Z").contains($0) || ("a"..."z").contains($0) || ("0"..."9").contains($0)
                    || $0 == "_"
            } && name.first?.isNumber == false
        if !isName {
            keys.refuse(
                "environment", "has “\(name)”, which is no variable's name",
                "use letters, digits and _")
        } else if name.hasPrefix(WorkerSourceReader.ownVariables) {
            keys.refuse(
                "environment", "has \(name), which only the coordinator sets", "remove it")
        }
    }

    /// A bare name is looked up in the manifest's folder, then beside the coordinator's binary.
    private func locate(_ executable: String) -> String {
        if executable.hasPrefix("/") { return executable }
        let near = folder.appending(part: executable)
        if executable.contains("/") || near.realPath != nil { return near }
        return binaries.appending(part: executable)
    }

    /// Another user than the coordinator's takes root and `setpriv`.
    private func user(_ name: String, _ keys: Fields) -> ProgramUser? {
        guard let entry = getpwnam(name) else {
            keys.refuse("user", "names '\(name)', whom this machine does not know", "create it")
            return nil
        }
        let user = ProgramUser(
            name: name, userID: entry.pointee.pw_uid, groupID: entry.pointee.pw_gid)
        if user.userID == geteuid() { return nil }
        guard geteuid() == 0 else {
            keys.refuse(
                "user", "is '\(name)', and only root can start a worker as another user",
                "run the coordinator as root, or remove the key")
            return nil
        }
        guard access(ProgramSource.userChanger, X_OK) == 0 else {
            keys.refuse(
                "user", "takes \(ProgramSource.userChanger), which is missing",
                "install util-linux")
            return nil
        }
        return user
    }

    // MARK: Other hosts

    private var remoteShape: Shape<RemoteSource> {
        .mapping { keys in
            let address = keys.required("address", .remoteAddress)
            let tls = keys.required("tls", tlsShape)
            guard let address, var tls else { return nil }
            tls.address = address
            return tls
        }
    }

    private var tlsShape: Shape<RemoteSource> {
        .mapping { keys in
            let certificate = keys.required("certificate", .text)
            let key = keys.required("key", .text)
            let authority = keys.required("authority", .text)
            let name = keys.optional("name", .text, or: id)
            guard let certificate, let key, let authority else { return nil }
            let remote = RemoteSource(
                address: "", certificate: path(certificate), key: path(key),
                authority: path(authority), name: name)
            check("certificate", keys) { () throws(TrustedFile.Refusal) in
                _ = try TrustedFile.read(remote.certificate)
            }
            check("authority", keys) { () throws(TrustedFile.Refusal) in
                _ = try TrustedFile.read(remote.authority)
            }
            check("key", keys) { () throws(TrustedFile.Refusal) in
                _ = try TrustedFile.secret(remote.key)
            }
            return remote
        }
    }

    private func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : folder.appending(part: text)
    }

    private func check(
        _ key: String, _ keys: Fields, _ read: () throws(TrustedFile.Refusal) -> Void
    ) {
        do throws(TrustedFile.Refusal) {
            try read()
        } catch {
            keys.refuse(key, "cannot be used: \(error.what)", error.fix)
        }
    }
}

extension Shape where Value == String {
    /// `tcp:HOST:PORT`; an IPv6 address stands in brackets.
    static var remoteAddress: Shape<String> {
        Shape<String>.text.narrowed(to: "of the form tcp:HOST:PORT") { text in
            guard text.hasPrefix("tcp:"), let colon = text.lastIndex(of: ":"),
                let port = UInt16(text[text.index(after: colon)...]), port > 0,
                text.distance(from: text.startIndex, to: colon) > 4
            else { return nil }
            return text
        }
    }
}
