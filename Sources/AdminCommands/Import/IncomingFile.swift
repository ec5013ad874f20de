import Glibc

/// A file that comes piece by piece: written under a temporary name, which it loses when it is whole.
actor IncomingFile {
    private let path: String
    private var descriptor: Int32 = -1
    private var failure: Int32 = 0

    init(_ path: String) { self.path = path }

    private var temporary: String { path + ".part" }

    /// Forgets what came: it comes again from its start.
    func restart() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        if descriptor >= 0 { unlink(temporary) }
        (descriptor, failure) = (-1, 0)
    }

    func add(_ bytes: [UInt8]) {
        if descriptor < 0, failure == 0 {
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            if descriptor < 0 { failure = errno }
        }
        guard failure == 0 else { return }
        if !Descriptor.write(bytes, to: descriptor) { failure = errno }
    }

    /// Gives the file its name; false when nothing came.
    func close() throws(Trouble) -> Bool {
        guard failure == 0 else {
            let failure = failure
            restart()
            throw .unwritable(path, failure)
        }
        guard descriptor >= 0 else { return false }
        let closed = Glibc.close(descriptor) == 0
        descriptor = -1
        guard closed, rename(temporary, path) == 0 else {
            let failure = errno
            unlink(temporary)
            throw .unwritable(path, failure)
        }
        return true
    }
}
