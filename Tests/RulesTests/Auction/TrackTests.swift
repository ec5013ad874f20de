import Rules
import Testing

/// Where an asset stands, day by day, on the way of Art. 98–104.
struct TrackTests {
    static func file(_ disposal: Disposal = .taken) throws -> CaseFile {
        try Make.file { file in
            file.officer = "CHV1"
            file.assets = [
                try Make.asset(seized: "01/03") { asset in
                    asset.valuedOn = try day("22/03")
                    asset.value = Dong(900)
                    asset.rounds = [
                        try Make.round(
                            1, contract: "30/03", posted: "31/03", held: "19/04", .noBids,
                            notified: "20/04"),
                        try Make.round(
                            2, posted: "29/04", held: "17/05", .failed, notified: "18/05"),
                        try Make.round(3, posted: "24/05", held: "10/06", .noBids),
                    ]
                    asset.reductions = [
                        try Make.reduction(1, on: "29/04", to: 810),
                        try Make.reduction(2, on: "24/05", to: 729),
                        try Make.reduction(3, on: "28/06", to: 657),
                    ]
                    asset.offers = [
                        try Make.offer("14/06", .refused, answered: "16/06"),
                        try Make.offer("20/07", .accepted, answered: "22/07"),
                    ]
                    asset.disposedOn = try day("31/08")
                    asset.disposal = disposal
                }
            ]
        }
    }

    @Test(arguments: [
        ("01/03", AuctionState.seized, "01/03"), ("21/03", .seized, "01/03"),
        ("22/03", .valued, "22/03"), ("30/03", .contracted, "30/03"), ("18/04", .posted, "31/03"),
        ("19/04", .failed, "19/04"), ("29/04", .posted, "29/04"), ("17/05", .failed, "17/05"),
        ("24/05", .posted, "24/05"), ("13/06", .failed, "10/06"), ("14/06", .offered, "14/06"),
        ("16/06", .failed, "16/06"), ("28/06", .reduced, "28/06"), ("20/07", .offered, "20/07"),
        ("22/07", .accepted, "22/07"), ("30/08", .accepted, "22/07"), ("31/08", .taken, "31/08"),
    ])
    func state(asOf: String, state: AuctionState, since: String) throws {
        let track = try #require(try Self.file().auctionTracks(on: day(asOf)).first)
        #expect(track.state == state)
        #expect(track.since == (try day(since)))
    }

    @Test func countsAndPriceOfTheDay() throws {
        let file = try Self.file()
        let track = try #require(file.auctionTracks(on: try day("20/05")).first)
        #expect(track.rounds == 2)
        #expect(track.reductions == 1)
        #expect(track.currentPrice == Dong(810))
        #expect(track.officer == "CHV1")
        #expect(file.auctionTracks(on: try day("28/02")).isEmpty, "not yet seized")
    }

    @Test(arguments: [
        (Disposal.sold, AuctionState.sold), (.taken, .taken), (.released, .released),
        (.returned, .returned),
    ])
    func disposalClosesTheTrack(disposal: Disposal, state: AuctionState) throws {
        let track = try #require(try Self.file(disposal).auctionTracks(on: day("31/08")).first)
        #expect(track.state == state)
        #expect(track.state.isClosed)
    }
}
