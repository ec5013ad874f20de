internal import Vocabulary

/// The field's words for the codes that travel; a code without a word is shown as it is.
struct Terms: Sendable {
    private let names: [String: Phrase]

    init(_ names: [String: Phrase]) { self.names = names }

    init(_ words: [String: Vocabulary.Word]) {
        self.init(words.mapValues { Phrase($0.vi, $0.en) })
    }

    func callAsFunction(_ code: String, _ language: Language) -> String {
        names[code].map { language($0) } ?? code
    }

    static let caseStatus = Terms(Vocabulary.caseStatus)
    static let event = Terms(Vocabulary.event)
    static let initiative = Terms(Vocabulary.initiative)
    static let split = Terms(Vocabulary.split)
    static let tieBreak = Terms(Vocabulary.tieBreak)
    static let duty = Terms(Vocabulary.duty)
    static let consequence = Terms(Vocabulary.consequence)

    static let instalment = Terms([
        "paid": Phrase("đã nộp", "paid"),
        "open": Phrase("chưa đến hạn", "open"),
        "broken": Phrase("không thực hiện", "broken"),
        "lapsed": Phrase("không còn phải nộp", "lapsed"),
    ])

    static let review = Terms([
        "in_order": Phrase("đúng", "in order"),
        "doubtful": Phrase("cần xem lại", "doubtful"),
        "by_hand": Phrase("người kiểm tra", "by hand"),
    ])
}
