import Wire

/// A case as a province has thousands: names and addresses in Vietnamese, most dates there.
enum SampleCase {
    static let message = CaseworkV1.Case.with {
        $0.unit = "ST07"
        $0.decisionNo = "118/QĐ-CCTHADS"
        $0.decisionOn = "2020-11-17"
        $0.initiative = "on_request"
        $0.amountDue = 1_250_000_000
        $0.officer = "ST07-04"
        $0.judgmentNo = "32/2020/DSST"
        $0.judgmentOn = "2020-08-21"
        $0.receivedOn = "2020-11-09"
        $0.creditor = "Ngân hàng TMCP Sông Hậu, chi nhánh Sóc Trăng"
        $0.debtor = "Nguyễn Thị Thanh Hương"
        $0.debtorAddress = "Ấp Phú Hữu, xã Long Phú, huyện Long Phú, tỉnh Sóc Trăng"
        $0.obligation = "Trả nợ gốc và lãi theo hợp đồng tín dụng"
        $0.judgmentEffectiveOn = "2020-09-22"
        $0.assignedOn = "2020-11-18"
        $0.debtorNotifiedOn = "2020-11-23"
        $0.firstDecisionOn = "2020-11-17"
        $0.revenueKind = ""
        $0.coercionCost = 12_500_000
        $0.creditInstitution = true
        $0.sensitivity = "ordinary"
        $0.note = "Đã xác minh tại địa phương ngày 15/12/2020"
    }
}
