import Rules
import Testing

/// Classification and the verifications that follow: LTHADS Art. 44.2 and 44a, ND62 Art. 9.4; postponements and
/// the end: LTHADS Art. 48 to 52; the plan.
@Suite struct MeansDutyTests {
    static let classification: [DutyRow] = [
        DutyRow(
            "nothing found on Monday: decision by the next Monday", "NĐ62 9.4", on: "22/03",
            ["classify E-13 22/03→29/03"]
        ) { try $0.verify(.notEnforceable, "22/03") },
        DutyRow(
            "decided the same day: verify again in six months", "Điều 44.2", on: "22/03",
            ["reverify E-12 22/03→22/09"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
        },
        DutyRow("means found: no decision is needed", "Điều 3.6", on: "30/04", []) {
            try $0.verify(.enforceable, "22/03")
        },
        DutyRow("means found later: overtaken", "NĐ62 9.4", on: "30/04", []) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.verify(.enforceable, "12/04")
        },
        DutyRow(
            "nothing found twice: the first one counts", "NĐ62 9.4", on: "30/04",
            ["classify E-13 22/03→29/03"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.verify(.notEnforceable, "12/04")
        },
        DutyRow(
            "nothing found after means were found: a new run", "NĐ62 9.4", on: "30/04",
            ["classify E-13 12/04→19/04"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.verify(.enforceable, "01/04")
            try $0.verify(.notEnforceable, "12/04")
        },
        DutyRow(
            "an asset was seized after all", "NĐ62 9.4", on: "30/04",
            ["value_contract V-02 20/04→28/04"]
        ) {
            try $0.verify(.notEnforceable, "12/04")
            $0.assets = [try Make.asset(seized: "20/04")]
        },
        DutyRow(
            "found on 27/04: five working days over three days off", "NĐ62 9.4", on: "28/04",
            ["classify E-13 27/04→06/05"]
        ) { try $0.verify(.notEnforceable, "27/04") },
        DutyRow("paid off", "NĐ62 9.4", on: "30/04", []) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.pay(100_000_000, "23/03")
        },
    ]

    static let cycle: [DutyRow] = [
        DutyRow(
            "six months from the verification, not from the decision", "Điều 44.2", on: "30/05",
            ["reverify E-12 22/03→22/09"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "29/03")
        },
        DutyRow(
            "never verified: from the decision", "Điều 44.2", on: "30/05",
            ["reverify E-12 29/03→29/09"]
        ) { try $0.decide(.notEnforceable, "29/03") },
        DutyRow(
            "31/08 + six months: the last day of February", "Điều 44.2, BLDS 148.3", on: "01/03",
            ["reverify E-12 31/08/2020→01/03"]
        ) { file in
            file.decisionOn = try day("01/07/2020")
            try file.tell("02/07/2020")
            try file.verify(.notEnforceable, "31/08/2020")
            try file.decide(.notEnforceable, "31/08/2020")
        },
        DutyRow(
            "29/02/2020 + one year", "Điều 44.2, BLDS 148.3", on: "28/02",
            ["reverify E-12.prison_or_address_unknown 29/02/2020→01/03"]
        ) { file in
            file.decisionOn = try day("01/02/2020")
            file.addressUnknown = true
            try file.verify(.notEnforceable, "29/02/2020")
            try file.decide(.notEnforceable, "29/02/2020")
        },
        DutyRow(
            "the sixth month ends on a Sunday: Monday", "Điều 44.2", on: "30/08",
            ["reverify E-12 28/02→30/08"]
        ) { file in
            file.decisionOn = try day("01/02")
            try file.verify(.notEnforceable, "28/02")
            try file.decide(.notEnforceable, "28/02")
        },
        DutyRow(
            "address unknown: once a year", "Điều 44.2", on: "30/05",
            ["reverify E-12.prison_or_address_unknown 22/03→22/03/2022"]
        ) { file in
            file.addressUnknown = true
            try file.verify(.notEnforceable, "22/03")
            try file.decide(.notEnforceable, "22/03")
        },
        DutyRow(
            "two years of prison left to the day: once a year", "Điều 44.2", on: "30/05",
            ["reverify E-12.prison_or_address_unknown 22/03→22/03/2022"]
        ) { file in
            file.prisonUntil = try day("22/03/2023")
            try file.verify(.notEnforceable, "22/03")
            try file.decide(.notEnforceable, "22/03")
        },
        DutyRow(
            "a day less: twice a year", "Điều 44.2", on: "30/05", ["reverify E-12 22/03→22/09"]
        ) { file in
            file.prisonUntil = try day("21/03/2023")
            try file.verify(.notEnforceable, "22/03")
            try file.decide(.notEnforceable, "22/03")
        },
        DutyRow(
            "verified once more: from that day", "Điều 44.2", on: "30/09",
            ["reverify E-12 06/09→07/03/2022"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.notEnforceable, "06/09")
        },
        DutyRow(
            "two rounds found nothing: only new information now", "Điều 44.2", on: "30/09/2022", []
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.notEnforceable, "06/09")
            try $0.verify(.notEnforceable, "01/03/2022")
        },
        DutyRow(
            "means found: the plan's days to continue", "NĐ62 9.4", on: "30/09",
            ["continue_enforcement policy 06/09→13/09"], plan: true
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.enforceable, "06/09")
        },
        DutyRow("continued: no cycle any more", "NĐ62 9.4", on: "30/09/2022", [], plan: true) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.enforceable, "06/09")
            try $0.decide(.enforceable, "08/09")
        },
        DutyRow(
            "classed again: the rounds start anew", "Điều 44.2", on: "30/09/2022",
            ["reverify E-12 02/03/2022→05/09/2022"]
        ) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.verify(.enforceable, "06/09")
            try $0.decide(.enforceable, "08/09")
            try $0.verify(.notEnforceable, "02/03/2022")
            try $0.decide(.notEnforceable, "02/03/2022")
        },
        DutyRow("paid off while not enforceable", "Điều 44.2", on: "30/09", []) {
            try $0.verify(.notEnforceable, "22/03")
            try $0.decide(.notEnforceable, "22/03")
            try $0.pay(100_000_000, "23/08")
        },
    ]

    static let holds: [DutyRow] = [
        DutyRow("the term still runs", "Điều 48.4", on: "13/05", []) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
        },
        DutyRow(
            "the term is over: five working days", "Điều 48.4", on: "14/05",
            ["resume C-08 14/05→21/05"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
        },
        DutyRow("resumed before the term was over", "Điều 48.4", on: "30/05", []) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
            try $0.decide(.resume, "10/05")
        },
        DutyRow("resumed in time", "Điều 48.4", on: "30/05", []) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
            try $0.decide(.resume, "21/05")
        },
        DutyRow(
            "postponed anew: the first term is overtaken", "Điều 48.1", on: "30/07",
            ["resume C-08 15/07→22/07"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
            try $0.decide(.postpone, "18/05", ground: "48.1.c", until: "15/07")
        },
        DutyRow(
            "request of the person who may appeal: three months at most", "Điều 48.2", on: "22/06",
            ["resume C-08 21/06→28/06"]
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "22/03", ground: "48.2", since: "19/03")
        },
        DutyRow("no term: nobody can say when the ground falls away", "Điều 48.4", on: "30/09", [])
        {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.a")
        },
        DutyRow("a suspension has no term", "Điều 49.3", on: "30/09", []) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.suspend, "20/03", ground: "49.1", until: "14/05")
        },
        DutyRow("finished while postponed", "Điều 52", on: "30/05", []) {
            try $0.verify(.enforceable, "15/03")
            try $0.decide(.postpone, "20/03", ground: "48.1.c", until: "14/05")
            try $0.decide(.complete, "17/05")
        },
        DutyRow(
            "paid off: closed within the plan's days", "Điều 52", on: "20/05",
            ["complete policy 12/05→19/05"], plan: true
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.pay(60_000_000, "10/05")
            try $0.pay(40_000_000, "12/05")
        },
        DutyRow(
            "written off in part and paid off", "Điều 52", on: "20/05",
            ["complete policy 12/05→19/05"], plan: true
        ) {
            try $0.verify(.enforceable, "15/03")
            try $0.pay(60_000_000, "10/05")
            try $0.decide(.reduceObligation, "12/05", amount: 40_000_000)
        },
        DutyRow("a reversed payment pays nothing off", "Điều 52", on: "20/05", [], plan: true) {
            try $0.verify(.enforceable, "15/03")
            try $0.pay(100_000_000, "10/05", reversed: "18/05")
        },
        DutyRow(
            "a violation is repaired by the end of the campaign", "KH I", on: "10/05",
            ["repair_violation plan 05/05→31/05"], plan: true
        ) {
            try $0.verify(.enforceable, "15/03")
            $0.violations = [Violation(foundOn: try day("05/05"), severity: .minor)]
        },
        DutyRow(
            "it outlives its case", "KH I", on: "10/05", ["repair_violation plan 05/05→31/05"],
            plan: true
        ) {
            try $0.decide(.terminate, "06/05", ground: "50.1.c")
            $0.violations = [Violation(foundOn: try day("05/05"), severity: .minor)]
        },
        DutyRow("repaired", "KH I", on: "20/05", [], plan: true) {
            try $0.verify(.enforceable, "15/03")
            $0.violations = [
                Violation(
                    foundOn: try day("05/05"), severity: .minor, repairedOn: try day("20/05"))
            ]
        },
    ]

    @Test(arguments: classification + cycle + holds) func openDuties(_ row: DutyRow) throws {
        try row.check()
    }
}
