/// The last lines that a plugin's processes wrote: bytes go in as pipes give them, lines come out.
///
/// Each pipe has its own assembly, so lines of stdout and stderr never mix; a line that is too
/// long is cut and says so, control characters are taken out, bad UTF-8 is repaired.
struct WorkerLog: Sendable {
    enum Pipe: Int, Sendable, CaseIterable {
        case output, errors
    }

    private struct Assembly: Sendable {
        var bytes: [UInt8] = []
        var cut = 0
    }

    private let lineBytes: Int
    private var assemblies = Pipe.allCases.map { _ in Assembly() }
    private var ring: [String] = []
    private var oldest = 0
    private let capacity: Int

    init(limits: SupervisionLimits) {
        lineBytes = limits.logLineBytes
        capacity = max(1, limits.logLinesKept)
    }

    /// Kept lines, oldest first.
    var lines: [String] { Array(ring[oldest...] + ring[..<oldest]) }

    /// Adds bytes of one pipe; returns the lines that they completed.
    mutating func take(_ bytes: some Sequence<UInt8>, from pipe: Pipe) -> [String] {
        var completed: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                completed.append(endLine(of: pipe))
            } else if assemblies[pipe.rawValue].bytes.count < lineBytes {
                assemblies[pipe.rawValue].bytes.append(byte)
            } else {
                assemblies[pipe.rawValue].cut += 1
            }
        }
        return completed
    }

    /// The process ended: what stands without a newline is a line as well.
    mutating func finish() -> [String] {
        Pipe.allCases.compactMap { pipe in
            assemblies[pipe.rawValue].bytes.isEmpty ? nil : endLine(of: pipe)
        }
    }

    /// Keeps a line that is complete already.
    mutating func keep(_ line: String) {
        if ring.count < capacity {
            ring.append(line)
        } else {
            ring[oldest] = line
            oldest = (oldest + 1) % capacity
        }
    }

    private mutating func endLine(of pipe: Pipe) -> String {
        let assembly = assemblies[pipe.rawValue]
        assemblies[pipe.rawValue] = Assembly()
        var line = WorkerLog.printable(String(decoding: assembly.bytes, as: UTF8.self))
        if assembly.cut > 0 { line += " … [\(assembly.cut) bytes more]" }
        keep(line)
        return line
    }

    /// Without escape sequences' introducers and other control characters; tabs become spaces.
    static func printable(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                scalars.append(" ")
            } else if scalar.properties.generalCategory != .control {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
