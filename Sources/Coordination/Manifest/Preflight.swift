import Glibc
import TransportTLS
import Wire

/// What the coordinator would find wrong with its configuration, manifests, programs and certificates if it started
/// now; nothing is started or changed.
public struct Preflight: Sendable {
    /// Something that is wrong or soon will be.
    public struct Finding: Sendable, Equatable {
        public enum Subject: String, Sendable {
            case configuration, plugin, certificate
        }

        public var subject: Subject
        /// The file or folder.
        public var place: String
        public var what: String
        public var fix: String
        /// It does not stop the fleet yet.
        public var isWarning: Bool
    }

    /// A certificate with less time left is told.
    static let expiryNoticeSeconds: Int64 = 30 * 86_400

    public private(set) var findings: [Finding] = []
    /// Manifests that were read, and certificates.
    public private(set) var plugins = 0
    public private(set) var certificates = 0

    /// - Parameter executable: path of this program, from which plugins are found.
    public init(_ options: CoordinatorOptions, executable: String) {
        do throws(ConfigurationRefusal) {
            let resolved = try ResolvedOptions(options, executable: executable)
            if let tls = resolved.tls { look(at: tls.files) }
            let folder = try PluginFolder(
                resolved.plugins, disabled: resolved.disabled,
                reader: ManifestReader(binaries: resolved.binaries))
            for found in folder.plugins { look(at: found) }
        } catch {
            add(.configuration, options.config ?? "", error.description, "correct it")
        }
    }

    private mutating func look(at found: PluginFolder.Found) {
        plugins += 1
        switch found.manifest {
        case .failure(let refusal):
            for problem in refusal.problems { add(.plugin, found.folder, problem, "correct it") }
        case .success(let manifest):
            switch manifest.source {
            case .spawned(let program):
                do { try program.check() } catch {
                    add(.plugin, program.executable, error.what, error.fix)
                }
            case .remote(let remote): if let files = remote.tls { look(at: files) }
            }
        }
    }

    private mutating func look(at files: TLSFiles) {
        certificates += 1
        do throws(Failure) {
            let credentials = try TLSCredentials(files)
            let left = credentials.endsAtSeconds - Int64(time(nil))
            guard left < Preflight.expiryNoticeSeconds else { return }
            add(
                .certificate, files.certificate, "it ends in \(left / 86_400) days",
                "put a new one in its place", isWarning: true)
        } catch {
            add(.certificate, files.certificate, error.message, error.hint)
        }
    }

    private mutating func add(
        _ subject: Finding.Subject, _ place: String, _ what: String, _ fix: String,
        isWarning: Bool = false
    ) {
        findings.append(
            Finding(subject: subject, place: place, what: what, fix: fix, isWarning: isWarning))
    }
}

/// Workers that a coordinator left behind.
public enum LeftWorkers {
    /// Lock files of the data folder that name a living process, as `plugin pid`; and whether a coordinator has
    /// the folder, in which case they are not left but at work.
    public static func of(dataFolder: String) -> (workers: [String], isRunning: Bool) {
        let run = dataFolder + "/run"
        let pid = open(run + "/coordinator.pid", O_RDONLY | O_CLOEXEC)
        var isRunning = false
        if pid >= 0 {
            isRunning = flock(pid, LOCK_SH | LOCK_NB) != 0
            close(pid)
        }
        let workers = FolderListing.names(in: run).filter { $0.hasSuffix(".lock") }
            .compactMap { name -> String? in
                guard let noted = ProcessIdentity(line: SmallFile.read(run + "/" + name) ?? ""),
                    ProcessIdentity.current(of: noted.pid) == noted
                else { return nil }
                return "\(name.dropLast(5)) \(noted.pid)"
            }
        return (workers, isRunning)
    }
}
