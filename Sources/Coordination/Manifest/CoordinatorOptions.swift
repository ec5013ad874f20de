import Transport

/// What the command line says.
public struct CoordinatorOptions: Sendable, Equatable {
    /// The data folder; made when it is missing.
    public var data: String
    /// Folder of the plugins' folders; found from the executable's place when nil.
    public var plugins: String?
    /// The coordinator's own configuration file.
    public var config: String?
    /// Folder of the law book; found beside the plugins when nil.
    public var law: String?
    /// `unix:PATH` and `tcp:HOST:PORT`; the data folder's `run/caodiem.sock` unless a unix socket is named.
    public var listen: [String]

    public init(
        data: String, plugins: String? = nil, config: String? = nil, law: String? = nil,
        listen: [String] = []
    ) {
        self.data = data
        self.plugins = plugins
        self.config = config
        self.law = law
        self.listen = listen
    }
}

/// The coordinator cannot run with this configuration; the description says where and what to do.
public struct ConfigurationRefusal: Error, CustomStringConvertible {
    /// One problem a line.
    public let description: String

    public init(description: String) { self.description = description }
}

/// Options, configuration file and defaults brought together.
struct ResolvedOptions: Sendable, Equatable {
    var plugins: String
    var law: String
    /// nil: the data folder's own socket.
    var socket: String?
    var tcp: [TCPEndpoint] = []
    /// What TCP shows and asks for; nil: plaintext, on loopback.
    var tls: TLSSettings?
    var disabled: [String]
    /// Files of the access policy, the table of methods first; those that are missing say nothing.
    var access: [String] = []
    var logFormat: CoordinatorSettings.LogFormat
    var limits: SupervisionLimits
    /// Folder of the coordinator's executable.
    var binaries: String

    init(_ options: CoordinatorOptions, executable: String) throws(ConfigurationRefusal) {
        var settings = CoordinatorSettings()
        var problems: [String] = []
        if let file = options.config {
            do {
                settings = try CoordinatorSettings.read(file)
            } catch {
                problems += error.problems
            }
        }
        binaries = (executable.realPath ?? executable).parentFolder
        disabled = settings.disabled
        logFormat = settings.logFormat
        limits = settings.limits
        let place = Installation(binaries: binaries)
        plugins = options.plugins ?? settings.plugins ?? place.plugins
        law = options.law ?? settings.law ?? place.law(beside: plugins)
        for (name, folder) in [("plugins", plugins), ("law", law)] where !folder.isFolder {
            problems.append("\(folder) is no folder; give the right one with --\(name)")
        }
        do throws(ConfigurationRefusal) {
            let addresses = try ListenAddresses(
                options.listen.isEmpty ? settings.listen : options.listen,
                hasTLS: settings.tls != nil, allowsPlaintext: settings.isPlaintext)
            (socket, tcp, tls) = (addresses.socket, addresses.tcp, settings.tls)
        } catch {
            problems.append(error.description)
        }
        guard problems.isEmpty else {
            throw ConfigurationRefusal(description: problems.joined(separator: "\n"))
        }
        plugins = plugins.realPath ?? plugins
        access = [
            plugins.appending(part: PolicyReader.fileName),
            settings.access ?? options.data.appending(part: PolicyReader.fileName),
        ]
        if let named = settings.access, named.realPath == nil {
            throw ConfigurationRefusal(
                description: "'access' names \(named), which is not there; correct the path")
        }
        law = law.realPath ?? law
    }
}

/// Where things are when nobody says so: in a working tree during development, under a prefix
/// when installed.
struct Installation {
    let binaries: String

    /// `Plugins/` in a folder above the executable, else `<prefix>/lib/caodiem/plugins`.
    var plugins: String {
        var folder = binaries
        while true {
            let candidate = folder.appending(part: "Plugins")
            if candidate.isFolder { return candidate }
            guard folder != "/", folder != "." else { break }
            folder = folder.parentFolder
        }
        return prefix.appending(part: "lib/caodiem/plugins")
    }

    /// `Sources/LawBook/Law` beside the plugins, else `<prefix>/share/caodiem/law`.
    func law(beside plugins: String) -> String {
        let development = plugins.parentFolder.appending(part: "Sources/LawBook/Law")
        return development.isFolder ? development : prefix.appending(part: "share/caodiem/law")
    }

    private var prefix: String { binaries.parentFolder }
}
