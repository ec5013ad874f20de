internal import Rules
internal import Store
internal import WorkerKit
internal import Wire

/// What an asset, and a unit's list, can still come to.
enum ForecastHandlers {
    static func register(in services: inout WorkerServices) {
        services.unary(AuctionV1.Auction.simulate, simulate)
        services.unary(AuctionV1.Auction.outlook, outlook)
    }

    @Sendable
    static func simulate(
        _ request: AuctionV1.SimulateRequest, _ call: WorkerCall
    ) async throws(Failure) -> AuctionV1.Simulation {
        let day = try call.asOf(request.asOf)
        let key = CaseKey(unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        let assetNo = request.assetNo.composed
        let rates = try rates(request.reduction)
        let law = call.law
        return try await call.load { scope in
            let file = try scope.requiredCase(key)
            let plan = try scope.planInForce(request.campaign)?.plan
            let simulation: AuctionSimulation?
            do throws(RateRefusal) {
                simulation = try simulateAuction(
                    of: file, assetNo: assetNo, rates: rates, law: law, asOf: day)
            } catch {
                throw Failure.refused(error)
            }
            guard let simulation else { throw Failure.notSeized(assetNo, of: file, by: day) }
            return ForecastTranslation.simulation(simulation, of: file, plan: plan, law: law)
        }
    }

    @Sendable
    static func outlook(
        _ request: AuctionV1.OutlookRequest, _ call: WorkerCall
    ) async throws(Failure) -> AuctionV1.OutlookReply {
        let day = try call.asOf(request.asOf)
        let law = call.law
        let unit = request.unit
        return try await call.load { scope in
            let plan = try scope.appliedPlan(campaign: request.campaign).plan
            var reply = AuctionV1.OutlookReply()
            reply.asOf = day.description
            reply.campaign = plan.id
            reply.lawBook = law.digest
            reply.units = try scope.selectedUnits(unit).map { unit in
                let file = try scope.unitFile(unit)
                let outlook = auctionOutlook(of: file, plan: plan, law: law, asOf: day)
                let duties = auctionDuties(of: file, plan: plan, law: law, asOf: day)
                return ForecastTranslation.outlook(outlook, duties: duties)
            }
            return reply
        }
    }

    private static func rates(_ text: String) throws(Failure) -> [Ratio]? {
        if text.isEmpty { return nil }
        guard let rate = Ratio(share: text) else {
            throw Failure(
                .invalidArgument, "“\(text)” không phải là một tỷ lệ", field: "reduction",
                hint: "viết 5%, 0.05 hoặc 1/20")
        }
        return [rate]
    }
}

extension Failure {
    fileprivate static func refused(_ refusal: RateRefusal) -> Failure {
        let cap = ForecastTranslation.percent(refusal.cap)
        return Failure(
            .failedPrecondition,
            "mỗi lần giảm giá không quá \(cap) giá khởi điểm của lần đấu giá liền kề trước đó "
                + "(\(refusal.citation)); không tính lịch với mức "
                + ForecastTranslation.percent(refusal.rate),
            field: "reduction", hint: "chọn một mức lớn hơn 0 và không quá \(cap)",
            reason: "REDUCTION_ABOVE_CAP")
    }

    fileprivate static func notSeized(_ assetNo: String, of file: CaseFile, by day: Day) -> Failure
    {
        let known = file.assets.filter { $0.seizedOn <= day }.map(\.assetNo).sorted()
        return Failure(
            .notFound,
            "việc \(file.key.decisionNo) không có tài sản số “\(assetNo)” kê biên đến ngày "
                + day.vietnamese,
            field: "asset_no",
            hint: known.isEmpty
                ? "đến ngày này chưa kê biên tài sản nào"
                : "các tài sản: " + known.joined(separator: ", "))
    }
}
