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
        let remote = keys.optional("remote", RemoteSettings.shape)
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
}
