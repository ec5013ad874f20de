internal import Rules
internal import Store
internal import Wire

/// Where firms and signals become messages.
enum FirmTranslation {
    static func house(_ standing: FirmStanding<HouseRecord>) -> AuctionV1.Firm {
        let record = standing.record
        var firm = firm(standing, units: record.units)
        firm.house = .with {
            $0.contracts = UInt32(clamping: record.contracts)
            $0.assets = UInt32(clamping: record.assets)
            $0.held = UInt32(clamping: record.held)
            $0.sold = UInt32(clamping: record.sold)
            $0.failed = UInt32(clamping: record.failed)
            $0.noParticipants = UInt32(clamping: record.noParticipants)
            $0.cancelled = UInt32(clamping: record.cancelled)
            $0.shareSold = record.shareSold?.decimal(places: 6) ?? ""
            $0.priceOverStart = record.priceOverStart?.decimal(places: 6) ?? ""
            $0.contractToAuctionDays = days(record.contractToAuction)
            $0.postingToAuctionDays = days(record.postingToAuction)
            $0.auctionToNoticeDays = days(record.auctionToNotice)
            $0.soldStart = record.soldStart.amount
            $0.soldPrice = record.soldPrice.amount
        }
        return firm
    }

    static func appraiser(_ standing: FirmStanding<AppraiserRecord>) -> AuctionV1.Firm {
        let record = standing.record
        var firm = firm(standing, units: record.units)
        firm.appraiser = .with {
            $0.contracts = UInt32(clamping: record.contracts)
            $0.assets = UInt32(clamping: record.assets)
            $0.valuations = UInt32(clamping: record.valuations)
            $0.revaluations = UInt32(clamping: record.revaluations)
            $0.contractToValueDays = days(record.contractToValue)
            $0.sold = UInt32(clamping: record.sold)
            $0.priceOverValue = record.priceOverValue?.decimal(places: 6) ?? ""
            $0.soldValue = record.soldValue.amount
            $0.soldPrice = record.soldPrice.amount
        }
        return firm
    }

    private static func firm<Record>(
        _ standing: FirmStanding<Record>, units: Set<String>
    ) -> AuctionV1.Firm {
        .with {
            $0.name = standing.name
            $0.registered = standing.firm != nil
            $0.obstacles = standing.obstacles.map(obstacle)
            $0.units = units.sorted()
            $0.findings = standing.findings.map(finding)
            guard let firm = standing.firm else { return }
            $0.code = firm.code
            $0.licenceNo = firm.licenceNo ?? ""
            $0.licensedOn = firm.licensedOn?.description ?? ""
            $0.licenceUntil = firm.licenceUntil?.description ?? ""
            $0.suspendedFrom = firm.suspendedFrom?.description ?? ""
            $0.suspendedUntil = firm.suspendedUntil?.description ?? ""
            $0.capability = firm.capability?.rawValue ?? ""
            $0.valueUpTo = firm.valueUpTo?.amount
            $0.address = firm.address ?? ""
        }
    }

    private static func finding(_ finding: FirmFinding) -> AuctionV1.FirmFinding {
        .with {
            $0.unit = finding.key.unit
            $0.decisionNo = finding.key.decisionNo
            $0.assetNo = finding.assetNo
            $0.number = UInt32(clamping: finding.number)
            $0.on = finding.refusal.on.description
            $0.obstacles = finding.refusal.obstacles.map(obstacle)
            $0.rule = finding.refusal.rule.id
            $0.citation = finding.refusal.rule.citation.description
        }
    }

    private static func obstacle(_ obstacle: FirmObstacle) -> AuctionV1.FirmObstacle {
        .with {
            $0.code = obstacle.code
            $0.text = obstacle.vietnamese
        }
    }

    private static func days(_ step: StepDays) -> String {
        step.average?.decimal(places: 2) ?? ""
    }

    static func signal(_ signal: AuctionSignal, sources: [RowSource?]) -> AuctionV1.Signal {
        .with {
            $0.signal = signal.kind.rawValue
            $0.severity = signal.severity.rawValue
            $0.unit = signal.unit ?? ""
            $0.subject = signal.subject
            $0.evidence = zip(signal.evidence, sources).map(evidence)
            $0.threshold = signal.threshold.decimal(places: 6)
            $0.value = signal.value.decimal(places: 6)
            $0.rule = signal.kind.rule
            $0.text = signal.kind.vietnamese
        }
    }

    private static func evidence(
        _ row: AuctionEvidence, _ source: RowSource?
    ) -> AuctionV1.SignalEvidence {
        .with {
            $0.kind = row.kind.rawValue
            $0.unit = row.key.unit
            $0.decisionNo = row.key.decisionNo
            $0.assetNo = row.assetNo
            $0.number = UInt32(clamping: row.number)
            $0.on = row.on?.description ?? ""
            $0.amount = row.amount?.amount
            $0.change = UInt64(clamping: source?.change ?? 0)
            $0.file = source?.file ?? ""
            $0.line = UInt32(clamping: source?.line ?? 0)
        }
    }

    static func undetermined(_ missing: MissingRule) -> AuctionV1.Signal {
        .with {
            $0.rule = missing.id
            $0.undetermined = missing.description
        }
    }
}
