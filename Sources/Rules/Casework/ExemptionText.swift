/// What the adviser says, in Vietnamese.
enum ExemptionText {
    static let clause = [
        "X-01": "Miễn toàn bộ khoản nhỏ.",
        "X-02": "Miễn toàn bộ khoản vừa.",
        "X-03": "Miễn phần còn lại, mức thấp.",
        "X-04": "Miễn phần còn lại, mức cao.",
        "X-05": "Giảm một phần số còn lại.",
        "X-06": "Giảm một phần số còn lại, khoản lớn.",
    ]
    static let hardship =
        "Miễn phần án phí, tiền phạt còn lại do hoàn cảnh đặc biệt khó khăn kéo dài hoặc lập công "
        + "lớn: người có thẩm quyền xác định."
    static let notRevenue = "Khoản phải thi hành không phải khoản thu nộp ngân sách nhà nước."
    static let finished = "Việc đã thi hành xong hoặc đình chỉ."
    static let paidUp = "Không còn khoản nào phải thi hành."
    static let notClassified =
        "Chưa có quyết định về việc chưa có điều kiện thi hành án đang có hiệu lực: cần xác minh và "
        + "phân loại trước khi lập hồ sơ."
    static let bothLegs =
        "Căn cứ phân loại chưa nói rõ: cần xác định không có tài sản xử lý được và không có thu nhập "
        + "ngoài mức sống tối thiểu."
    static let whoPaid =
        "Người phải thi hành án đang chấp hành án tù: cần xác định tiền do người thân nộp thay có "
        + "được tính hay không."
    static let newOffence =
        "Đã được giảm tiền phạt: cần xác định có phạm tội mới sau đó hay không."
    static let whichSum =
        "Tính theo số còn phải thi hành thì đủ điều kiện miễn toàn bộ, tính theo số phải thi hành của "
        + "bản án thì chưa: cần xác định lấy số nào."
    static let leastPaid = "Phần đã nộp tối thiểu so với số phải thi hành theo bản án."
    static let firstDay =
        "Ngày đầu tiên được đề nghị là ngày tương ứng, không dời theo ngày nghỉ."
    static let court = "Tòa án cấp huyện nơi cơ quan thi hành án có trụ sở xét miễn, giảm."

    static func asset(_ number: String) -> String {
        "Tài sản số \(number) đang kê biên, xử lý: người phải thi hành án còn tài sản."
    }
    static func underWay(_ on: Day) -> String {
        "Hồ sơ đề nghị ngày \(on.vietnamese) chưa được giải quyết."
    }
    static func clock(_ from: Day) -> String {
        "Thời hạn tính từ quyết định thi hành án lần đầu, ngày \(from.vietnamese)."
    }
    static func again(_ from: Day) -> String {
        "Mỗi bản án chỉ xét một lần trong thời gian luật định: được xét lại từ \(from.vietnamese)."
    }
    static func verifyAgain(_ on: Day) -> String {
        "Biên bản xác minh gần nhất ngày \(on.vietnamese) đã cũ: phải xác minh lại để lập hồ sơ."
    }
}
