internal import Rules
internal import Store
internal import WorkerKit
internal import Wire

/// Appraisers, auction houses, and the patterns that their rows show.
enum FirmHandlers {
    static func register(in services: inout WorkerServices) {
        services.stream(AuctionV1.Auction.houses, houses)
        services.stream(AuctionV1.Auction.appraisers, appraisers)
        services.stream(AuctionV1.Auction.signals, signals)
    }

    @Sendable
    static func houses(
        _ request: AuctionV1.FirmsRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Firm) async throws(Failure) -> Void
    ) async throws(Failure) {
        let found = try await registry(request, call)
        let wanted = try named(request.firm, found.registry.houses, in: found.firms.houses)
        try await send(.with { $0.head = found.head })
        for house in wanted { try await send(FirmTranslation.house(house)) }
    }

    @Sendable
    static func appraisers(
        _ request: AuctionV1.FirmsRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Firm) async throws(Failure) -> Void
    ) async throws(Failure) {
        let found = try await registry(request, call)
        let wanted = try named(request.firm, found.registry.appraisers, in: found.firms.appraisers)
        try await send(.with { $0.head = found.head })
        for appraiser in wanted { try await send(FirmTranslation.appraiser(appraiser)) }
    }

    @Sendable
    static func signals(
        _ request: AuctionV1.SignalsRequest, _ call: WorkerCall,
        _ send: @Sendable (AuctionV1.Signal) async throws(Failure) -> Void
    ) async throws(Failure) {
        try call.access.requireProvince()
        let day = try call.asOf(request.asOf)
        let law = call.law
        let unit = request.unit
        let messages = try await call.load { scope in
            let found = auctionSignals(
                of: try scope.auctionedFiles(unit: unit),
                houses: try scope.firmRegister(.auctionHouse),
                appraisers: try scope.firmRegister(.appraiser), law: law, asOf: day)
            let head = try scope.auctionHead(try scope.planInForce(""), law, on: day)
            let signals = try found.signals.map { signal in
                FirmTranslation.signal(
                    signal, sources: try signal.evidence.map { try scope.source(of: $0) })
            }
            return [.with { $0.head = head }] + signals
                + found.undetermined.map(FirmTranslation.undetermined)
        }
        for message in messages { try await send(message) }
    }

    private struct Found: Sendable {
        let head: AuctionV1.AuctionHead
        let registry: AuctionRegistry
        let firms: RegisteredFirms
    }

    private static func registry(
        _ request: AuctionV1.FirmsRequest, _ call: WorkerCall
    ) async throws(Failure) -> Found {
        let day = try call.asOf(request.asOf)
        let law = call.law
        let unit = request.unit
        return try await call.load { scope in
            let firms = try scope.registeredFirms()
            let registry = auctionRegistry(
                of: try scope.auctionedFiles(unit: unit), firms: firms, law: law, asOf: day)
            return Found(
                head: try scope.auctionHead(try scope.planInForce(""), law, on: day),
                registry: registry, firms: firms)
        }
    }

    /// All firms, or the one that `text` names by code or name, in any spelling.
    private static func named<Record>(
        _ text: String, _ firms: [FirmStanding<Record>], in register: FirmRegister
    ) throws(Failure) -> [FirmStanding<Record>] {
        if text.isEmpty { return firms }
        let wanted = register.firm(named: text)?.code
        let folded = VietnameseText.folded(text)
        let found = firms.filter { firm in
            wanted.map { firm.firm?.code == $0 }
                ?? (firm.firm == nil && VietnameseText.folded(firm.name) == folded)
        }
        guard !found.isEmpty else {
            throw Failure(
                .notFound, "không có tổ chức “\(text)”", field: "firm",
                hint: firms.isEmpty
                    ? "chưa có tổ chức nào được đăng ký hoặc được nêu tên"
                    : "các tổ chức: " + firms.map(\.name).joined(separator: ", "))
        }
        return found
    }
}

extension ReadScope {
    /// The cases with assets of one unit, or of all.
    fileprivate func auctionedFiles(unit code: String) throws -> [CaseFile] {
        try selectedUnits(code).flatMap { try caseFilesWithAssets(unit: $0.code) }
    }
}
