/// The plan's part II: work on a case that a person or the plan sets days for.
extension DutyFinder {
    mutating func campaignWork() {
        repairViolations()
    }

    private mutating func repairViolations() {
        for violation in file.violations {
            planned(
                .repairViolation, trigger: violation.foundOn, done: violation.repairedOn,
                outlivesCase: true)
        }
    }
}
