public import Transport
public import Wire

/// How a worker that was started by hand finds its coordinator, or is found by it.
///
/// From arguments, else from variables: `--connect` or CAODIEM_CONNECT, `--listen` or CAODIEM_LISTEN,
/// `--tls-cert`, `--tls-key`, `--tls-ca` or CAODIEM_TLS_CERT, _KEY, _CA, `--coordinator` or
/// CAODIEM_COORDINATOR, `--plaintext` or CAODIEM_PLAINTEXT=1. They name files; no secret stands in them.
public struct RemoteWorkerOptions: Sendable, Equatable {
    /// Who begins.
    public enum Way: Sendable, Equatable {
        case connect(TCPEndpoint)
        case listen(TCPEndpoint)
    }

    public var way: Way
    /// nil: plaintext, on loopback only.
    public var tls: TLSFiles?
    /// Name in the certificate of the coordinator that may come in when we listen.
    public var coordinator = "coordinator"

    public init(way: Way, tls: TLSFiles?, coordinator: String = "coordinator") {
        self.way = way
        self.tls = tls
        self.coordinator = coordinator
    }

    /// Takes its own options out of `arguments`; nil when neither way is named, which is how a
    /// coordinator of the same machine starts a worker.
    ///
    /// - Throws: INVALID_ARGUMENT, which names the option.
    public static func parse(
        _ arguments: inout [String], environment: @escaping (String) -> String?
    ) throws(Failure) -> RemoteWorkerOptions? {
        var words = OptionWords(arguments, environment)
        let connect = try words.value("connect")
        let listen = try words.value("listen")
        let certificate = try words.value("tls-cert")
        let key = try words.value("tls-key")
        let authority = try words.value("tls-ca")
        let coordinator = try words.value("coordinator")
        let isPlain = words.flag("plaintext")
        guard connect != nil || listen != nil else { return nil }
        arguments = words.rest
        guard connect == nil || listen == nil else {
            throw .option("connect", "and --listen exclude each other", "give one of them")
        }
        let way: Way =
            if let connect {
                .connect(try endpoint("connect", connect))
            } else {
                .listen(try endpoint("listen", listen ?? ""))
            }
        let files = [certificate, key, authority].compactMap { $0 }
        if isPlain {
            guard files.isEmpty else {
                throw .option("plaintext", "and certificates exclude each other", "drop one")
            }
            return RemoteWorkerOptions(way: way, tls: nil)
        }
        guard let certificate, let key, let authority else {
            throw .option(
                "tls-cert", "--tls-key and --tls-ca go together and must be given",
                "name three PEM files; or --plaintext on one machine")
        }
        return RemoteWorkerOptions(
            way: way, tls: TLSFiles(certificate: certificate, key: key, authority: authority),
            coordinator: coordinator ?? "coordinator")
    }

    private static func endpoint(_ name: String, _ text: String) throws(Failure) -> TCPEndpoint {
        guard text.hasPrefix("tcp:"), let endpoint = TCPEndpoint(String(text.dropFirst(4))) else {
            throw .option(name, "has “\(text)”", "write tcp:HOST:PORT, or tcp:[IPV6]:PORT")
        }
        return endpoint
    }
}

/// The arguments that are not yet understood, and the variables behind them.
private struct OptionWords {
    private(set) var rest: [String]
    private let environment: (String) -> String?

    init(_ arguments: [String], _ environment: @escaping (String) -> String?) {
        rest = arguments
        self.environment = environment
    }

    mutating func value(_ name: String) throws(Failure) -> String? {
        guard let place = rest.firstIndex(of: "--" + name) else {
            return environment(variable(name)).flatMap { $0.isEmpty ? nil : $0 }
        }
        guard place + 1 < rest.count, !rest[place + 1].hasPrefix("--") else {
            throw .option(name, "has no value", "write --\(name) VALUE")
        }
        let value = rest[place + 1]
        rest.removeSubrange(place...(place + 1))
        return value
    }

    mutating func flag(_ name: String) -> Bool {
        guard let place = rest.firstIndex(of: "--" + name) else {
            return environment(variable(name)) == "1"
        }
        rest.remove(at: place)
        return true
    }

    private func variable(_ name: String) -> String {
        "CAODIEM_" + name.uppercased().replacing("-", with: "_")
    }
}

extension Failure {
    fileprivate static func option(_ name: String, _ what: String, _ fix: String) -> Failure {
        Failure(.invalidArgument, "--\(name) \(what)", field: "--\(name)", hint: fix)
    }
}
