import Foundation
internal import Spelling

/// What the rows of a file are (contracts: "Import").
enum ImportKind: String, CaseIterable, Sendable {
    case units, officers, cases, decisions, payments, verifications, assets, valuations, rounds
    case reductions, offers, nominations, commitments, violations, reports
    case appraisers
    case auctionHouses = "auction_houses"
    case planSteps = "plan_steps"
    case persuasions, coercions, guidance, directions, obstacles, coordination
    case fileReviews = "file_reviews"
    case exemptions
    case unitDuties = "unit_duties"
    case merits

    /// The name of a workbook's sheet of this kind.
    var vietnamese: String {
        switch self {
        case .units: "Đơn vị"
        case .officers: "Chấp hành viên"
        case .cases: "Việc thi hành án"
        case .decisions: "Quyết định"
        case .payments: "Thu tiền"
        case .verifications: "Xác minh"
        case .assets: "Tài sản"
        case .valuations: "Thẩm định giá"
        case .rounds: "Đấu giá"
        case .reductions: "Giảm giá"
        case .offers: "Đề nghị nhận tài sản"
        case .nominations: "Danh sách"
        case .commitments: "Cam kết"
        case .violations: "Vi phạm"
        case .reports: "Báo cáo"
        case .appraisers: "Tổ chức thẩm định giá"
        case .auctionHouses: "Tổ chức đấu giá"
        case .planSteps: "Kế hoạch giải quyết"
        case .persuasions: "Vận động thuyết phục"
        case .coercions: "Cưỡng chế"
        case .guidance: "Xin ý kiến, hướng dẫn"
        case .directions: "Chỉ đạo"
        case .obstacles: "Khó khăn, vướng mắc"
        case .coordination: "Phối hợp"
        case .fileReviews: "Kiểm tra hồ sơ"
        case .exemptions: "Miễn, giảm"
        case .unitDuties: "Nhiệm vụ của đơn vị"
        case .merits: "Thành tích và kỷ luật"
        }
    }

    /// The kind of that name, in either spelling; case, accents and signs do not matter.
    init?(named name: String) {
        let wanted = Self.folded(name)
        let found = Self.allCases.first {
            Self.folded($0.rawValue) == wanted || Self.folded($0.vietnamese) == wanted
        }
        guard let found else { return nil }
        self = found
    }

    /// Small letters and digits without accents: `Việc thi hành án` and `viec-thi-hanh-an` are one.
    private static func folded(_ name: String) -> String {
        name.lowercased().replacingOccurrences(of: "đ", with: "d")
            .folding(options: .diacriticInsensitive, locale: nil)
            .filter { $0.isLetter || $0.isNumber }
    }

    /// The kind whose name is most like a mistyped one; nil when none is close.
    static func nearest(to name: String) -> ImportKind? {
        nearestName(to: name, among: allCases.map(\.rawValue)).flatMap(Self.init(rawValue:))
    }

    static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
