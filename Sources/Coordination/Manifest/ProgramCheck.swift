import Digests
import Glibc

/// What must hold of a program before it is started, each time.
extension ProgramSource {
    /// Changes the user, which a process started by posix_spawn cannot do for itself.
    static let userChanger = "/usr/bin/setpriv"

    /// Refuses what is missing, not trusted or not the file that the manifest means.
    func check() throws(TrustedFile.Refusal) {
        try TrustedFile.checkExecutable(executable)
        guard let sha256 else { return }
        let found = try TrustedFile.digest(executable)
        guard found == sha256 else {
            throw TrustedFile.Refusal(
                what: "\(executable) has the SHA-256 \(found), not \(sha256)",
                fix: "install the right file, or correct 'sha256'")
        }
    }

    /// Program and arguments as they are started: under another user by way of `setpriv`.
    var command: (executable: String, arguments: [String]) {
        guard let user else { return (executable, arguments) }
        return (
            ProgramSource.userChanger,
            [
                "--reuid=\(user.userID)", "--regid=\(user.groupID)", "--init-groups", "--",
                executable,
            ] + arguments
        )
    }
}

extension TrustedFile {
    /// The SHA-256 of a file of any size.
    static func digest(_ path: String) throws(Refusal) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw Refusal(what: "\(path) cannot be read: \(errorText())", fix: "check it")
        }
        defer { close(descriptor) }
        var hasher = SHA256Hasher()
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Refusal(what: "\(path) cannot be read: \(errorText())", fix: "check it")
            }
            if count == 0 { return hasher.hex() }
            hasher.update(chunk[..<count])
        }
    }

    /// The text of a file that only its owner (root or ourselves) may read, without the line's end.
    static func secret(_ path: String) throws(Refusal) -> String {
        let bytes = try read(path)
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw Refusal(what: "\(path) can be read by others", fix: "chmod 600 it")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(what: "\(path) is not UTF-8", fix: "save it as UTF-8")
        }
        return text.last?.isNewline == true ? String(text.dropLast()) : text
    }
}
