/// The board's own pictures, drawn once a page and used by name.
enum Icons {
    private static let drawings: [(id: String, shape: String)] = [
        (
            "met",
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.8 5.2-4.4 5a.8.8 0 0 1-1.2 0L4.2 9l1.2-1.1 1.4 1.5 3.8-4.3z"
        ),
        (
            "missed",
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.2 9.1-1.1 1.1L8 9.1l-2.1 2.1-1.1-1.1L6.9 8 4.8 5.9l1.1-1.1L8 6.9l2.1-2.1 1.1 1.1L9.1 8z"
        ),
        (
            "running",
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 0 1 0 10.8zM8.9 4.5v3.2l2.2 1.5-.8 1.2-2.9-2V4.5z"
        ),
        ("none", "M3 7.2h10v1.6H3z"),
        (
            "unknown",
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm.9 11H7.2v-1.6h1.7zm1.2-4.6c-.8.7-1.2.9-1.2 1.8H7.2c0-1.5.6-2 1.3-2.6.6-.5.9-.8.9-1.300 0-.7-.5-1.100-1.300-1.100s-1.300.4-1.400 1.200H5.100c.1-1.700 1.300-2.700 3-2.700 1.800 0 3 1 3 2.500 0 1.100-.5 1.600-1 2.200z"
        ),
        ("late", "M8 1.500 15.200 14H.8zM7.200 6v4h1.600V6zm0 5v1.600h1.600V11z"),
    ]

    static func sprite(_ page: inout Markup) {
        page.tag(
            .svg, .class("sprite"), .aria(.hidden, "true"), .number(.width, 0), .number(.height, 0)
        ) { page in
            for drawing in drawings {
                page.tag(.symbol, .id("i-\(drawing.id)"), .plain(.viewBox, "0 0 16 16")) { page in
                    page.void(.path, .plain(.d, drawing.shape))
                }
            }
        }
    }

    /// Beside a word, so nothing for a screen reader.
    static func icon(_ name: String, _ page: inout Markup) {
        page.tag(.svg, .class("icon"), .aria(.hidden, "true")) {
            page in
            page.void(.use, .href(.here("i-\(name)")))
        }
    }
}
