internal import Wire

/// gRPC's `grpc-timeout`: at most eight digits and a unit.
enum TimeoutHeader {
    /// The time it gives; zero and less is a deadline that has passed.
    ///
    /// - Throws: INTERNAL, as gRPC's servers answer a value that does not read.
    static func duration(_ text: String, atMost limit: Duration) throws(Failure) -> Duration {
        let digits = text.dropLast()
        guard (1...8).contains(digits.utf8.count), digits.allSatisfy({ ("0"..."9").contains($0) }),
            let amount = Int64(digits), let unit = text.last
        else {
            throw unreadable(text)
        }
        let duration: Duration =
            switch unit {
            case "H": .seconds(amount * 3600)
            case "M": .seconds(amount * 60)
            case "S": .seconds(amount)
            case "m": .milliseconds(amount)
            case "u": .microseconds(amount)
            case "n": .nanoseconds(amount)
            default: throw unreadable(text)
            }
        return min(duration, limit)
    }

    private static func unreadable(_ text: String) -> Failure {
        Failure(.internal, "grpc-timeout '\(text.prefix(20))' does not read")
    }
}
