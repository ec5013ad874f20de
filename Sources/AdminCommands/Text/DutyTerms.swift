import Vocabulary

/// The field's words for duties and findings.
extension Terms {
    static let duty = Terms(Vocabulary.duty)
    static let consequence = Terms(Vocabulary.consequence)

    static let finding = Terms([
        "decision_late": Phrase("ra quyết định trễ", "decision late"),
        "assignment_late": Phrase("phân công trễ", "assignment late"),
        "notice_late": Phrase("thông báo trễ", "notice late"),
        "verification_late": Phrase("xác minh trễ", "verification late"),
        "verification_missed": Phrase("bỏ sót kỳ xác minh", "verification missed"),
        "classification_late": Phrase("phân loại trễ", "classification late"),
        "continuation_late": Phrase("quyết định tiếp tục trễ", "continuation late"),
        "exemption_late": Phrase("xét miễn, giảm trễ", "exemption late"),
        "postponement_late": Phrase("quyết định hoãn trễ", "postponement late"),
        "suspension_late": Phrase("tạm đình chỉ trễ", "suspension late"),
        "termination_late": Phrase("đình chỉ trễ", "termination late"),
        "resumption_late": Phrase("tiếp tục sau hoãn trễ", "resumption late"),
        "completion_late": Phrase("kết thúc trễ", "completion late"),
        "coercion_notice_late": Phrase("thông báo cưỡng chế trễ", "notice of coercion late"),
        "coercion_late": Phrase("cưỡng chế trễ", "coercion late"),
        "auction_step_late": Phrase("bước đấu giá trễ", "auction step late"),
        "case_plan_late": Phrase("chưa có kế hoạch giải quyết", "no plan for the case"),
        "plan_step_late": Phrase("bước kế hoạch trễ", "plan step late"),
        "persuasion_late": Phrase("vận động trễ", "persuasion late"),
        "file_review_late": Phrase("kiểm tra hồ sơ trễ", "file review late"),
        "file_repair_late": Phrase("khắc phục hồ sơ trễ", "file repair late"),
        "violation_unrepaired": Phrase("vi phạm chưa khắc phục kịp", "violation unrepaired"),
        "commitment_broken": Phrase("không thực hiện cam kết", "commitment broken"),
        "direction_ignored": Phrase("không thực hiện chỉ đạo", "direction ignored"),
        "guidance_ignored": Phrase("không thực hiện hướng dẫn", "guidance ignored"),
        "agreement_ignored": Phrase("không thực hiện thống nhất", "agreement ignored"),
        "obstacle_unreported": Phrase("không báo cáo vướng mắc", "obstacle unreported"),
        "lists_late": Phrase("gửi danh sách trễ", "lists late"),
        "summary_late": Phrase("báo cáo tổng kết trễ", "summary late"),
        "unit_duty_late": Phrase("nhiệm vụ đơn vị trễ", "duty of the unit late"),
        "classification_without_verification": Phrase(
            "phân loại không có xác minh", "classified without verification"),
        "coercion_in_voluntary_period": Phrase(
            "cưỡng chế trong thời hạn tự nguyện", "coerced within the voluntary period"),
        "coercion_on_day_off": Phrase("cưỡng chế vào ngày nghỉ", "coerced on a day off"),
        "reduction_too_early": Phrase("giảm giá quá sớm", "reduced too early"),
        "reduction_too_deep": Phrase("giảm giá quá sâu", "reduced too deep"),
        "hand_over_too_early": Phrase("giao tài sản quá sớm", "handed over too early"),
        "contract_with_unfit_firm": Phrase(
            "hợp đồng với tổ chức không đủ điều kiện", "contract with an unfit firm"),
        "completed_with_debt": Phrase("kết thúc khi còn nợ", "completed with debt left"),
        "payment_before_decision": Phrase(
            "thu tiền trước quyết định", "paid before the decision"),
    ])
}
