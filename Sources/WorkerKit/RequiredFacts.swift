public import Rules
public import Store
public import Wire

extension ReadScope {
    /// The unit of that code, however its letters are composed.
    ///
    /// - Throws: NOT_FOUND, with the nearest codes.
    public func requiredUnit(_ code: String) throws -> Unit {
        let units = try units()
        let composed = code.composed
        guard let unit = units.first(where: { $0.code == composed }) else {
            throw Failure.unknownUnit(code, among: units)
        }
        return unit
    }

    /// The unit of that code, or all units where it is empty.
    public func selectedUnits(_ code: String) throws -> [Unit] {
        code.isEmpty ? try units() : [try requiredUnit(code)]
    }

    /// The case of that key with all its facts, or the failure that says what is missing: the unit, or its case.
    public func requiredCase(_ key: CaseKey) throws -> CaseFile {
        if let file = try caseFile(key) { return file }
        _ = try requiredUnit(key.unit)
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
