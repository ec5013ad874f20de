internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// One asset's track: shown, and added to.
enum TrackHandlers {
    static func register(in services: inout WorkerServices) {
        services.unary(AuctionV1.Auction.show, show)
        services.mutation(AuctionV1.Auction.record, record)
        services.stream(AuctionV1.Auction.watch, TrackWatch.watch)
    }

    @Sendable
    static func show(
        _ request: AuctionV1.ShowTrackRequest, _ call: WorkerCall
    ) async throws(Failure) -> AuctionV1.ShowTrackReply {
        let day = try call.asOf(request.asOf)
        let key = CaseKey(unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        let assetNo = request.assetNo.composed
        let law = call.law
        return try await call.load { scope in
            let plan = try scope.planInForce(request.campaign)
            let file = try scope.requiredCase(key)
            guard let history = file.assetHistory(assetNo, law: law, on: day) else {
                throw Failure.unknownAsset(assetNo, of: file)
            }
            let advice = file.auctionAdvice(assetNo, law: law, on: day)
            let open = auctionDuties(of: file, policy: plan?.plan.policy, law: law, asOf: day).open
            let head = try scope.auctionHead(plan, law, on: day)
            return .with {
                $0.head = head
                $0.track = AuctionTranslation.track(history.track)
                $0.steps = history.steps.map(TrackTranslation.step)
                $0.findings = history.findings.map(TrackTranslation.finding)
                $0.schedule = history.scheduleFindings.map(TrackTranslation.finding)
                $0.open = open.filter { $0.assetNo == assetNo }
                    .map { AuctionTranslation.next($0, on: day) }
                $0.advice = advice.map(TrackTranslation.advice)
                $0.money = TrackTranslation.money(history.course)
            }
        }
    }

    @Sendable
    static func record(
        _ request: AuctionV1.RecordRequest, _ call: WorkerCall
    ) async throws(Failure) -> AuctionV1.RecordReply {
        let entry = try EntryTranslation.entry(request, call)
        let key = CaseKey(unit: request.unit.composed, decisionNo: request.decisionNo.composed)
        let assetNo = request.assetNo.composed
        guard !assetNo.isEmpty else {
            throw Failure(
                .invalidArgument, "thiếu số tài sản", field: "asset_no",
                hint: "viết số tài sản như trong tệp assets, ví dụ 1")
        }
        let (law, stamp) = (call.law, call.stamp)
        return try await call.save { scope in
            let file = try scope.reading.requiredCase(key)
            let recorded: EntryRecord
            do throws(EntryRefusal) {
                recorded = try file.record(entry, of: assetNo, law: law)
            } catch {
                throw Failure(error, entry, assetNo: assetNo, of: file)
            }
            if !recorded.isKnown {
                try requireFitFirm(entry, scope.reading, file, assetNo: assetNo, law: law)
                let rows = try recorded.changes.map {
                    try EntryTranslation.row($0, key: key, assetNo: assetNo)
                }
                _ = try scope.recordRows(
                    rows, subject: "\(key.unit) \(key.decisionNo) \(assetNo)",
                    detail: "\(recorded.event.name) \(entry.on)", stamp: stamp)
            }
            return try reply(
                recorded, scope.reading, key: key, assetNo: assetNo, law: law, on: entry.on)
        }
    }

    /// A registered firm whose licence or capability does not cover the asset is not contracted; of one that
    /// is not registered nothing is known.
    private static func requireFitFirm(
        _ entry: AuctionEntry, _ scope: ReadScope, _ file: CaseFile, assetNo: String, law: LawTable
    ) throws {
        let contract: (role: FirmRole, name: String)? =
            switch entry.kind {
            case .auctionContract: entry.auctionHouse.map { (.auctionHouse, $0) }
            case .valuationContract: entry.appraiser.map { (.appraiser, $0) }
            default: nil
            }
        guard let contract, let asset = file.assets.first(where: { $0.assetNo == assetNo }) else {
            return
        }
        let register = try scope.firmRegister(contract.role)
        do throws(FirmRefusal) {
            _ = try register.checkContract(
                with: contract.name, kind: asset.kind, value: asset.currentPrice(on: entry.on),
                on: entry.on, law: law)
        } catch {
            throw Failure(
                .failedPrecondition, error.sentence,
                field: contract.role == .auctionHouse ? "auction_house" : "appraiser",
                hint: "chọn tổ chức khác: caodiem auction house list", reason: "UNLAWFUL")
        }
    }

    /// The track as it stands with what was recorded.
    private static func reply(
        _ recorded: EntryRecord, _ scope: ReadScope, key: CaseKey, assetNo: String, law: LawTable,
        on day: Day
    ) throws -> AuctionV1.RecordReply {
        let file = try scope.requiredCase(key)
        guard let history = file.assetHistory(assetNo, law: law, on: day) else {
            throw Failure.unknownAsset(assetNo, of: file)
        }
        let step = history.steps.last { $0.on == day && $0.event == recorded.event }
        let head = try scope.auctionHead(try scope.planInForce(""), law, on: day)
        return .with {
            $0.head = head
            $0.track = AuctionTranslation.track(history.track)
            if let step { $0.step = TrackTranslation.step(step) }
            $0.status = recorded.isKnown ? "unchanged" : "recorded"
            $0.findings = history.findings.map(TrackTranslation.finding)
        }
    }
}

extension Failure {
    static func unknownAsset(_ number: String, of file: CaseFile) -> Failure {
        let known = file.assets.map(\.assetNo).sorted()
        return Failure(
            .notFound,
            "việc \(file.key.decisionNo) không có tài sản số “\(number)” bị kê biên đến ngày này",
            field: "asset_no",
            hint: known.isEmpty
                ? "việc này chưa có tài sản nào" : "các tài sản: " + known.joined(separator: ", "))
    }

    /// An entry that is not recorded.
    init(_ refusal: EntryRefusal, _ entry: AuctionEntry, assetNo: String, of file: CaseFile) {
        switch refusal {
        case .missing(let field):
            self.init(
                .invalidArgument, "việc ghi “\(entry.kind.rawValue)” thiếu \(field)", field: field,
                hint: "xem caodiem auction record --help")
        case .unknownAsset: self = .unknownAsset(assetNo, of: file)
        case .knownAsset:
            self.init(
                .failedPrecondition, "tài sản số “\(assetNo)” đã được ghi là kê biên",
                field: "asset_no", hint: "dùng số khác cho tài sản mới", reason: "UNLAWFUL")
        case .unlawful(let finding):
            self.init(
                .failedPrecondition, finding.sentence, field: "event",
                hint: finding.fault == nil
                    ? "bổ sung giá trị còn thiếu vào sổ luật rồi ghi lại"
                    : "nếu việc đã xảy ra như vậy, nhập bằng caodiem import; sổ sẽ ghi là vi phạm",
                reason: finding.fault == nil ? "UNDETERMINED" : "UNLAWFUL")
        }
    }
}
