/// The page that asks for a token.
enum SignInPage {
    static func page(
        language: Language, theme: Theme, formSecret: String, to: String, problem: Phrase?
    ) -> Markup {
        let title = language("Đăng nhập", "Sign in")
        return Markup.document { page in
            page.tag(.html, .lang(language.rawValue), .data(.theme, theme.rawValue)) { page in
                Shell.head(&page, title: title)
                page.tag(.body, .class("sign-in")) { page in
                    Icons.sprite(&page)
                    page.tag(.main, .id("main")) { page in
                        page.tag(.p, .class("name"), text: "CaoDiem")
                        page.tag(.h1, text: title)
                        form(&page, language, formSecret, to, problem)
                    }
                }
            }
        }
    }

    private static func form(
        _ page: inout Markup, _ language: Language, _ formSecret: String, _ to: String,
        _ problem: Phrase?
    ) {
        page.tag(
            .form, .plain(.method, "post"), .action(Link("sign-in"))
        ) { page in
            if let problem {
                page.tag(.p, .class("warning"), .plain(.role, "alert")) { page in
                    Icons.icon("late", &page)
                    page.text(language(problem))
                }
            }
            for (name, value) in [("form", formSecret), ("to", to)] {
                page.void(
                    .input, .plain(.type, "hidden"), .plain(.name, name), .plain(.value, value))
            }
            page.tag(
                .label, .plain(.for, "token"), text: language("Mã truy cập", "Access token"))
            page.void(
                .input, .plain(.type, "password"), .id("token"), .plain(.name, "token"),
                .plain(.autocomplete, "current-password"), .plain(.spellcheck, "false"),
                .number(.maxlength, 512), .aria(.describedby, "token-hint"), .required)
            page.tag(
                .p, .id("token-hint"), .class("quiet"),
                text: language(
                    "Mã do người quản trị cấp; quyền xem như khi dùng lệnh caodiem.",
                    "The administrator gives it; it opens what it opens to the caodiem command."))
            page.tag(.button, .plain(.type, "submit"), text: language("Đăng nhập", "Sign in"))
        }
    }
}
