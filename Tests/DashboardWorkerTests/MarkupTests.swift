import Testing

@testable import DashboardWorker

@Suite struct MarkupTests {
    @Test(arguments: [
        ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"),
        ("\u{0}\u{1F}\u{9B}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("\u{202E}abc\u{2066}", "\u{FFFD}abc\u{FFFD}"), ("dòng\n\tmới", "dòng\n\tmới"),
        ("Trần Đề – \"'", "Trần Đề – \"'"),
    ])
    func textStaysText(text: String, written: String) {
        var markup = Markup()
        markup.tag(.p, text: text)
        #expect(String(decoding: markup.bytes, as: UTF8.self) == "<p>\(written)</p>")
    }

    @Test func valuesStayValues() {
        var markup = Markup()
        markup.void(.input, .plain(.value, "\"><script>'&"))
        #expect(
            String(decoding: markup.bytes, as: UTF8.self)
                == "<input value=\"&quot;&gt;&lt;script&gt;&#39;&amp;\"/>")
    }

    @Test(arguments: [
        (Link("case", query: [("no", "1/2 &#\"é")]), "/case?no=1%2F2%20%26%23%22%C3%A9"),
        (Link(path: []), "/"), (Link("a", query: [("b", "")]), "/a"),
        (Link("a").with("b", "1").with("b", "2"), "/a?b=2"),
        (Link(path: ["..", "//evil"]), "/../%2F%2Fevil"), (Link.here("x y"), "#x%20y"),
    ])
    func addressesAreEncoded(link: Link, text: String) {
        #expect(link.text == text)
    }

    @Test(arguments: [
        ("a+b%20c", true, "a b c"), ("a+b", false, "a+b"), ("%C4%90", true, "Đ"),
    ])
    func codedTextReads(text: String, form: Bool, read: String) {
        #expect(PercentCoding.decoded(text, form: form) == read)
    }

    @Test(arguments: ["%", "%4", "%GG", "%FF", "%C4"])
    func brokenTextDoesNot(text: String) {
        #expect(PercentCoding.decoded(text, form: true) == nil)
    }

    @Test(arguments: [
        (1, 0, 10, 0..<0, 1), (1, 25, 10, 0..<10, 3), (3, 25, 10, 20..<25, 3),
        (99, 25, 10, 20..<25, 3), (-5, 25, 10, 0..<10, 3),
    ])
    func pagesOfRowsStayWithinTheList(
        asked: Int, count: Int, size: Int, rows: Range<Int>, last: Int
    ) {
        let page = PageOfRows(asked: asked, count: count, size: size)
        #expect(page.rows == rows)
        #expect(page.last == last)
    }
}
