internal import Rules
internal import Store
internal import Wire

/// Where a case's facts become messages.
enum CaseworkTranslation {
    static func rule(_ rule: AppliedRule) -> CaseworkV1.AppliedRule {
        .with {
            $0.id = rule.id
            $0.citation = rule.citation.description
            $0.text = rule.text
            $0.verified = rule.verified
        }
    }

    static func record(_ file: CaseFile, _ parties: CaseParties) -> CaseworkV1.Case {
        .with {
            $0.unit = file.key.unit
            $0.decisionNo = file.key.decisionNo
            $0.decisionOn = file.decisionOn.description
            $0.initiative = file.initiative.rawValue
            $0.amountDue = file.amountDue.amount
            $0.officer = file.officer ?? ""
            $0.judgmentNo = parties.judgmentNo ?? ""
            $0.judgmentOn = parties.judgmentOn?.description ?? ""
            $0.receivedOn = file.receivedOn?.description ?? ""
            $0.creditor = parties.creditor ?? ""
            $0.debtor = parties.debtor ?? ""
            $0.debtorAddress = parties.debtorAddress ?? ""
            $0.obligation = parties.obligation ?? ""
            $0.judgmentEffectiveOn = file.judgmentEffectiveOn?.description ?? ""
            $0.assignedOn = file.assignedOn?.description ?? ""
            $0.debtorNotifiedOn = file.debtorNotifiedOn?.description ?? ""
            $0.firstDecisionOn = file.firstDecisionOn?.description ?? ""
            $0.stateRevenue = file.stateRevenue
            $0.revenueKind = file.revenueKind ?? ""
            $0.addressUnknown = file.addressUnknown
            $0.prisonUntil = file.prisonUntil?.description ?? ""
            $0.coercionCost = file.coercionCost?.amount
            $0.creditInstitution = file.creditInstitution
            $0.sensitivity = file.sensitivity ?? ""
            $0.note = parties.note ?? ""
        }
    }

    /// The case's history up to `day`, oldest first; events of one day in the order of their kinds.
    static func events(of file: CaseFile, until day: Day) -> [CaseworkV1.Event] {
        var list = EventList(until: day)
        list.add(file.decisionOn, "decision", "Quyết định thi hành án", file.amountDue)
        for fact in file.decisions {
            let ground = fact.ground.map { " (\($0))" } ?? ""
            list.add(fact.decidedOn, "decision", fact.kind.vietnamese + ground, fact.amount)
        }
        for fact in file.payments {
            list.add(
                fact.paidOn, "payment", "\(fact.source.vietnamese), \(fact.receiptNo)", fact.amount)
            list.add(fact.reversedOn, "payment", "hủy \(fact.receiptNo)", fact.amount)
        }
        for fact in file.verifications {
            list.add(fact.verifiedOn, "verification", fact.result.vietnamese)
        }
        for fact in file.nominations {
            list.add(fact.submittedOn, "nomination", "danh sách \(fact.list)")
            list.add(fact.withdrawnOn, "nomination", "rút khỏi danh sách \(fact.list)")
        }
        for fact in file.commitments { list.add(fact.dueOn, "commitment", "đến hạn", fact.amount) }
        for fact in file.violations {
            list.add(fact.foundOn, "violation", fact.severity.vietnamese)
            list.add(fact.repairedOn, "violation", "đã khắc phục")
        }
        for asset in file.assets { list.add(asset) }
        list.addCampaign(file)
        return list.sorted
    }
}

/// Collects events by day and keeps those seen by the as-of day.
struct EventList {
    let until: Day
    private var events: [(on: Day, event: CaseworkV1.Event)] = []

    init(until: Day) { self.until = until }

    var sorted: [CaseworkV1.Event] {
        events.enumerated().sorted { a, b in
            (a.element.on, a.offset) < (b.element.on, b.offset)
        }.map(\.element.event)
    }

    mutating func add(_ on: Day?, _ kind: String, _ text: String, _ amount: Dong? = nil) {
        guard let on, on <= until else { return }
        events.append(
            (
                on,
                .with {
                    $0.on = on.description
                    $0.kind = kind
                    $0.text = text
                    $0.amount = amount?.amount
                }
            ))
    }

    mutating func add(_ asset: Asset) {
        let name = "tài sản \(asset.assetNo)"
        add(asset.seizedOn, "seizure", name)
        add(asset.valuedOn, "valuation", name, asset.value)
        for fact in asset.valuations { add(fact.valuedOn, "valuation", name, fact.value) }
        for fact in asset.rounds {
            let round = "\(name) lần \(fact.round)"
            add(fact.contractOn, "round", "\(round): hợp đồng", fact.startingPrice)
            add(fact.postedOn, "round", "\(round): niêm yết")
            add(fact.heldOn, "round", "\(round): \(fact.outcome?.vietnamese ?? "")", fact.price)
        }
        for fact in asset.reductions {
            add(fact.noticeOn, "reduction", "\(name) lần \(fact.number): thông báo")
            add(fact.reducedOn, "reduction", "\(name) lần \(fact.number)", fact.reducedPrice)
        }
        for fact in asset.offers {
            add(fact.offeredOn, "offer", "\(name): đề nghị nhận")
            add(fact.answeredOn, "offer", "\(name): \(fact.answer?.vietnamese ?? "")")
        }
        add(asset.disposedOn, "disposal", "\(name): \(asset.disposal?.vietnamese ?? "")")
    }
}
