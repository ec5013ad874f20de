/// What the law allows or sets on the way of an asset to its next step.
public struct AuctionAdvice: Sendable, Equatable {
    public enum Topic: String, Sendable, CaseIterable {
        /// Who sells (LTHADS Art. 101.2–4).
        case sellingOrgan = "selling_organ"
        /// The shortened procedure may be agreed on (Auction Law Art. 53.1).
        case shortenedOpen = "shortened_open"
        /// The first day on which a posted auction may open.
        case earliestOpening = "earliest_opening"
        /// When dossiers are sold and taken in.
        case dossiers
        /// When the deposit is taken in.
        case deposit
        case depositAmount = "deposit_amount"
        /// Until when the debtor can have the asset back.
        case redemption
        /// Until when the valuation can be used.
        case certificate
        /// How far the next reduction may go.
        case lowestPrice = "lowest_price"
        /// Until when co-owners may buy first.
        case preemption
        case creditorMayTake = "creditor_may_take"
        case returnAsset = "return_asset"
    }

    public let topic: Topic
    /// The rule with what it says here, one sentence in Vietnamese.
    public let rule: AppliedRule
    /// First and last day of a window; nil where there is none.
    public var from: Day?
    public var until: Day?
    /// Lowest and highest amount; nil where there is none.
    public var least: Dong?
    public var most: Dong?
}

extension CaseFile {
    /// The advice for an asset on `day`, in the order of the way; none for a closed one. An opening that is
    /// scheduled for a later day counts from the day its auction was posted. Where the law book lacks a value,
    /// the advice that needs it is left out.
    public func auctionAdvice(_ assetNo: String, law: LawTable, on day: Day) -> [AuctionAdvice] {
        guard let asset = assets.first(where: { $0.assetNo == assetNo }),
            let seen = asset.seen(by: day), !isFinished(on: day)
        else { return [] }
        let course = seen.course
        guard !course.state.isClosed else { return [] }
        var opening: Day?
        if let posting = course.posting {
            let round = asset.rounds.first { $0.round == posting.round }
            opening = round.flatMap { $0.outcome == .cancelled ? nil : $0.heldOn }
        }
        return AdviceFinder(
            asset: seen, course: course, opening: opening,
            terms: auctionTerms(of: seen, law: law), on: day
        ).advice
    }
}

/// Finds the advice of one open asset.
private struct AdviceFinder {
    /// Facts after the day are blank.
    let asset: Asset
    let course: AuctionCourse
    /// The day for which the posted auction is scheduled.
    let opening: Day?
    let terms: AuctionTerms
    let on: Day

    var advice: [AuctionAdvice] {
        let parts: [() throws(TrackFinding) -> [AuctionAdvice]] = [
            sellingOrgan, certificate, preemption, procedure, posted, windows, depositAmount,
            afterFailure, afterAcceptance,
        ]
        return parts.flatMap { part in
            do throws(TrackFinding) { return try part() } catch { return [] }
        }
    }

    private var law: LawCheck { LawCheck(law: terms.law, event: .seized, on: on) }
    private var calendar: WorkingCalendar { terms.law.calendar }

    /// A round is still to be prepared, now or after a reduction.
    private var isBeforeRound: Bool {
        course.posting == nil && course.acceptedOn == nil && course.value != nil
    }

    private func make(
        _ topic: AuctionAdvice.Topic, _ id: String, _ sentence: String
    ) -> [AuctionAdvice] {
        guard let rule = terms.law.rule(id, on: on) else { return [] }
        let applied = AppliedRule(
            id: id, citation: rule.citation, text: sentence, verified: rule.verified)
        return [AuctionAdvice(topic: topic, rule: applied)]
    }

    private func sellingOrgan() throws(TrackFinding) -> [AuctionAdvice] {
        guard let value = course.value, course.contractOn == nil, course.failures == 0 else {
            return []
        }
        let above = try law.money("V-11.auction_house_above")
        if terms.kind == .realEstate || value > above {
            return make(
                .sellingOrgan, "V-11.auction_house_above",
                "Tài sản này do tổ chức đấu giá bán, theo hợp đồng dịch vụ.")
        }
        return value < (try law.money("V-11.direct_sale_below"))
            ? make(.sellingOrgan, "V-11.direct_sale", "Chấp hành viên bán không qua đấu giá.")
            : make(
                .sellingOrgan, "V-11.officer_auction_movable", "Chấp hành viên tự bán đấu giá.")
    }

    private func certificate() throws(TrackFinding) -> [AuctionAdvice] {
        guard let end = try asset.certificateEnd(by: on, law) else { return [] }
        let said =
            on > end
            ? "Chứng thư thẩm định giá đã hết hiệu lực từ sau ngày \(end.vietnamese); cần định giá lại."
            : "Chứng thư thẩm định giá dùng được đến hết ngày \(end.vietnamese)."
        return make(.certificate, "V-06", said).map { $0.window(nil, end) }
    }

    private func preemption() throws(TrackFinding) -> [AuctionAdvice] {
        guard asset.coOwned, course.failures == 0, let valuedOn = asset.firstValuationOn else {
            return []
        }
        let id =
            switch terms.kind {
            case .movable: "V-13.first_movable"
            case .realEstate: "V-13.first_real_estate"
            }
        let end = calendar.due(try law.period(id), from: valuedOn)
        return make(
            .preemption, id,
            "Đồng sở hữu được ưu tiên mua đến ít nhất ngày \(end.vietnamese), "
                + "tính sớm nhất từ ngày định giá; phải thông báo cho họ."
        ).map { $0.window(nil, end) }
    }

    private func procedure() throws(TrackFinding) -> [AuctionAdvice] {
        guard isBeforeRound, let price = course.price else { return [] }
        let failures = try law.count("A-05.failed_rounds")
        if course.failures >= failures {
            return make(
                .shortenedOpen, "A-05.failed_rounds",
                "Đã \(course.failures) lần đấu giá không thành: lần sau có thể thỏa thuận "
                    + "thủ tục rút gọn để niêm yết ngắn hơn và chỉ thông báo một lần.")
        }
        let below = try law.money("A-05")
        guard price < below else { return [] }
        return make(
            .shortenedOpen, "A-05",
            "Giá khởi điểm dưới \(below.vietnamese) đ (cộng mọi tài sản của cuộc đấu giá): "
                + "có thể thỏa thuận thủ tục rút gọn.")
    }

    private func posted() throws(TrackFinding) -> [AuctionAdvice] {
        guard let posting = course.posting, opening == nil else { return [] }
        let id = posting.procedure.postingRule(of: terms.kind)
        let earliest = calendar.earliest(after: try law.period(id), from: posting.on)
        return make(
            .earliestOpening, id,
            "Cuộc đấu giá có thể mở sớm nhất ngày \(earliest.vietnamese)."
        ).map { $0.window(earliest, nil) }
    }

    private func windows() throws(TrackFinding) -> [AuctionAdvice] {
        guard let posting = course.posting, let opening else { return [] }
        let dossierRule = posting.procedure == .shortened ? "A-06a" : "A-07"
        let dossiers = calendar.latest(try law.period(dossierRule), before: opening)
        let deposit = calendar.latest(try law.period("A-09"), before: opening)
        let redemption = calendar.latest(try law.period("V-12"), before: opening)
        return make(
            .dossiers, dossierRule,
            "Bán và nhận hồ sơ từ ngày \(posting.on.vietnamese) đến ngày \(dossiers.vietnamese)."
        ).map { $0.window(posting.on, dossiers) }
            + make(
                .deposit, "A-09",
                "Thu tiền đặt trước từ ngày \(deposit.vietnamese) đến ngày "
                    + "\((opening - 1).vietnamese)."
            ).map { $0.window(deposit, opening - 1) }
            + make(
                .redemption, "V-12",
                "Người phải thi hành án được nhận lại tài sản nếu nộp đủ tiền chậm nhất ngày "
                    + "\(redemption.vietnamese)."
            ).map { $0.window(nil, redemption) }
    }

    private func depositAmount() throws(TrackFinding) -> [AuctionAdvice] {
        guard course.acceptedOn == nil, course.failure == nil, let price = course.price else {
            return []
        }
        let (least, most) = try law.deposit(of: price)
        return make(
            .depositAmount, "A-08.minimum",
            "Tiền đặt trước từ \(least.vietnamese) đ đến \(most.vietnamese) đ."
        ).map { $0.amounts(least, most) }
    }

    private func afterFailure() throws(TrackFinding) -> [AuctionAdvice] {
        guard let failure = course.failure else { return [] }
        if failure.refusedOn != nil, let cost = terms.coercionCost, let price = course.price,
            price <= cost
        {
            return make(
                .returnAsset, "R-10",
                "Giá còn \(price.vietnamese) đ, không hơn chi phí cưỡng chế \(cost.vietnamese) đ: "
                    + "giao lại tài sản cho người phải thi hành án.")
        }
        let lowest = lowestPrice(after: failure.startingPrice, cap: try law.share("R-04"))
        var found = make(
            .lowestPrice, "R-04", "Lần giảm này không được xuống dưới \(lowest.vietnamese) đ."
        ).map { $0.amounts(lowest, nil) }
        if course.reductions >= (try law.count("R-05")), failure.refusedOn == nil,
            let price = course.price
        {
            found += make(
                .creditorMayTake, "R-05",
                "Người được thi hành án có quyền nhận tài sản với giá \(price.vietnamese) đ."
            ).map { $0.amounts(price, price) }
        }
        return found
    }

    private func afterAcceptance() throws(TrackFinding) -> [AuctionAdvice] {
        guard course.acceptedOn != nil, let told = course.debtorNotifiedOn else { return [] }
        let end = calendar.due(try law.period("R-07"), from: told)
        return make(
            .redemption, "R-07",
            "Người phải thi hành án được nộp đủ tiền để lấy lại tài sản đến hết ngày "
                + "\(end.vietnamese)."
        ).map { $0.window(nil, end) }
    }
}

extension AuctionAdvice {
    fileprivate func window(_ from: Day?, _ until: Day?) -> AuctionAdvice {
        var advice = self
        (advice.from, advice.until) = (from, until)
        return advice
    }

    fileprivate func amounts(_ least: Dong?, _ most: Dong?) -> AuctionAdvice {
        var advice = self
        (advice.least, advice.most) = (least, most)
        return advice
    }
}
