/// Which province to make: a believable one, or one made of edges for tests.
public enum Profile: String, CaseIterable, Sendable {
    case socTrang = "soc-trang"
    case edges
}

/// What a synthetic province is made from; the same request always gives the same bytes.
public struct ProvinceRequest: Sendable {
    public var seed: UInt64
    /// At least 1.
    public var units: Int
    /// 0 or more, over all units.
    public var cases: Int
    public var profile: Profile

    public init(seed: UInt64, units: Int, cases: Int, profile: Profile = .socTrang) {
        self.seed = seed
        self.units = units
        self.cases = cases
        self.profile = profile
    }
}

/// Writes the tables of a synthetic province (contracts: import), piece by piece and in bounded memory.
///
/// Throws only what the sink throws. Every table has at least its heading.
public func writeProvince(_ request: ProvinceRequest, into sink: inout some TableSink) throws {
    precondition(request.units >= 1, "a province needs a unit")
    precondition(request.cases >= 0, "a count of cases is not negative")
    try ProvinceGenerator(request: request).write(into: &sink)
}
