internal import Rules
internal import Wire

/// The head and the foot that all pages share.
struct Shell: Sendable {
    let visit: Visit
    /// Readers sign in, and may sign out.
    let signsIn: Bool

    func page(_ content: PageContent) -> Markup {
        Markup.document { page in
            page.tag(
                .html, .lang(visit.language.rawValue), .data(.theme, visit.theme.rawValue)
            ) { page in
                Shell.head(&page, title: content.title)
                page.tag(
                    .body, .data(.live, Link("events").text),
                    .data(.change, String(visit.change)), .data(.day, Clock.today.description),
                    .data(.old, content.isOld ? "1" : "")
                ) { page in
                    let words = visit("Đến nội dung chính", "Skip to the content")
                    page.tag(.a, .class("skip"), .href(.here("main")), text: words)
                    Icons.sprite(&page)
                    banner(&page, content)
                    page.tag(.main, .id("main"), .number(.tabindex, -1)) { page in
                        trail(&page, content)
                        page.tag(.h1, text: content.title)
                        lede(&page, content)
                        content.write(&page)
                    }
                    foot(&page, content)
                }
            }
        }
    }

    static func head(_ page: inout Markup, title: String) {
        page.tag(.head) { page in
            page.void(.meta, .plain(.charset, "utf-8"))
            page.void(
                .meta, .plain(.name, "viewport"),
                .plain(.content, "width=device-width, initial-scale=1"))
            page.void(.meta, .plain(.name, "color-scheme"), .plain(.content, "light dark"))
            page.tag(.title, text: "\(title) – CaoDiem")
            page.void(
                .link, .plain(.rel, "icon"), .plain(.type, "image/svg+xml"),
                .href(Assets.icon.link))
            page.void(.link, .plain(.rel, "stylesheet"), .href(Assets.style.link))
            page.tag(.script, .src(Assets.script.link), .defer) { _ in }
        }
    }

    // MARK: Head

    private func banner(_ page: inout Markup, _ content: PageContent) {
        page.tag(.header, .class("banner")) { page in
            page.tag(.div, .class("brand")) { page in
                page.tag(.a, .class("name"), .href(visit.link("")), text: "CaoDiem")
                if let plan = visit.plan {
                    page.tag(.span, .class("campaign"), text: plan.title)
                }
            }
            navigation(&page, content.section)
            page.tag(.div, .class("tools")) { page in
                dayForm(&page)
                choices(&page)
                if signsIn { who(&page) }
            }
        }
    }

    private var sections: [(path: String, title: String)] {
        [
            ("", visit("Bảng điểm", "Board")), ("auction", visit("Đấu giá", "Auctions")),
            ("worklist", visit("Việc phải làm", "Worklist")),
            ("ranking", visit("Xếp hạng", "Ranking")), ("fleet", visit("Vận hành", "Fleet")),
        ]
    }

    private func navigation(_ page: inout Markup, _ section: String) {
        let name = visit("Các trang", "Pages")
        page.tag(.nav, .class("sections"), .aria(.label, name)) { page in
            page.tag(.ul) { page in
                for entry in sections {
                    page.tag(.li) { page in
                        let link = Attribute.href(visit.link(entry.path))
                        let marks =
                            entry.path == section ? [Attribute.aria(.current, "page")] : []
                        page.tag(.a, with: [link] + marks) { $0.text(entry.title) }
                    }
                }
            }
        }
    }

    private func dayForm(_ page: inout Markup) {
        let here = Link(path: visit.request.path)
        page.tag(.form, .class("day"), .plain(.method, "get"), .action(here)) { page in
            for entry in visit.request.query where !["day", "page"].contains(entry.name) {
                page.void(
                    .input, .plain(.type, "hidden"), .plain(.name, entry.name),
                    .plain(.value, entry.value))
            }
            page.tag(.label, .plain(.for, "day"), text: visit("Ngày", "Day"))
            page.void(
                .input, .plain(.type, "date"), .id("day"), .plain(.name, "day"),
                .plain(.value, visit.day.description), .required)
            page.tag(.button, .plain(.type, "submit"), text: visit("Xem", "Show"))
        }
    }

    private func choices(_ page: inout Markup) {
        let other: Language = visit.language == .vi ? .en : .vi
        let here = visit.request.link
        page.tag(
            .a, .class("choice"), .href(here.with("lang", other.rawValue)),
            .lang(other.rawValue), .plain(.rel, "nofollow"),
            text: other == .vi ? "Tiếng Việt" : "English")
        page.tag(
            .a, .class("choice"), .href(here.with("theme", next.rawValue)),
            .plain(.rel, "nofollow"), text: themeWords)
    }

    private var next: Theme {
        switch visit.theme {
        case .auto: .dark
        case .dark: .light
        case .light: .auto
        }
    }

    private var themeWords: String {
        switch next {
        case .dark: visit("Nền tối", "Dark")
        case .light: visit("Nền sáng", "Light")
        case .auto: visit("Nền theo máy", "Device colours")
        }
    }

    private func who(_ page: inout Markup) {
        page.tag(
            .form, .class("who"), .plain(.method, "post"), .action(Link("sign-out"))
        ) { page in
            page.void(
                .input, .plain(.type, "hidden"), .plain(.name, "form"),
                .plain(.value, visit.formSecret))
            page.tag(.span, .class("principal")) { page in
                page.tag(.span, .class("quiet"), text: visit("Người xem ", "Signed in as "))
                page.tag(.bdi, text: visit.visitor.principal)
            }
            page.tag(.button, .plain(.type, "submit"), text: visit("Đăng xuất", "Sign out"))
        }
    }

    private func trail(_ page: inout Markup, _ content: PageContent) {
        guard !content.trail.isEmpty else { return }
        let name = visit("Đường dẫn", "You are here")
        page.tag(.nav, .class("trail"), .aria(.label, name)) { page in
            page.tag(.ol) { page in
                for entry in content.trail {
                    page.tag(.li) { $0.tag(.a, .href(entry.link), text: entry.title) }
                }
            }
        }
    }

    /// The day, and what there is to say in one sentence.
    private func lede(_ page: inout Markup, _ content: PageContent) {
        guard !["none", "fleet"].contains(content.section) else { return }
        page.tag(.p, .class("lede")) { page in
            page.text(visit("Ngày ", "On "))
            page.tag(.time, .plain(.datetime, visit.day.description)) { page in
                page.tag(.strong, text: visit.language.day(visit.day))
            }
            page.text(content.lede.isEmpty ? "." : ": \(content.lede)")
        }
    }

    // MARK: Foot

    private func foot(_ page: inout Markup, _ content: PageContent) {
        page.tag(.footer, .class("foot")) { page in
            page.tag(.p, .id("live"), .plain(.role, "status")) { page in
                page.text(basis(content))
            }
            page.tag(.p, .class("quiet")) { page in
                page.text(
                    visit(
                        "Tên và địa chỉ đương sự không hiện trên bảng. Mỗi con số dẫn tới việc, căn cứ và lần nhập.",
                        "Names and addresses of parties are not shown. Each figure leads to its cases and rules."
                    ))
            }
            if let plan = visit.plan {
                page.tag(.p, .class("quiet")) { page in
                    page.text("\(plan.authority) · \(plan.citation)")
                }
            }
        }
    }

    private func basis(_ content: PageContent) -> String {
        let day = visit.language.day(visit.day)
        let change = visit.language.count(Int64(clamping: visit.change))
        let told = visit(
            "Số liệu ngày \(day), kho dữ liệu ở thay đổi số \(change).",
            "Figures of \(day), the store at change \(change).")
        guard content.isOld else { return told }
        return told + " "
            + visit(
                "Đang tính lại, trang sẽ mới trong giây lát.",
                "Being counted anew; this page will be newer in a moment.")
    }
}
