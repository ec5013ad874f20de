import ArgumentParser

/// `caodiem doctor [--deep] [--config FILE] [--plugins DIR]`: ends with 1 when there is a problem.
struct DoctorCommand: OfflineCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor", abstract: DoctorText.abstract.text,
            discussion: DoctorText.discussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Flag(help: DoctorText.deep.help) var deep = false
    @Option(help: DoctorText.config.help, completion: .file()) var config: String?
    @Option(help: DoctorText.plugins.help, completion: .directory) var plugins: String?

    var verb: [String] {
        ["doctor"] + (deep ? ["--deep"] : []) + Self.option("config", config)
            + Self.option("plugins", plugins)
    }
}

private enum DoctorText {
    static let abstract = Phrase(
        "Khám thư mục dữ liệu và máy; chạy được cả khi hệ thống dừng.",
        "Examines the data folder and the machine, with or without a running fleet.")
    static let discussion = Phrase(
        "Mỗi dòng nói: cái gì, ở đâu, phải làm gì. Mã thoát 1 nếu có vấn đề; không sửa gì.",
        "Each line says what, where, and what to do. Exit code 1 when there is a problem; nothing is changed."
    )
    static let deep = Phrase(
        "Kiểm tra cả từng trang, từng dòng và từng tệp gốc.",
        "Also checks every page, every row and every original.")
    static let config = Phrase(
        "Tệp cài đặt của coordinator.", "The coordinator's configuration file.")
    static let plugins = Phrase("Thư mục plugin.", "The folder of plugins.")
}
