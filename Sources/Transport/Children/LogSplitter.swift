/// Cuts what a child prints into lines of bounded length.
struct LogSplitter {
    private let source: LogLine.Source
    private let limit: Int
    private var line: [UInt8] = []
    private var isCut = false

    init(source: LogLine.Source, limit: Int) {
        self.source = source
        self.limit = limit
    }

    /// Takes in what a read gave and tells the lines that it ends.
    mutating func feed(_ bytes: ArraySlice<UInt8>, _ tell: (LogLine) -> Void) {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            keep(rest[..<end])
            finish(tell)
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    /// The output has ended; what came after the last newline is a line too.
    mutating func end(_ tell: (LogLine) -> Void) {
        if !line.isEmpty || isCut { finish(tell) }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        let room = limit - line.count
        line.append(contentsOf: bytes.prefix(room))
        if bytes.count > room { isCut = true }
    }

    private mutating func finish(_ tell: (LogLine) -> Void) {
        if line.last == 0x0D { line.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        tell(LogLine(source: source, text: text, isCut: isCut))
        line.removeAll(keepingCapacity: true)
        isCut = false
    }
}
