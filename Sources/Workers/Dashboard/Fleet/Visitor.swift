internal import Wire

/// Who looks at a page: as whom the fleet is asked, and whose answers may be shown again.
struct Visitor: Sendable, Hashable {
    /// As the coordinator names it; empty where the page is open to all who reach it.
    let principal: String
    /// Names of the roles, as the fleet has them.
    let roles: [String]
    /// The units that they see; empty for all of them.
    let units: [String]
    /// Shown to the fleet with each call; empty where the plugin asks for itself.
    let session: String

    static let open = Visitor(principal: "", roles: [], units: [], session: "")

    /// What questions about the whole province become for who sees one unit alone; empty for all others.
    var onlyUnit: String { units.count == 1 ? units[0] : "" }

    /// Every worker keeps to what the visitor may see; the board does not even ask about another unit.
    ///
    /// - Throws: PERMISSION_DENIED for a unit that is none of theirs.
    func require(unit: String) throws(Failure) {
        guard !unit.isEmpty, !units.isEmpty, !units.contains(unit) else { return }
        throw Failure(
            .permissionDenied, "đơn vị “\(unit.prefix(40))” không thuộc phạm vi được xem",
            field: "unit", hint: "được xem: \(units.joined(separator: ", "))")
    }

    /// What is sent beside a call.
    var metadata: [WireV1.MetadataEntry] {
        guard !session.isEmpty else { return [] }
        return [
            .with {
                $0.key = "caodiem-on-behalf-of"
                $0.value = Array(session.utf8)
            }
        ]
    }
}
