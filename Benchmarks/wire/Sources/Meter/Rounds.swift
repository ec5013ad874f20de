/// Median times of two things done in turn, many times a round.
public enum Rounds {
    public static let times = 20_000

    /// `{"decode", "encode"}` in nanoseconds each
    public static func report(
        _ rounds: Int, decode: () throws -> Void, encode: () throws -> Void
    ) rethrows -> String {
        var decoding: [Double] = []
        var encoding: [Double] = []
        for _ in 0..<rounds {
            decoding.append(try timed(decode))
            encoding.append(try timed(encode))
        }
        return "{\"decode\": \(median(decoding)), \"encode\": \(median(encoding))}"
    }

    private static func timed(_ body: () throws -> Void) rethrows -> Double {
        let start = Meter.now
        for _ in 0..<times { try body() }
        return Double(Meter.now - start) / Double(times)
    }

    private static func median(_ all: [Double]) -> Double { all.sorted()[all.count / 2] }
}
