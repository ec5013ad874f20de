internal import Wire

/// Who looks at a page: as whom the fleet is asked, and whose answers may be shown again.
struct Visitor: Sendable, Hashable {
    /// As the coordinator names it; empty where the page is open to all who reach it.
    let principal: String
    /// Names of the roles, as the fleet has them.
    let roles: [String]
    /// Shown to the fleet with each call; empty where the plugin asks for itself.
    let session: String

    static let open = Visitor(principal: "", roles: [], session: "")

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
