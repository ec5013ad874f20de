public import Rules
public import Store
public import Wire

extension ReadScope {
    /// The unit of that code, however its letters are composed, all of which the caller may see.
    ///
    /// - Throws: NOT_FOUND, with the nearest codes; PERMISSION_DENIED for a caller who may not see all units,
    ///   whether there is such a unit or not.
    public func requiredUnit(_ code: String) throws -> Unit {
        let units = try units()
        let composed = code.composed
        if let sight, !sight.covers(unit: composed) {
            throw Failure.outOfScope(composed, sight.principal, mine: sight.named)
        }
        guard let unit = units.first(where: { $0.code == composed }) else {
            throw Failure.unknownUnit(code, among: units)
        }
        return unit
    }

    /// The unit of that code; where it is empty, all units that the caller may see all of.
    public func selectedUnits(_ code: String) throws -> [Unit] {
        guard code.isEmpty else { return [try requiredUnit(code)] }
        return try units().filter { sight?.covers(unit: $0.code) ?? true }
    }

    /// As `selectedUnits`, with units of which the caller sees some cases: for answers case by case alone. Reads of
    /// such a unit give only those cases.
    public func touchedUnits(_ code: String) throws -> [Unit] {
        guard let sight else { return try selectedUnits(code) }
        let composed = code.composed
        if !code.isEmpty, !sight.touches(unit: composed) {
            throw Failure.outOfScope(composed, sight.principal, mine: sight.named)
        }
        return try units().filter {
            code.isEmpty ? sight.touches(unit: $0.code) : $0.code == composed
        }
    }

    /// The case of that key with all its facts, or the failure that says what is missing: the unit, or its case.
    public func requiredCase(_ key: CaseKey) throws -> CaseFile {
        if let sight {
            guard sight.touches(unit: key.unit), let file = try caseFile(key) else {
                throw Failure.outOfScope(key, sight.principal)
            }
            return file
        }
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
