internal import CLinux
import Glibc

/// A worker that the runner spawned the way a coordinator does: liveness pipe with the token on
/// descriptor 0, output on 1 and 2, the protocol on 3.
final class PeerProcess {
    let processID: Int32
    let token: [UInt8]
    private let liveness: Int32

    /// How long a worker may take to leave once its descriptors have ended, before SIGKILL.
    private static let leaving = Duration.seconds(3)

    private init(processID: Int32, token: [UInt8], liveness: Int32) {
        self.processID = processID
        self.token = token
        self.liveness = liveness
    }

    /// Starts the executable; gives the process and our end of its descriptor 3.
    ///
    /// - Parameter log: where its output goes.
    static func spawn(
        _ path: String, log: String
    ) throws(Verdict) -> (PeerProcess, socket: Int32) {
        var pipe: [Int32] = [-1, -1]
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard caodiem_pipe(&pipe) == 0, socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            throw .failed("no descriptors for a worker: errno \(errno)")
        }
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let ends = [pipe[0], output, output, pair[1]].map(caodiem_duplicate_high)
        defer { for end in ends + [pipe[0], output, pair[1]] { close(end) } }
        var processID: Int32 = 0
        let error = start(path, ends, &processID)
        guard error == 0 else {
            close(pipe[1])
            close(pair[0])
            throw .failed("\(path) cannot be started: errno \(error)")
        }
        let token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        _ = write(pipe[1], token, token.count)
        return (
            PeerProcess(processID: processID, token: token, liveness: pipe[1]), pair[0]
        )
    }

    private static func start(
        _ path: String, _ ends: [Int32], _ processID: inout Int32
    ) -> Int32 {
        let names: [String] = ["PATH", "LANG", "TZ"]
        let passed: [String] = names.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
        let environment =
            passed + ["CAODIEM_PLUGIN=1", "CAODIEM_FD=3", "CAODIEM_PPID=\(getpid())"]
        return withStrings([path]) { arguments in
            withStrings(environment) { environment in
                path.withCString { path in
                    var request = caodiem_spawn(
                        path: path, directory: nil, arguments: arguments,
                        environment: environment,
                        descriptors: (ends[0], ends[1], ends[2], ends[3]))
                    return caodiem_spawn(&request, &processID)
                }
            }
        }
    }

    private static func withStrings<R>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return copies.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else {
                preconditionFailure("a list that ends with nil has a first element")
            }
            return body(start)
        }
    }

    /// Lets go of it, and ends what does not leave by itself.
    func end() {
        close(liveness)
        let clock = ContinuousClock()
        let limit = clock.now + PeerProcess.leaving
        var status: Int32 = 0
        while clock.now < limit {
            if waitpid(processID, &status, WNOHANG) == processID { return }
            usleep(2_000)
        }
        kill(-processID, SIGKILL)
        waitpid(processID, &status, 0)
    }
}
