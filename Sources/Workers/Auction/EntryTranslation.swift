internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Where a request to record an event becomes an entry, and its rows those of the store.
enum EntryTranslation {
    static func entry(
        _ request: AuctionV1.RecordRequest, _ call: WorkerCall
    ) throws(Failure) -> AuctionEntry {
        let kind: AuctionEntry.Kind = try word(request.event, "event")
        let on = try call.asOf(request.on)
        guard on <= call.receivedOn else {
            throw Failure(
                .invalidArgument, "ngày \(on.vietnamese) chưa đến", field: "on",
                hint: "chỉ ghi việc đã xảy ra")
        }
        var entry = AuctionEntry(kind, on: on)
        entry.amount = try money(request.amount, "amount")
        entry.deposit = try money(request.deposit, "deposit")
        entry.outcome = try optionalWord(request.outcome, "outcome")
        entry.procedure = try optionalWord(request.procedure, "procedure")
        entry.assetKind = try optionalWord(request.assetKind, "asset_kind")
        entry.auctionHouse = text(request.auctionHouse)
        entry.appraiser = text(request.appraiser)
        entry.description = text(request.descriptionField)
        entry.registrants = request.registrants.map { Int(clamping: $0) }
        entry.isAgreed = request.agreed
        entry.isForBreach = request.breach
        if !request.validUntil.isEmpty {
            guard let until = Day(iso: request.validUntil) else {
                throw Failure(
                    .invalidArgument, "“\(request.validUntil.prefix(40))” không phải là ngày",
                    field: "valid_until", hint: "viết dạng YYYY-MM-DD, ví dụ 2021-09-30")
            }
            entry.validUntil = until
        }
        return entry
    }

    private static func text(_ text: String) -> String? { text.isEmpty ? nil : text.composed }

    private static func money(_ amount: Int64?, _ field: String) throws(Failure) -> Dong? {
        guard let amount else { return nil }
        guard (1...Cell.largestAmount.amount).contains(amount) else {
            throw Failure(
                .invalidArgument, "số tiền \(amount) không hợp lệ", field: field,
                hint: "viết số đồng lớn hơn 0")
        }
        return Dong(amount)
    }

    private static func optionalWord<Word: RawRepresentable & CaseIterable>(
        _ text: String, _ field: String
    ) throws(Failure) -> Word? where Word.RawValue == String {
        text.isEmpty ? nil : try word(text, field)
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, _ field: String
    ) throws(Failure) -> Word where Word.RawValue == String {
        if let word = Word(rawValue: text) { return word }
        throw Failure(
            .invalidArgument, "không có “\(text.prefix(40))”", field: field,
            hint: "một trong: " + Word.allCases.map(\.rawValue).joined(separator: ", "))
    }

    /// A change of facts as a row of its kind.
    static func row(
        _ change: FactChange, key: CaseKey, assetNo: String
    ) throws -> RecordedRow {
        guard let kind = ImportKind.named(change.kind) else {
            throw Failure(.internal, "there is no kind \(change.kind)")
        }
        var values = [FieldValue](repeating: .null, count: kind.columns.count)
        var present = [Bool](repeating: false, count: kind.columns.count)
        values[0] = .text(key.unit)
        values[1] = .text(key.decisionNo)
        values[2] = .text(assetNo)
        if kind.keyCount > 3, let own = change.key { values[3] = field(own) }
        for at in 0..<kind.keyCount { present[at] = true }
        for (at, column) in kind.columns.enumerated() {
            guard let value = change.columns[column.name] else { continue }
            values[at] = value.map(field) ?? .null
            present[at] = true
        }
        return RecordedRow(kind: kind, values: values, present: present)
    }

    private static func field(_ value: FactChange.Value) -> FieldValue {
        switch value {
        case .day(let day): .integer(Int64(day.number))
        case .number(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }
}
