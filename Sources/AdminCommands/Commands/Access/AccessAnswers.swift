import Wire

/// `caodiem.access-explain/1`, `caodiem.access-whoami/1`, `caodiem.access-token/1`, `caodiem.access-tokens/1`,
/// `caodiem.access-policy/1`, `caodiem.access-policy-check/1`.
enum AccessAnswers {
    static func explained(_ reply: AdminV1.ExplainAccessReply) -> Answer {
        let json = JSON.answer(
            "access-explain/1",
            [
                .init("principal", .string(reply.principal)),
                .init("method", .string(reply.method)), .init("allowed", .bool(reply.allowed)),
                .init("reason", .string(reply.reason)), .init("place", .text(reply.place)),
                .init("hint", .text(reply.hint)),
                .init("roles", .list(reply.roles) { .string($0) }),
                .init("grants", .list(reply.grants, grant)),
            ])
        return Answer(json, status: reply.allowed ? .ok : .refused) { terminal in
            let word = reply.allowed ? AccessWords.allowed : AccessWords.refused
            var lines = [terminal.styled(word.text, reply.allowed ? .good : .bad)]
            lines.append(terminal.paragraph(reply.reason))
            if !reply.place.isEmpty { lines.append(terminal.paragraph(reply.place)) }
            if !reply.hint.isEmpty { lines.append(terminal.paragraph(reply.hint)) }
            lines += reply.grants.map { terminal.paragraph("- " + said($0)) }
            return lines.joined(separator: "\n")
        }
    }

    static func me(_ reply: AdminV1.WhoAmIReply) -> Answer {
        let json = JSON.answer(
            "access-whoami/1",
            [
                .init("principal", .string(reply.principal)),
                .init("grants", .list(reply.grants, grant)),
                .init("expires_at", moment(reply.expiresAtMs)),
            ])
        return Answer(json) { terminal in
            ([reply.principal] + reply.grants.map { "- " + said($0) })
                .map { terminal.paragraph($0) }.joined(separator: "\n")
        }
    }

    // MARK: Tokens

    static func created(
        _ token: AdminV1.AccessToken, secret: String?, file: String?
    ) -> Answer {
        let json = JSON.answer(
            "access-token/1",
            members(token) + [.init("token", .text(secret)), .init("file", .text(file))])
        return Answer(json) { terminal in
            let place = secret ?? file ?? ""
            return terminal.paragraph(AccessWords.created(token.name).text) + "\n" + place + "\n"
                + terminal.paragraph(said(token.grant ?? AdminV1.AccessGrant()))
        }
    }

    static func revoked(_ token: AdminV1.AccessToken) -> Answer {
        Answer(JSON.answer("access-token/1", members(token))) { terminal in
            terminal.paragraph(AccessWords.revoked(token.name).text)
        }
    }

    static func tokens(_ tokens: [AdminV1.AccessToken]) -> Answer {
        let json = JSON.answer(
            "access-tokens/1", [.init("tokens", .list(tokens) { .object(members($0)) })])
        return Answer(json) { terminal in
            guard !tokens.isEmpty else { return terminal.paragraph(AccessWords.noTokens.text) }
            var table = Table([
                Column(AccessWords.name), Column(AccessWords.state), Column(AccessWords.rights),
                Column(AccessWords.expires), Column(AccessWords.by, dropOrder: 1),
            ])
            for token in tokens {
                table.add([
                    Cell(token.name),
                    Cell(AccessWords.states[token.state], token.state == "good" ? .good : .bad),
                    Cell(said(token.grant ?? AdminV1.AccessGrant())),
                    Cell(Formats.moment(milliseconds: token.expiresAtMs)), Cell(token.createdBy),
                ])
            }
            return table.rendered(on: terminal)
        }
    }

    private static func members(_ token: AdminV1.AccessToken) -> [JSON.Member] {
        [
            .init("name", .string(token.name)), .init("state", .string(token.state)),
            .init("grant", grant(token.grant ?? AdminV1.AccessGrant())),
            .init("created_at", moment(token.createdAtMs)),
            .init("created_by", .string(token.createdBy)),
            .init("expires_at", moment(token.expiresAtMs)),
            .init("revoked_at", moment(token.revokedAtMs)),
            .init("revoked_by", .text(token.revokedBy)),
        ]
    }

    // MARK: Policy

    static func checked(_ reply: AdminV1.CheckPolicyReply) -> Answer {
        let isSound = reply.problems.isEmpty
        let json = JSON.answer(
            "access-policy-check/1",
            [
                .init("status", .string(isSound ? "sound" : "refused")),
                .init("problems", .list(reply.problems) { .string($0) }),
            ])
        return Answer(json, status: isSound ? .ok : .configuration) { terminal in
            isSound
                ? terminal.styled(AccessWords.sound.text, .good)
                : reply.problems.joined(separator: "\n")
        }
    }

    static func policy(_ reply: AdminV1.ShowPolicyReply) -> Answer {
        let json = JSON.answer(
            "access-policy/1",
            [
                .init("files", .list(reply.files) { .string($0) }),
                .init(
                    "methods",
                    .list(reply.methods) { rule in
                        .object([
                            .init("method", .string(rule.method)),
                            .init("roles", .list(rule.roles) { .string($0) }),
                            .init("place", .string(rule.place)),
                        ])
                    }),
                .init(
                    "principals",
                    .list(reply.principals) { one in
                        .object([
                            .init("principal", .string(one.principal)),
                            .init("grants", .list(one.grants, grant)),
                        ])
                    }),
                .init("limits", .list(reply.limits, limit)),
            ])
        return Answer(json) { terminal in
            var rules = Table([Column(AccessWords.method), Column(AccessWords.rights)])
            for rule in reply.methods {
                rules.add([Cell(rule.method), Cell(rule.roles.joined(separator: ", "))])
            }
            let people = reply.principals.flatMap { one in
                [one.principal] + one.grants.map { "- " + said($0) + " (\($0.place))" }
            }
            return rules.rendered(on: terminal) + "\n" + people.joined(separator: "\n")
        }
    }

    private static func limit(_ limit: AdminV1.CallLimits) -> JSON {
        .object([
            .init("role", .string(limit.role)), .init("calls_per_second", .number(limit.rate)),
            .init("burst", .number(limit.burst)), .init("concurrent", .number(limit.concurrent)),
        ])
    }

    private static func grant(_ grant: AdminV1.AccessGrant) -> JSON {
        .object([
            .init("role", .string(grant.role)), .init("scope", .text(grant.scope?.kind)),
            .init("units", .list(grant.scope?.units ?? []) { .string($0) }),
            .init("officers", .list(grant.scope?.officers ?? []) { .string($0) }),
            .init("unmask", .bool(grant.unmask)),
            .init("methods", .list(grant.methods) { .string($0) }),
            .init("place", .text(grant.place)),
        ])
    }

    private static func said(_ grant: AdminV1.AccessGrant) -> String {
        let codes = (grant.scope?.units ?? []) + (grant.scope?.officers ?? [])
        return ([grant.role] + codes).joined(separator: " ")
    }

    private static func moment(_ milliseconds: Int64) -> JSON {
        milliseconds == 0 ? .null : .string(Formats.isoMoment(milliseconds: milliseconds))
    }
}

private enum AccessWords {
    static let allowed = Phrase("Được phép.", "Allowed.")
    static let refused = Phrase("Bị từ chối.", "Refused.")
    static func created(_ name: String) -> Phrase {
        Phrase("Mã truy cập \(name), chỉ hiện lần này:", "Access token \(name), shown this once:")
    }
    static func revoked(_ name: String) -> Phrase {
        Phrase(
            "Mã truy cập \(name) không còn hiệu lực.", "The access token \(name) opens nothing now."
        )
    }
    static let noTokens = Phrase("Chưa có mã truy cập nào.", "There are no tokens.")
    static let sound = Phrase("Chính sách dùng được.", "The policy is sound.")
    static let name = Phrase("Tên", "Name")
    static let state = Phrase("Trạng thái", "State")
    static let rights = Phrase("Quyền", "Rights")
    static let expires = Phrase("Hết hạn", "Ends")
    static let by = Phrase("Người tạo", "Made by")
    static let method = Phrase("Phương thức", "Method")
    static let states = Terms([
        "good": Phrase("còn hiệu lực", "good"), "expired": Phrase("hết hạn", "expired"),
        "revoked": Phrase("đã thu hồi", "revoked"),
    ])
}
