/// The elements that a page may have; each is closed where its content ends.
enum Tag: String, Sendable {
    case html, head, body, title, header, nav, main, footer, section, article, div, span, p
    case h1, h2, h3, a, ul, ol, li, dl, dt, dd, strong, small, abbr, time, bdi
    case table, caption, thead, tbody, tfoot, tr, th, td
    case form, label, select, option, button, details, summary, figure, figcaption
    case script, noscript, svg, g, text, desc, symbol, output
}

/// Elements without content.
enum VoidTag: String, Sendable {
    case meta, link, input, br, rect, line, path, polyline, polygon, circle, use
}

/// One attribute; its value is escaped where it is written. There is none for scripts and styles in a page,
/// and addresses come from `Link` alone.
struct Attribute: Sendable {
    let name: String
    /// Nil for an attribute that stands without a value.
    let value: String?

    private init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    /// An attribute that needs no rule of its own.
    static func plain(_ name: PlainName, _ value: String) -> Attribute {
        Attribute(name.rawValue, value)
    }

    static func number(_ name: PlainName, _ value: Int) -> Attribute {
        Attribute(name.rawValue, String(value))
    }

    static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
    static func id(_ value: String) -> Attribute { Attribute("id", value) }
    static func lang(_ value: String) -> Attribute { Attribute("lang", value) }
    static func href(_ link: Link) -> Attribute { Attribute("href", link.text) }
    static func src(_ link: Link) -> Attribute { Attribute("src", link.text) }
    static func action(_ link: Link) -> Attribute { Attribute("action", link.text) }
    /// `col` or `row`.
    static func scope(_ value: Scope) -> Attribute { Attribute("scope", value.rawValue) }
    static func aria(_ name: AriaName, _ value: String) -> Attribute {
        Attribute("aria-\(name.rawValue)", value)
    }
    static func data(_ name: DataName, _ value: String) -> Attribute {
        Attribute("data-\(name.rawValue)", value)
    }
    static let required = Attribute("required")
    static let selected = Attribute("selected")
    static let `defer` = Attribute("defer")
    static let hidden = Attribute("hidden")

    enum Scope: String, Sendable { case col, row, colgroup, rowgroup }
    enum AriaName: String, Sendable {
        case label, labelledby, describedby, current, hidden, live, sort, atomic
    }
    enum DataName: String, Sendable { case live, change, day, theme, old, target }

    /// Names whose values cannot run anything, whatever they are.
    enum PlainName: String, Sendable {
        case name, content, charset, rel, type, media, method, value, role, colspan, rowspan
        case placeholder, autocomplete, datetime, title, tabindex, min, max, maxlength, size
        case `for`, width, height, x, y, x1, y1, x2, y2, cx, cy, r, d, points, viewBox, dx, dy
        case preserveAspectRatio, fill, stroke, transform, rx
        case textAnchor = "text-anchor"
        case strokeDasharray = "stroke-dasharray"
        case inputmode, spellcheck, sizes, xmlns, enterkeyhint
    }
}
