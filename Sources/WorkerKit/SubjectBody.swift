internal import Foundation
internal import LawBook
internal import Rules
internal import Store
internal import Transport
internal import Wire

/// A worker of one of the fleet's subjects: it works with the store, the law book and the spool folder.
struct SubjectBody: WorkerBody {
    let context: ContextBox
    let leases: LeaseBox
    /// Settings of this worker alone.
    let own: [WorkerSetting]

    var settings: [WorkerSetting] { SubjectBody.shared + own }

    /// Settings that every such worker takes; the coordinator fills them in.
    private static let shared = [
        place("store", "the fleet's SQLite file"),
        place("law_book", "folder of the law book's YAML files"),
        place("spool", "folder for files on their way in"),
    ]

    /// A file or folder that must be there.
    private static func place(_ key: String, _ summary: String) -> WorkerSetting {
        WorkerSetting(key, type: "path", required: true, summary: summary) { values in
            guard let path = values[key], !path.isEmpty else {
                return ["setting '\(key)' is missing (\(summary))"]
            }
            return FileManager.default.fileExists(atPath: path)
                ? [] : ["setting '\(key)': there is nothing at \(path)"]
        }
    }

    func configure(
        _ values: [String: String], coordinator: Channel
    ) async throws(Failure) -> [String: String] {
        let law: LawTable
        do {
            law = try LawBook.load(directory: values["law_book"] ?? "")
        } catch {
            throw Failure(
                .failedPrecondition, "the law book does not load: \(error)",
                hint: "correct the lines named, then retry the plugin")
        }
        do throws(StoreFailure) {
            context.set(
                WorkerContext(
                    store: try Store.open(path: values["store"] ?? ""), law: law,
                    spoolFolder: values["spool"] ?? "", settings: values,
                    lease: leases.current))
        } catch {
            throw Failure(error)
        }
        return ["law_book": law.digest]
    }
}
