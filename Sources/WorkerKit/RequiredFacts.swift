public import Rules
public import Store
public import Wire

extension ReadScope {
    /// The case of that key with all its facts, or the failure that says what is missing: the unit, or its case.
    public func requiredCase(_ key: CaseKey) throws -> CaseFile {
        if let file = try caseFile(key) { return file }
        let units = try units()
        guard units.contains(where: { $0.code == key.unit }) else {
            throw Failure.unknownUnit(key.unit, among: units)
        }
        throw Failure.unknownCase(key)
    }
}

extension Failure {
    /// The unit has no case of that number.
    public static func unknownCase(_ key: CaseKey) -> Failure {
        Failure(
            .notFound, "đơn vị \(key.unit) không có việc số “\(key.decisionNo)”",
            field: "decision_no",
            hint: "viết đúng số quyết định như trong danh sách, kể cả dấu gạch chéo")
    }
}
