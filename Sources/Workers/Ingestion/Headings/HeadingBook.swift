internal import Foundation
internal import Rules
internal import StrictYAML
internal import Synchronization

/// How offices write the sheets, headings and words of their lists: `import/headings.yaml` of the law book, and the
/// office's own file on top of it.
struct HeadingBook: Sendable {
    /// The spellings of one kind.
    struct KindWords: Sendable {
        /// Names of its sheets; the first is the one that a template shows.
        var sheets: [String] = []
        /// For each column its headings; the first is the one that a template shows.
        var headings: [[String]] = []
        /// Folded heading → column.
        var columns: [String: Int] = [:]
        /// Column → words of its choice, each with the code that it stands for.
        var words: [Int: [(word: String, code: String)]] = [:]
        /// Column → folded word or code → code.
        var codes: [Int: [String: String]] = [:]

        /// What a template shows for a code.
        func shown(_ code: String, column: Int) -> String {
            words[column]?.first { $0.code == code }?.word ?? code
        }
    }

    private(set) var kinds: [String: KindWords] = [:]
    private(set) var ignored: Set<String> = []
    private(set) var skippedSheets: Set<String> = []
    private(set) var totals: Set<String> = []
    private(set) var examples: Set<String> = []
    /// As a template writes it.
    private(set) var example = "Ví dụ"
    private(set) var grounds = GroundWords(article: [], clause: [], point: [])

    func words(of kind: ImportKind) -> KindWords { kinds[kind.name] ?? KindWords() }

    /// The kind whose sheets or files are named so, in whatever spelling.
    func kind(named name: String) -> ImportKind? {
        let folded = VietnameseText.folded(name)
        return ImportKind.all.first { kind in
            VietnameseText.folded(kind.name) == folded
                || words(of: kind).sheets.contains { VietnameseText.folded($0) == folded }
        }
    }

    /// An empty book knows the canonical names alone.
    init() {
        for kind in ImportKind.all {
            var words = KindWords()
            words.headings = Array(repeating: [], count: kind.columns.count)
            for (index, column) in kind.columns.enumerated() {
                words.columns[VietnameseText.folded(column.name)] = index
                guard case .choice(let codes) = column.type else { continue }
                words.codes[index] = Dictionary(
                    codes.map { (VietnameseText.folded($0), $0) }
                ) { first, _ in first }
            }
            kinds[kind.name] = words
        }
    }

    /// Reads a file on top of what is known; throws all that is wrong with it.
    mutating func add(_ bytes: [UInt8], name: String) throws(YAMLRefusal) {
        self = try StrictReader.read(bytes, name: name, as: shape())
    }
}

extension HeadingBook {
    private func shape() -> Shape<HeadingBook> {
        .mapping { keys in
            var book = self
            _ = keys.required("schema_version", .integer(in: 1...1))
            func fold(_ key: String) -> [String] {
                keys.optional(key, .list(.text), or: []).map { VietnameseText.folded($0) }
            }
            book.ignored.formUnion(fold("ignored"))
            book.skippedSheets.formUnion(fold("skipped_sheets"))
            book.totals.formUnion(fold("totals"))
            book.example = keys.optional("examples", .list(.text), or: []).first ?? book.example
            book.examples.formUnion(fold("examples"))
            if let grounds = keys.optional("grounds", groundShape()) { book.grounds = grounds }
            let kinds = keys.optional(
                "kinds",
                .mapping { kinds in
                    for kind in ImportKind.all {
                        if let words = kinds.optional(kind.name, kindShape(kind)) {
                            book.kinds[kind.name] = words
                        }
                    }
                    return true
                })
            return kinds ?? true ? book : nil
        }
    }

    private func groundShape() -> Shape<GroundWords> {
        let known = grounds
        return .mapping { keys in
            GroundWords(
                article: known.article + keys.optional("article", .list(.text), or: []),
                clause: known.clause + keys.optional("clause", .list(.text), or: []),
                point: known.point + keys.optional("point", .list(.text), or: []))
        }
    }

    private func kindShape(_ kind: ImportKind) -> Shape<KindWords> {
        let known = words(of: kind)
        return .mapping { keys in
            var words = known
            words.sheets += keys.optional("sheets", .list(.text), or: [])
            let columns: Shape<Bool> = .mapping { columns in
                for (index, column) in kind.columns.enumerated() {
                    for heading in columns.optional(column.name, .list(.text), or: []) {
                        let folded = VietnameseText.folded(heading)
                        if let taken = words.columns[folded], taken != index {
                            columns.refuse(
                                column.name,
                                "has “\(heading)”, which names \(kind.columns[taken].name)",
                                "a heading names one column of a kind")
                        }
                        words.columns[folded] = index
                        words.headings[index].append(heading)
                    }
                }
                return true
            }
            let choices: Shape<Bool> = .mapping { choices in
                for (index, column) in kind.columns.enumerated() {
                    guard case .choice(let codes) = column.type else { continue }
                    let shape: Shape<Bool> = .mapping { spelled in
                        for code in codes {
                            for word in spelled.optional(code, .list(.text), or: []) {
                                let folded = VietnameseText.folded(word)
                                if let taken = words.codes[index]?[folded], taken != code {
                                    spelled.refuse(
                                        code, "has “\(word)”, which stands for \(taken)",
                                        "a word stands for one choice")
                                }
                                words.codes[index, default: [:]][folded] = code
                                words.words[index, default: []].append((word, code))
                            }
                        }
                        return true
                    }
                    _ = choices.optional(column.name, shape)
                }
                return true
            }
            _ = keys.optional("columns", columns)
            _ = keys.optional("choices", choices)
            return words
        }
    }
}

extension HeadingBook {
    /// What makes a book unreadable, one sentence a fault.
    struct Unreadable: Error, CustomStringConvertible {
        let sentences: [String]
        var description: String { sentences.joined(separator: "; ") }
    }

    /// The product's file, under the folder of the law book.
    static func productFile(lawBook: String) -> String { lawBook + "/import/headings.yaml" }

    private struct Read {
        var files: [String]
        var book: HeadingBook
    }

    private static let held = Mutex<Read?>(nil)

    /// The book of these files, each on top of those before; read once.
    static func load(_ files: [String]) throws(Unreadable) -> HeadingBook {
        if let read = held.withLock({ $0 }), read.files == files { return read.book }
        let book = try read(files)
        held.withLock { $0 = Read(files: files, book: book) }
        return book
    }

    /// The bytes of a file of data that an import goes by.
    static func bytes(of file: String) throws(Unreadable) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Unreadable(sentences: [
                "\(file): cannot be read; check the path and its permissions"
            ])
        }
        return Array(data)
    }

    /// As `load`, but looks at the files again.
    static func read(_ files: [String]) throws(Unreadable) -> HeadingBook {
        var book = HeadingBook()
        for file in files {
            let bytes = try bytes(of: file)
            do {
                try book.add(bytes, name: file)
            } catch {
                throw Unreadable(sentences: error.issues.map(\.description))
            }
        }
        return book
    }
}
