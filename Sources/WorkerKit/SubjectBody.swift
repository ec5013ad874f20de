internal import Foundation
internal import LawBook
internal import Rules
internal import Store
internal import Transport
internal import Wire

/// A worker of one of the fleet's subjects: it works with the store, the law book and the spool folder.
struct SubjectBody: WorkerBody {
    let context: ContextBox
    /// Settings of this worker alone; handlers read them anew with each call.
    let own: [WorkerSetting]

    var settings: [WorkerSetting] {
        [
            SubjectBody.path("store", "the fleet's SQLite file"),
            SubjectBody.path("law_book", "folder of the law book's YAML files"),
            SubjectBody.path("spool", "folder for files on their way in"),
        ] + own
    }

    /// A file or folder that the coordinator names.
    private static func path(_ key: String, _ summary: String) -> WorkerSetting {
        WorkerSetting(key, type: "path", required: true, reloadable: false, summary) { values in
            guard let path = values[key], !path.isEmpty else {
                return ["setting '\(key)' is missing (\(summary))"]
            }
            let isThere = FileManager.default.fileExists(atPath: path)
            return isThere ? [] : ["setting '\(key)': there is nothing at \(path)"]
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
                    spoolFolder: values["spool"] ?? "", settings: values))
        } catch {
            throw Failure(error)
        }
        return ["law_book": law.digest]
    }
}
