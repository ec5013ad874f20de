import Glibc

/// A folder that is not there or empty, to be filled whole or not at all.
struct NewFolder {
    let path: String

    /// - Throws: `NOT_EMPTY`, `NOT_FOUND` for its parent.
    init(_ path: String) throws {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        try requireFree()
    }

    /// Fills it under another name, and gives it its own last; of what `body` throws at nothing stays.
    func fill<Value>(_ body: (_ partial: String) throws -> Value) throws -> Value {
        let partial = "\(path).\(getpid()).restoring"
        try Files.makeFolder(partial)
        do {
            let value = try body(partial)
            try Files.syncFolder(partial)
            try Files.rename(partial, to: path)
            return value
        } catch {
            Files.remove(partial)
            throw error
        }
    }

    private func requireFree() throws {
        guard Files.state(path) != nil else {
            let parent = Files.parent(of: path)
            guard Files.state(parent) != nil else {
                throw Files.problem(
                    Wording("không có thư mục", "there is no folder"), parent, ENOENT)
            }
            return
        }
        guard let names = Files.names(in: path), names.isEmpty else {
            throw OfflineProblem(
                "NOT_EMPTY",
                Wording("\(path) không phải thư mục rỗng", "\(path) is no empty folder"),
                place: path,
                remedy: Wording(
                    "chọn thư mục mới; không có gì bị thay đổi",
                    "choose a new folder; nothing was changed"), ending: .usage)
        }
    }
}
