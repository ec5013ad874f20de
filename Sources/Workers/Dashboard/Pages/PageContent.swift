/// What a page puts between the board's head and its foot.
struct PageContent: Sendable {
    /// In the window's title and as the page's first heading.
    let title: String
    /// What the navigation marks: the page or the one it was reached from.
    let section: String
    /// Some of it is being counted anew; the page will be newer soon.
    var isOld = false
    /// Pages above this one, outermost first.
    var trail: [(title: String, link: Link)] = []
    /// One sentence under the title, after the day.
    var lede = ""
    let write: @Sendable (inout Markup) -> Void
}
