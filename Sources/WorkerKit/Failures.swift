public import Rules
public import Store
public import Wire

extension Failure {
    /// A store's failure as a client sees it.
    public init(_ failure: StoreFailure) {
        let code: StatusCode =
            switch failure.reason {
            case .busy: .unavailable
            case .full: .resourceExhausted
            case .readOnly, .newerSchema, .olderSchema, .foreign: .failedPrecondition
            case .fenced: .aborted
            case .corrupt: .dataLoss
            case .interrupted: .cancelled
            case .cannotOpen: .unavailable
            case .constraint, .other: .internal
            }
        self.init(
            code, failure.message, hint: failure.hint, retryable: failure.reason == .busy,
            reason: "STORE_" + failure.reason.rawValue.uppercased())
    }

    /// There is no unit of that code.
    public static func unknownUnit(_ code: String, among units: [Unit]) -> Failure {
        Failure(
            .notFound, "không có đơn vị “\(code)”", field: "unit",
            hint: hint(of: units.map(\.code), near: code))
    }

    /// Codes that an unknown unit's hint lists at most.
    private static let listedUnits = 20

    private static func hint(of codes: [String], near code: String) -> String {
        if codes.isEmpty { return "kho chưa có đơn vị nào; nhập tệp units trước" }
        let near = VietnameseText.nearest(to: code, among: codes).map { "có phải \($0)? " } ?? ""
        let more = codes.count > listedUnits ? " … (\(codes.count) đơn vị)" : ""
        return near + "các đơn vị: "
            + codes.prefix(listedUnits).joined(separator: ", ") + more
    }
}
