internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Whose rows an import may hold: a unit's sender brings rows of its own unit alone. One row of another refuses
/// the whole import, before anything of it is applied.
struct RowScope: Sendable {
    let access: WorkerAccess

    /// - Throws: PERMISSION_DENIED, which names file and line.
    func check(_ batch: ParsedBatch) throws(Failure) {
        guard !access.coversProvince else { return }
        for rows in batch.parts where !rows.lines.isEmpty { try check(rows) }
    }

    private func check(_ rows: ParsedRows) throws(Failure) {
        let kind = rows.file.kind
        guard let column = kind.key.firstIndex(where: { $0.name == "unit_code" }),
            kind.name != ImportKind.units.name
        else {
            // Units, officers and firms are the province's: who belongs where decides who sees what.
            throw refusal(
                "\(rows.file.name): loại “\(kind.name)” là danh mục chung của tỉnh",
                "để bộ phận cấp tỉnh nhập tệp này")
        }
        for (row, line) in rows.lines.enumerated() {
            guard case .text(let unit) = rows.values[row, column], !access.covers(unit: unit) else {
                continue
            }
            throw refusal(
                "\(rows.file.name), dòng \(abs(line)): đơn vị “\(unit.prefix(64))” ngoài phạm vi",
                "bỏ dòng của đơn vị khác, hoặc xin cấp phạm vi trong access.yaml")
        }
    }

    private func refusal(_ what: String, _ hint: String) -> Failure {
        Failure(
            .permissionDenied, "\(what) của \(access.principal); cả lần nhập bị từ chối",
            field: "unit_code", hint: hint, reason: "OUT_OF_SCOPE")
    }
}
