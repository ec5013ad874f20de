/// Sentences for the measures over a list.
extension Counting {
    func wordStage(_ finding: Finding, _ file: CaseFile) -> Wording {
        switch finding {
        case .staged(let index, let on):
            let asset = file.assets[index]
            var facts = [Fact("asset_no", asset.assetNo), Fact("seized_on", asset.seizedOn)]
            switch target.stage {
            case .seized: break
            case .contracted: facts.append(Fact("contract_on", on))
            case .auctioned: facts.append(Fact("held_on", on))
            }
            return Wording(
                facts: facts,
                sentence: "Tài sản \(asset.assetNo) \(target.stage.done) ngày \(on.vietnamese).")
        case .notStaged(let index):
            guard let index else {
                return Wording(
                    sentence: "Không có tài sản nào bị kê biên đến ngày \(limit.vietnamese).")
            }
            let asset = file.assets[index]
            return Wording(
                facts: [Fact("asset_no", asset.assetNo), Fact("seized_on", asset.seizedOn)],
                sentence: "Tài sản \(asset.assetNo) đã kê biên nhưng chưa \(target.stage.wanted) "
                    + "đến ngày \(limit.vietnamese).")
        default: return Wording(sentence: "")
        }
    }

    func wordClass(_ finding: Finding, _ file: CaseFile) -> Wording {
        switch finding {
        case .finished(let on):
            return Wording(
                facts: [Fact("finished_on", on)],
                sentence: "Việc đã kết thúc ngày \(on.vietnamese), không tính vào mẫu số.")
        case .classified(let rule):
            let applied = rule.applied(law, on: day)
            return Wording(
                rule: applied.id, citation: applied.citation, facts: classFacts(rule, file),
                sentence: applied.text, verified: applied.verified)
        default:
            let open = file.assets.filter { $0.isOpen(on: day) }
            return Wording(
                facts: open.flatMap(assetFacts),
                sentence: open.isEmpty
                    ? "Chưa có quyết định chưa có điều kiện và chưa có tài sản nào được xử lý xong."
                    : "Còn tài sản đang xử lý chưa qua hai lần giảm giá và một lần đấu giá "
                        + "không thành sau đó.",
                verified: MoneyRule.reducedTwice.applied(law, on: day).verified)
        }
    }

    private func classFacts(_ rule: MoneyRule, _ file: CaseFile) -> [Fact] {
        let money = file.moneyClass(on: day)
        var facts: [Fact] = [
            Fact("remaining", amount: money.remaining.amount),
            Fact("money_not_enforceable", amount: money.notEnforceable.amount),
        ]
        switch rule {
        case .notEnforceable:
            if let decision = file.latestClassification(on: day) {
                facts.append(Fact("decided_on", decision.decidedOn))
                if let ground = decision.ground { facts.append(Fact("ground", ground)) }
            }
        case .assetHandled:
            for asset in file.assets where asset.isHandled(on: day) {
                facts.append(Fact("asset_no", asset.assetNo))
                if let on = asset.disposedOn { facts.append(Fact("disposed_on", on)) }
                if let kind = asset.disposal { facts.append(Fact("disposal", kind.rawValue)) }
            }
        case .reducedTwice:
            facts += file.assets.filter { $0.isOpen(on: day) }.flatMap(assetFacts)
        }
        return facts
    }

    private func assetFacts(_ asset: Asset) -> [Fact] {
        var facts = [Fact("asset_no", asset.assetNo)]
        if let second = asset.secondReduction(by: day) {
            facts.append(Fact("second_reduced_on", second))
        }
        if let held = asset.failedAfterSecondReduction(by: day)?.heldOn {
            facts.append(Fact("failed_held_on", held))
        }
        if let price = asset.currentPrice(on: day) {
            facts.append(Fact("current_price", amount: price.amount))
        }
        return facts
    }

    func wordResolved(_ finding: Finding, _ file: CaseFile) -> Wording {
        switch finding {
        case .resolved(let index):
            let decision = file.decisions[index]
            let what = decision.kind == .complete ? "thi hành xong" : "được đình chỉ"
            return Wording(
                facts: [
                    Fact("kind", decision.kind.rawValue), Fact("decided_on", decision.decidedOn),
                ],
                sentence: "Việc \(what) ngày \(decision.decidedOn.vietnamese), trong đợt cao điểm.")
        case .unresolved(let on?):
            return Wording(
                facts: [Fact("finished_on", on)],
                sentence: "Việc kết thúc ngày \(on.vietnamese), ngoài thời gian của đợt cao điểm.")
        default:
            return Wording(sentence: "Việc chưa kết thúc đến ngày \(limit.vietnamese).")
        }
    }

    func wordMoney(_ share: MoneyShare) -> Wording {
        let counted = share.counted(target.counts)
        return Wording(
            facts: [Fact("remaining_before", amount: share.base)]
                + MoneyPart.allCases.map { Fact($0.rawValue, amount: share.amount(of: $0)) },
            sentence: share.base == 0
                ? "Không còn tiền phải thi hành khi bắt đầu đợt cao điểm."
                : "Giải quyết được \(Dong(counted).vietnamese) đồng trên "
                    + "\(Dong(share.base).vietnamese) đồng còn phải thi hành khi bắt đầu đợt.")
    }
}

extension SeizureStage {
    fileprivate var done: String {
        switch self {
        case .seized: "đã kê biên"
        case .contracted: "đã ký hợp đồng đấu giá"
        case .auctioned: "đã tổ chức đấu giá"
        }
    }

    fileprivate var wanted: String {
        switch self {
        case .seized: "kê biên"
        case .contracted: "ký hợp đồng đấu giá"
        case .auctioned: "tổ chức đấu giá"
        }
    }
}
