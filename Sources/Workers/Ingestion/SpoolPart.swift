internal import Glibc

/// The open file of one part of an import.
final class SpoolPart {
    private let path: String
    private let descriptor: Int32

    /// - Parameter flags: as of open(2); a file that is made is its owner's alone.
    init(_ path: String, _ flags: Int32) throws {
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw SpoolPart.problem("cannot open \(path)") }
    }

    deinit { close(descriptor) }

    /// Bytes of the file of that name; 0 where there is none.
    static func size(_ path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_size) : 0
    }

    func write(_ bytes: ArraySlice<UInt8>, at offset: UInt64) throws {
        try bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let step = pwrite(
                    descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent,
                    off_t(offset) + off_t(sent))
                if step < 0, errno == EINTR { continue }
                guard step > 0 else { throw SpoolPart.problem("cannot write to the spool") }
                sent += step
            }
        }
    }

    /// Up to so many bytes; none at the end of the file.
    func read(at offset: UInt64, count: Int) throws -> [UInt8] {
        var failure: Spool.Problem?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while true {
                let got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = SpoolPart.problem("cannot read the spool") }
                filled = max(0, got)
                return
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func problem(_ doing: String) -> Spool.Problem {
        Spool.Problem(kind: .disk, message: "\(doing): \(String(cString: strerror(errno)))")
    }
}
