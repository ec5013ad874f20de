/// Contracts by `day` with registered firms that were not fit for them, with what stood in the way.
func contractsWithUnfitFirms(
    of files: [CaseFile], _ firms: RegisteredFirms, _ law: LawTable, asOf day: Day
) -> [RegisterRow] {
    let registry = auctionRegistry(of: files, firms: firms, law: law, asOf: day)
    let findings =
        registry.appraisers.flatMap(\.findings) + registry.houses.flatMap(\.findings)
    guard !findings.isEmpty else { return [] }
    let officers = Dictionary(
        files.map { ($0.key, $0.officer) }, uniquingKeysWith: { first, _ in first })
    return findings.map { finding in
        RegisterRow(finding, officer: officers[finding.key] ?? nil)
    }
}

extension RegisterRow {
    fileprivate init(_ contract: FirmFinding, officer: String?) {
        let refusal = contract.refusal
        let whom =
            switch refusal.firm.role {
            case .auctionHouse: "tổ chức đấu giá"
            case .appraiser: "tổ chức thẩm định giá"
            }
        self.init(
            finding: .contractWithUnfitFirm, duty: nil, unit: contract.key.unit,
            decisionNo: contract.key.decisionNo, assetNo: contract.assetNo, officer: officer,
            rule: refusal.rule.id, citation: refusal.rule.citation,
            verified: refusal.rule.verified, triggerOn: nil, dueOn: nil, doneOn: refusal.on,
            daysLate: 0,
            facts: [
                RegisterFact(
                    "hợp đồng với \(whom) \(refusal.firm.name), tài sản \(contract.assetNo)",
                    refusal.on)
            ] + refusal.obstacles.map { RegisterFact($0.vietnamese, nil) })
    }
}
