public import Rules
internal import StrictYAML

/// A campaign's plan file: its window, the lists and reports it asks for, its targets, table of
/// points and settings.
///
/// docs/contracts.md names the keys; `Samples/soc-trang-2021/plan.yaml` is a whole one with
/// comments.
public enum PlanFile {
    /// The plan in the file's bytes; `name` is what messages call the file.
    ///
    /// Throws everything that is wrong together: keys, dates, shares, ids that stand twice, targets
    /// whose list or options do not fit their measure, criteria without their target.
    public static func parse(bytes: [UInt8], name: String) throws(PlanError) -> CampaignPlan {
        do {
            return try StrictReader.read(bytes, name: name, as: .plan)
        } catch {
            throw PlanError(error)
        }
    }
}

extension Shape where Value == CampaignPlan {
    fileprivate static var plan: Shape<CampaignPlan> {
        .mapping { map in
            let id = map.required("id", .planID)
            let title = map.required("title", .text)
            let authority = map.required("authority", .text)
            let citation = map.required("citation", .text)
            let window = map.required("window", .dayRange)
            let reportingYear = map.required("reporting_year", .dayRange)
            let lists = map.optional("lists", .list(.planList), or: [])
            let reports = map.optional("reports", .list(.planReport), or: [])
            let targets = (map.required("targets", .list(.target, atLeast: 1)) ?? []).flatMap { $0 }
            let emulation = map.optional("emulation", .emulation, or: .none)
            let settings = map.optional("settings", .settings, or: .absent)
            let duties = map.optional("duties", .list(.planDuty), or: [])
            let check = PlanCheck(lists: lists, reports: reports, targets: targets)
            check.refuseRepeated()
            check.refuseUnfitting(emulation, reportingYear: reportingYear)
            check.refuseRepeated(duties)
            guard let id, let title, let authority, let citation, let window, let reportingYear
            else { return nil }
            var plan = CampaignPlan(
                id: id, title: title, authority: authority, citation: citation, window: window,
                reportingYear: reportingYear, lists: lists.map(\.list),
                targets: targets.compactMap {
                    $0.target(lists: lists, window: window, reportingYear: reportingYear)
                },
                reports: reports.map(\.report), emulation: emulation.table, settings: settings)
            plan.duties = duties.map(\.duty)
            return plan
        }
    }
}

extension Shape where Value == String {
    /// An id: small letters, digits, `-` and `_`.
    static var planID: Shape<String> {
        Shape<String>.text.narrowed(to: "an id of small letters, digits, '-' and '_'") { id in
            id.utf8.count <= 64
                && id.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x61...0x7A, 0x2D, 0x5F: true
                    default: false
                    }
                } ? id : nil
        }
    }
}

extension Shape where Value == Day {
    /// A day of a plan, from 2000 to 2099: a year mistyped is caught.
    static var planDay: Shape<Day> {
        Shape<Day>.day.narrowed(to: "a day of the years 2000 to 2099") {
            (2000...2099).contains($0.civil.year) ? $0 : nil
        }
    }
}

extension Shape where Value == DayRange {
    /// `{start, end}`, both included.
    static var dayRange: Shape<DayRange> {
        .mapping { map in
            let start = map.required("start", .planDay)
            let end = map.required("end", .planDay)
            guard let start, let end else { return nil }
            guard start <= end else {
                map.refuse("end", "lies before 'start' (\(start))", "correct one of the two days")
                return nil
            }
            return DayRange(start: start, end: end)
        }
    }
}

extension Shape where Value == PlanSettings {
    fileprivate static var settings: Shape<PlanSettings> {
        .mapping { map in
            var settings = PlanSettings.absent
            settings.provinceIsUnit = map.optional(
                "province_is_unit", .flag, or: settings.provinceIsUnit)
            settings.strictDeadlines = map.optional(
                "strict_deadlines", .flag, or: settings.strictDeadlines)
            settings.emailCopy = map.optional("email_copy", .flag, or: settings.emailCopy)
            settings.policy = map.optional("policy", .policy, or: settings.policy)
            settings.signals = map.optional("signals", .signals, or: settings.signals)
            settings.escalationParagraph = map.optional(
                "escalation_paragraph", .text, or: settings.escalationParagraph)
            return settings
        }
    }
}

extension Shape where Value == PolicyPeriods {
    fileprivate static var policy: Shape<PolicyPeriods> {
        .mapping { map in
            let days = Shape<Int>.integer(in: 1...365)
            var policy = PlanSettings.absent.policy
            policy.postAgainDays = map.optional("post_again_days", days, or: policy.postAgainDays)
            policy.offerCreditorDays = map.optional(
                "offer_creditor_days", days, or: policy.offerCreditorDays)
            policy.laterReductionDays = map.optional(
                "later_reduction_days", days, or: policy.laterReductionDays)
            policy.paragraph = map.optional("paragraph", .text, or: policy.paragraph)
            return policy
        }
    }
}

extension Shape where Value == SignalSettings {
    fileprivate static var signals: Shape<SignalSettings> {
        .mapping { map in
            var settings = SignalSettings()
            settings.swingDays = map.optional(
                "swing_days", .integer(in: 1...365), or: settings.swingDays)
            settings.habit = map.optional("habit", .integer(in: 1...1_000), or: settings.habit)
            settings.intakeDip = map.optional("intake_dip", .share, or: settings.intakeDip)
            settings.intakeSpike = map.optional("intake_spike", .multiple, or: settings.intakeSpike)
            return settings
        }
    }
}

extension PlanSettings {
    /// What holds where the plan says nothing: the department is a unit, "trước ngày X" is met on
    /// X, no e-mail copy.
    fileprivate static var absent: PlanSettings {
        PlanSettings(
            provinceIsUnit: true, strictDeadlines: false, emailCopy: false,
            policy: PolicyPeriods(postAgainDays: 5, offerCreditorDays: 5, laterReductionDays: 10))
    }
}
