import Glibc
import Wire

/// The file that holds the caller's access token: never the token itself stands in arguments or environment.
enum TokenFile {
    /// Bytes of such a file.
    private static let limit = 4096

    /// The secret in the file of `--token-file` or CAODIEM_TOKEN_FILE; nil when none is named.
    static func secret(
        _ options: GlobalOptions, _ environment: Environment
    ) throws(Trouble) -> [UInt8]? {
        guard let path = options.tokenFile ?? environment["CAODIEM_TOKEN_FILE"], !path.isEmpty
        else {
            return nil
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw trouble(TokenWords.unreadable(path, String(cString: strerror(errno))), path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw trouble(TokenWords.open(path), path, TokenWords.close(path))
        }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = read(descriptor, &bytes, limit)
        guard count > 0, let secret = TokenText.bytes(Array(bytes.prefix(count))) else {
            throw trouble(TokenWords.none(path), path)
        }
        return secret
    }

    /// Writes a new token where nobody else can read it; refuses a file that is there.
    static func write(_ secret: [UInt8], to path: String) throws(Trouble) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path, errno) }
        defer { close(descriptor) }
        guard Descriptor.write(TokenText.text(secret) + "\n", to: descriptor) else {
            throw .unwritable(path, errno)
        }
    }

    static func remove(_ path: String) { unlink(path) }

    private static func trouble(_ words: Phrase, _ path: String, _ hint: Phrase? = nil) -> Trouble {
        Trouble(
            .configuration, code: "CONFIGURATION", words.text, field: "--token-file",
            hint: hint?.text ?? "")
    }
}

private enum TokenWords {
    static func unreadable(_ path: String, _ why: String) -> Phrase {
        Phrase("không đọc được tệp mã truy cập \(path): \(why)", "the token file \(path): \(why)")
    }
    static func open(_ path: String) -> Phrase {
        Phrase(
            "người khác đọc được tệp mã truy cập \(path)", "others may read the token file \(path)")
    }
    static func close(_ path: String) -> Phrase {
        Phrase("chmod 600 \(path)", "chmod 600 \(path)")
    }
    static func none(_ path: String) -> Phrase {
        Phrase("\(path) không chứa mã truy cập", "\(path) holds no access token")
    }
}
