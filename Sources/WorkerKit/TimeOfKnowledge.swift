public import Rules
public import Store
internal import Wire

extension ReadScope {
    /// The store as it was known at `text`: the number of a change, or a day, which means the last change that
    /// was received by its end in Vietnam. Empty text: the store as it stands.
    ///
    /// - Throws: INVALID_ARGUMENT for other texts, NOT_FOUND for a change that is not there.
    public func known(as text: String) throws -> ReadScope {
        if text.isEmpty { return self }
        if let day = Day(iso: text) {
            return try known(at: try lastChange(receivedBefore: (day + 1).startInVietnam))
        }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let change = Int64(text) else {
            throw Failure(
                .invalidArgument,
                "“\(text.prefix(40))” không phải số thay đổi, cũng không phải ngày",
                field: "known_at",
                hint: "ghi số thay đổi (xem caodiem import list) hoặc ngày dạng YYYY-MM-DD")
        }
        let last = try lastChange()
        guard change <= last else {
            throw Failure(
                .notFound, "kho chưa có thay đổi số \(change)", field: "known_at",
                hint: "thay đổi cuối cùng là số \(last)")
        }
        return try known(at: change)
    }
}

extension Day {
    private static let millisecondsPerDay: Int64 = 86_400_000
    /// Vietnam is seven hours ahead of UTC, all year.
    private static let aheadOfUTC: Int64 = 7 * 3_600_000

    /// Midnight in Vietnam with which the day begins; milliseconds since 1970.
    var startInVietnam: Int64 { Int64(number) * Day.millisecondsPerDay - Day.aheadOfUTC }

    /// The day in Vietnam of a moment in milliseconds since 1970.
    public init(inVietnamAt milliseconds: Int64) {
        let local = milliseconds + Day.aheadOfUTC
        let (whole, rest) = local.quotientAndRemainder(dividingBy: Day.millisecondsPerDay)
        self.init(number: Int32(clamping: rest < 0 ? whole - 1 : whole))
    }
}
