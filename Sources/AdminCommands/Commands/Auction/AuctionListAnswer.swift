import Wire

/// `caodiem.auction-list/1`: where each seized asset stands.
enum AuctionListAnswer {
    static func of(_ messages: [AuctionV1.Track]) -> Answer {
        let head = messages.lazy.compactMap(\.head).first ?? AuctionV1.AuctionHead()
        let tracks = messages.filter { $0.head == nil }
        let members = head.members + [.init("tracks", .list(tracks, json))]
        return Answer(.answer("auction-list/1", members)) { text(tracks, head, $0) }
    }

    static func json(_ track: AuctionV1.Track) -> JSON {
        [
            "unit": .string(track.unit),
            "decision_no": .string(track.decisionNo),
            "asset_no": .string(track.assetNo),
            "asset_kind": .text(track.assetKind),
            "description": .text(track.descriptionField),
            "officer": .text(track.officer),
            "seized_on": .text(track.seizedOn),
            "state": .string(track.state),
            "state_since": .text(track.stateSince),
            "rounds": .number(track.rounds),
            "reductions": .number(track.reductions),
            "current_price": .number(track.currentPrice),
        ]
    }

    static func text(
        _ tracks: [AuctionV1.Track], _ head: AuctionV1.AuctionHead, _ terminal: Terminal
    ) -> String {
        let title = AuctionText.tracks(tracks.count, Formats.day(head.asOf))
        guard !tracks.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.kind, dropOrder: 2), Column(AuctionText.state, wrapsTo: 12),
            Column(AuctionText.since), Column(AuctionText.rounds, .right, dropOrder: 4),
            Column(AuctionText.reductions, .right, dropOrder: 5),
            Column(AuctionText.price, .right, dropOrder: 6),
            Column(AuctionText.officer, dropOrder: 3),
            Column(AuctionText.description, wrapsTo: 20, dropOrder: 1),
        ])
        for track in tracks {
            table.add([
                Cell(track.unit), Cell(track.decisionNo), Cell(track.assetNo),
                Cell(Terms.assetKind[track.assetKind]), Cell(Terms.trackState[track.state]),
                Cell(Formats.day(track.stateSince)), Cell(Formats.count(track.rounds)),
                Cell(Formats.count(track.reductions)), Cell(Formats.money(track.currentPrice)),
                Cell(track.officer), Cell(track.descriptionField),
            ])
        }
        return [
            terminal.paragraph(title.text), table.rendered(on: terminal),
            head.lawBookLine(terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
