internal import Foundation
internal import LawBook
internal import Rules
internal import Store
internal import Transport
internal import Wire

/// A worker of one of the fleet's subjects: it works with the store, the law book and the spool folder.
struct SubjectBody: WorkerBody {
    let context: ContextBox
    /// Settings of this worker alone.
    let own: [WorkerSetting]

    var settings: [WorkerSetting] { SubjectBody.shared + own }

    /// Settings that every such worker takes; the coordinator fills them in.
    private static let shared = [
        WorkerSetting("store", type: "path", required: true, summary: "the fleet's SQLite file"),
        WorkerSetting(
            "law_book", type: "path", required: true,
            summary: "folder of the law book's YAML files"),
        WorkerSetting(
            "spool", type: "path", required: true, summary: "folder for files on their way in"),
    ]

    func problems(of values: [String: String]) -> [String] {
        SubjectBody.shared.compactMap { setting -> String? in
            guard let path = values[setting.key], !path.isEmpty else {
                return "setting '\(setting.key)' is missing (\(setting.summary))"
            }
            guard FileManager.default.fileExists(atPath: path) else {
                return "setting '\(setting.key)': there is nothing at \(path)"
            }
            return nil
        } + own.flatMap { $0.check(values) }
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
