internal import CLinux
import Glibc

/// Both ends of what connects us with a child, all at 10 or above and close-on-exec.
struct ChildEnds {
    struct Pair {
        var ours: Int32 = -1
        var theirs: Int32 = -1
    }

    private(set) var liveness = Pair()
    private(set) var output = Pair()
    private(set) var errors = Pair()
    private(set) var socket = Pair()

    init() throws(SpawnFailure) {
        do throws(SpawnFailure) {
            let zero = try ChildEnds.pipe()
            liveness = Pair(ours: zero.write, theirs: zero.read)
            let one = try ChildEnds.pipe()
            output = Pair(ours: one.read, theirs: one.write)
            let two = try ChildEnds.pipe()
            errors = Pair(ours: two.read, theirs: two.write)
            socket = try ChildEnds.socketPair()
        } catch {
            closeAll()
            throw error
        }
    }

    func closeTheirs() {
        for pair in [liveness, output, errors, socket] where pair.theirs >= 0 { close(pair.theirs) }
    }

    func closeAll() {
        closeTheirs()
        for pair in [liveness, output, errors, socket] where pair.ours >= 0 { close(pair.ours) }
    }

    private static func pipe() throws(SpawnFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        let error = caodiem_pipe(&ends)
        guard error == 0 else { throw exhausted(error) }
        return (try high(ends[0]), try high(ends[1]))
    }

    private static func socketPair() throws(SpawnFailure) -> Pair {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw exhausted(errno) }
        return Pair(ours: try high(ends[0]), theirs: try high(ends[1]))
    }

    /// Moves a descriptor out of the way of the child's 0 to 3.
    private static func high(_ descriptor: Int32) throws(SpawnFailure) -> Int32 {
        if descriptor >= 10 { return descriptor }
        let moved = caodiem_duplicate_high(descriptor)
        let error = errno
        close(descriptor)
        guard moved >= 0 else { throw exhausted(error) }
        return moved
    }

    private static func exhausted(_ error: Int32) -> SpawnFailure {
        SpawnFailure(
            kind: .exhausted,
            message: "no descriptors for a child: \(UnixSocket.explain(error)); "
                + "raise the limit of open files")
    }
}

extension SpawnFailure {
    init(_ spec: ChildSpec, _ error: Int32) {
        let path = spec.executable
        switch error {
        case ENOENT where access(path, F_OK) == 0:
            self.init(
                kind: .interpreterMissing,
                message: "\(path): the interpreter that its first line names is missing")
        case ENOENT, ENOTDIR:
            self.init(kind: .missing, message: "\(path): there is no such program")
        case EACCES, EPERM, EISDIR:
            self.init(
                kind: .notExecutable,
                message: "\(path): it may not be executed; chmod +x it, if it is a program")
        case ENOEXEC, ELIBBAD:
            self.init(
                kind: .notAProgram,
                message: "\(path): neither a program for this machine nor a script with #!")
        case ETXTBSY:
            self.init(kind: .busy, message: "\(path): someone is writing to it; try again")
        case EAGAIN, ENOMEM, EMFILE, ENFILE:
            self.init(
                kind: .exhausted,
                message: "\(path): no process could be made: \(UnixSocket.explain(error))")
        default:
            self.init(kind: .other, message: "\(path): \(UnixSocket.explain(error))")
        }
    }
}

func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// C strings in an array that ends with nil, for the time of the call.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("an empty argument list") }
        return body(base)
    }
}

func withOptionalCString<Result>(
    _ string: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
    guard let string else { return body(nil) }
    return string.withCString { body($0) }
}
