/// A rule that an answer rests on, as people read it.
public struct AppliedRule: Hashable, Sendable {
    /// Id of the rule, e.g. `M-04`.
    public let id: String
    public let citation: Citation
    /// One sentence in Vietnamese: what the rule says.
    public let text: String
    /// False where nobody has checked the rule against the text behind it.
    public let verified: Bool

    public init(id: String, citation: Citation, text: String, verified: Bool) {
        self.id = id
        self.citation = citation
        self.text = text
        self.verified = verified
    }
}

extension LawTable {
    /// The rule with the citation and mark of the law book; where it does not hold the id, with the citation
    /// given here and marked unverified.
    func applied(
        _ id: String, on day: Day, text: String, otherwise citation: Citation
    ) -> AppliedRule {
        guard let rule = rule(id, on: day) else {
            return AppliedRule(id: id, citation: citation, text: text, verified: false)
        }
        return AppliedRule(id: id, citation: rule.citation, text: text, verified: rule.verified)
    }
}
