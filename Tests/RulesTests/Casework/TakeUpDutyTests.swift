import Rules
import Testing

/// From the receipt to the first verification: LTHADS Art. 36, 39, 44.1, 45.
@Suite struct TakeUpDutyTests {
    static let rows: [DutyRow] = [
        // The decision: five working days of the receipt
        DutyRow(
            "on request, received Monday: the fifth working day", "Điều 36.1", on: "05/04",
            ["issue_decision E-03 05/04→12/04"]
        ) { file in
            file.receivedOn = try day("05/04")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow(
            "ex officio counts from the judgment's receipt", "Điều 36.2", on: "06/04",
            ["issue_decision E-04 05/04→12/04"]
        ) { file in
            file.initiative = .exOfficio
            file.receivedOn = try day("05/04")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow("before the receipt there is no duty", "Điều 36.1", on: "04/04", []) { file in
            file.receivedOn = try day("05/04")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow(
            "over Tết (10–16/02 off)", "Điều 36.1", on: "20/02",
            ["issue_decision E-03 08/02→22/02"]
        ) { file in
            file.receivedOn = try day("08/02")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow(
            "over Hùng Kings' day, 30/04, 01/05 and the day off of 03/05", "Điều 36.1",
            on: "03/05", ["issue_decision E-03 27/04→06/05"]
        ) { file in
            file.receivedOn = try day("27/04")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow(
            "received on a Saturday", "Điều 36.1", on: "03/04", ["issue_decision E-03 03/04→09/04"]
        ) { file in
            file.receivedOn = try day("03/04")
            file.decisionOn = try day("30/04/2022")
        },
        DutyRow(
            "decided on the last day: the next duties run", "Điều 36.1", on: "12/04",
            ["notify_decision E-07 12/04→15/04"]
        ) { file in
            file.receivedOn = try day("05/04")
            file.decisionOn = try day("12/04")
            try file.tell(nil)
        },
        DutyRow("received before the law had the period", "Điều 36.1", on: "31/05", []) { file in
            file.receivedOn = try day("01/06/2015")
            file.decisionOn = try day("03/06/2015")
            try file.verify(.enforceable, "01/03")
        },
        // The notice: three working days of the decision
        DutyRow(
            "decided Monday: told by Thursday", "Điều 39.2", on: "01/03",
            ["notify_decision E-07 01/03→04/03"]
        ) { try $0.tell(nil) },
        DutyRow(
            "decided Friday: told by Wednesday", "Điều 39.2", on: "30/05",
            ["notify_decision E-07 05/03→10/03"]
        ) { file in
            file.decisionOn = try day("05/03")
            try file.tell(nil)
        },
        DutyRow(
            "a notice of later is not seen", "Điều 39.2", on: "09/03",
            ["notify_decision E-07 01/03→04/03"]
        ) { try $0.tell("10/03") },
        DutyRow("told: the voluntary period runs", "Điều 39.2", on: "10/03", []) {
            try $0.tell("10/03")
        },
        DutyRow(
            "a verification shows that the case is past the notice", "Điều 39.2", on: "30/03", []
        ) {
            try $0.tell(nil)
            try $0.verify(.enforceable, "20/03")
        },
        DutyRow("paid off: nobody needs to be told", "Điều 39.2", on: "30/03", []) {
            try $0.tell(nil)
            try $0.pay(100_000_000, "10/03")
        },
        // The voluntary period and the first verification
        DutyRow("within the ten days nothing is due", "Điều 45.1", on: "10/03", []) { _ in },
        DutyRow(
            "the voluntary period ends on the tenth day; ten days to verify", "Điều 44.1",
            on: "11/03", ["verify E-11 11/03→22/03"]
        ) { _ in },
        DutyRow(
            "the tenth day is a Sunday: it ends on Monday", "Điều 45.1", on: "15/03",
            ["verify E-11 15/03→25/03"]
        ) { try $0.tell("04/03") },
        DutyRow("…and not before", "Điều 45.1", on: "14/03", []) { try $0.tell("04/03") },
        DutyRow(
            "the tenth day falls into Tết: it ends on 17/02", "Điều 45.1", on: "01/03",
            ["verify E-11 17/02→01/03"]
        ) { file in
            file.decisionOn = try day("01/02")
            try file.tell("01/02")
        },
        DutyRow(
            "the last day to verify is Hùng Kings' day", "Điều 44.1", on: "22/04",
            ["verify E-11 12/04→22/04"]
        ) { try $0.tell("01/04") },
        DutyRow(
            "28/02 and 29/02: of a leap year", "Điều 44.1", on: "31/03/2020",
            ["verify E-11 02/03/2020→12/03/2020"]
        ) { file in
            file.decisionOn = try day("18/02/2020")
            try file.tell("19/02/2020")
        },
        DutyRow("verified on the last day", "Điều 44.1", on: "22/03", []) {
            try $0.verify(.enforceable, "22/03")
        },
        DutyRow(
            "verified a day later than asked", "Điều 44.1", on: "22/03", ["verify E-11 11/03→22/03"]
        ) { try $0.verify(.enforceable, "23/03") },
        DutyRow("verified before the period was over", "Điều 44.1", on: "30/03", []) {
            try $0.verify(.enforceable, "05/03")
        },
        DutyRow("paid within the voluntary period", "Điều 44.1", on: "30/03", []) {
            try $0.pay(100_000_000, "11/03")
        },
        DutyRow("paid off after it: overtaken", "Điều 44.1", on: "30/03", []) {
            try $0.pay(100_000_000, "20/03")
        },
        DutyRow(
            "paid but for one đồng", "Điều 44.1", on: "30/03", ["verify E-11 11/03→22/03"]
        ) { try $0.pay(99_999_999, "11/03") },
        DutyRow(
            "the payment was reversed on 15/03", "Điều 44.1", on: "15/03",
            []
        ) { try $0.pay(100_000_000, "05/03", reversed: "15/03") },
        DutyRow(
            "an act is owed, no money", "Điều 44.1", on: "30/03", ["verify E-11 11/03→22/03"]
        ) { $0.amountDue = .zero },
        DutyRow(
            "seized: past the verification", "Điều 44.1", on: "15/03",
            ["value_contract V-02 12/03→19/03"]
        ) {
            $0.assets = [try Make.asset(seized: "12/03")]
        },
        DutyRow("postponed while the days run: it rests", "Điều 48.1", on: "30/03", []) {
            try $0.decide(.postpone, "15/03", ground: "48.1.a")
        },
        DutyRow(
            "resumed: the ten days start on that day", "Điều 48.4", on: "30/03",
            ["verify E-11 26/03→05/04"]
        ) {
            try $0.decide(.postpone, "15/03", ground: "48.1.a")
            try $0.decide(.resume, "26/03")
        },
        DutyRow(
            "postponed only after the days were over: the day stands", "Điều 44.1", on: "30/04",
            ["verify E-11 11/03→22/03"]
        ) {
            try $0.decide(.postpone, "25/03", ground: "48.1.a")
            try $0.decide(.resume, "05/04")
        },
        DutyRow("finished", "Điều 52", on: "30/03", []) {
            try $0.decide(.terminate, "20/03", ground: "50.1.c")
        },
        DutyRow("delegated to another office", "Điều 55", on: "30/03", []) {
            try $0.decide(.delegate, "20/03")
        },
        DutyRow(
            "taken back: this office decides on it again", "Điều 44a.1", on: "30/05",
            ["reverify E-12 20/04→20/10"]
        ) {
            try $0.decide(.delegate, "20/03")
            try $0.decide(.notEnforceable, "20/04")
        },
        DutyRow(
            "edition of 2009: fifteen days, and no period to verify yet", "Điều 45.1", on: "01/03",
            []
        ) { file in
            file.decisionOn = try day("08/06/2015")
            try file.tell("08/06/2015")
        },
        DutyRow(
            "the edition of 01/07/2015 on its first day: ten days", "Điều 45.1", on: "13/07/2015",
            ["verify E-11 13/07/2015→23/07/2015"]
        ) { file in
            file.decisionOn = try day("01/07/2015")
            try file.tell("01/07/2015")
        },
        DutyRow(
            "told on the day before: fifteen days of the edition of 2009", "Điều 45.1",
            on: "31/07/2015", ["verify E-11 15/07/2015→27/07/2015"]
        ) { file in
            file.decisionOn = try day("29/06/2015")
            try file.tell("30/06/2015")
        },
        // The officer
        DutyRow(
            "no officer: the plan's seven days", "KH II.1", on: "02/03",
            ["assign_officer policy 01/03→08/03"], plan: true
        ) { file in
            file.officer = nil
            file.assignedOn = nil
        },
        DutyRow("an officer is named", "KH II.1", on: "10/03", [], plan: true) { _ in },
    ]

    @Test(arguments: rows) func openDuties(_ row: DutyRow) throws { try row.check() }
}
