import ArgumentParser
import Datagen

struct DatagenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caodiem-datagen",
        abstract: "Tạo một tỉnh giả lập thành các tệp CSV để nhập; cùng hạt giống, cùng từng byte.")

    @Option(help: "Hạt giống ngẫu nhiên.")
    var seed: UInt64 = 2021

    @Option(help: "Số đơn vị (từ 1).")
    var units = 12

    @Option(help: "Tổng số việc (từ 0).")
    var cases = 17_000

    @Option(help: "Thư mục nhận các tệp CSV.")
    var out: String

    @Option(
        help: "Kiểu dữ liệu: soc-trang (như thật) hoặc edges (các ca biên để kiểm thử).",
        transform: profile(named:))
    var profile: Profile = .socTrang

    @Flag(help: "Ghi đè các tệp trùng tên trong thư mục không do lệnh này tạo.")
    var force = false

    func validate() throws {
        guard (1...10_000).contains(units) else {
            throw ValidationError("--units phải từ 1 đến 10000.")
        }
        guard (0...100_000_000).contains(cases) else {
            throw ValidationError("--cases phải từ 0 đến 100000000.")
        }
    }

    func run() throws {
        let request = ProvinceRequest(seed: seed, units: units, cases: cases, profile: profile)
        var folder = try OutputFolder(path: out, force: force)
        do {
            try writeProvince(request, into: &folder)
            try folder.publish(
                mark: "seed=\(seed) units=\(units) cases=\(cases) profile=\(profile.rawValue)\n")
        } catch {
            folder.discard()
            throw error
        }
        print("Đã ghi \(cases) việc của \(units) đơn vị vào \(out)")
    }
}

private func profile(named name: String) throws -> Profile {
    guard let profile = Profile(rawValue: name) else {
        throw ValidationError("--profile là soc-trang hoặc edges.")
    }
    return profile
}

DatagenCommand.main()
