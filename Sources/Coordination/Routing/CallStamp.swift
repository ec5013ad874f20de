import Transport
import Wire

/// Who calls and when, as the coordinator puts it into the metadata of every call; a worker
/// believes this and nothing that a client says about itself.
struct CallStamp: Sendable, Equatable {
    /// `uid:1000` for a local client, `cert:NAME` for one with a certificate, `token:NAME` for one with a token.
    var principal: String
    /// The rights by which the call is allowed: see `AccessStamp`.
    var access: [UInt8] = []
    /// Wall clock at arrival, milliseconds since 1970 in UTC.
    var receivedAtMilliseconds: Int64
    var requestID: String

    /// Bytes of metadata, counted as the protocol does, that are kept free for the stamp.
    static let roomBytes = 1 << 11
    /// Entries that are kept free for it.
    static let roomEntries = 8

    fileprivate static let principalKey = "caodiem-principal"
    private static let ownPrefix = "caodiem-"
    /// Names the session of whoever a plugin with that grant makes a call for.
    static let onBehalfKey = "caodiem-on-behalf-of"
    private static let clientsKey = "caodiem-idempotency-key"

    /// The day of arrival in Vietnam (always +07:00), as `YYYY-MM-DD`.
    var receivedOn: String { CallStamp.vietnamDay(of: receivedAtMilliseconds) }

    /// Drops every `caodiem-*` entry of a client but its idempotency key, and adds ours.
    func applied(to metadata: [WireV1.MetadataEntry]) -> [WireV1.MetadataEntry] {
        var stamped = metadata.filter { entry in
            !CallStamp.isOwn(entry.key) || entry.key == CallStamp.clientsKey
        }
        add(CallStamp.principalKey, principal, to: &stamped)
        add(AccessStamp.key, access, to: &stamped)
        add("caodiem-received-on", receivedOn, to: &stamped)
        add("caodiem-received-at", String(receivedAtMilliseconds), to: &stamped)
        add("caodiem-request-id", requestID, to: &stamped)
        return stamped
    }

    /// Whether a key begins as ours do, in capitals or not.
    private static func isOwn(_ key: String) -> Bool {
        let (bytes, prefix) = (key.utf8, ownPrefix.utf8)
        guard bytes.count >= prefix.count else { return false }
        // Bit 5 parts capitals from small letters; the hyphen has it.
        return zip(bytes, prefix).allSatisfy { $0 | 0x20 == $1 && $0 != 0x0D }
    }

    private func add(_ key: String, _ value: String, to metadata: inout [WireV1.MetadataEntry]) {
        add(key, Array(value.utf8), to: &metadata)
    }

    private func add(_ key: String, _ value: [UInt8], to metadata: inout [WireV1.MetadataEntry]) {
        var entry = WireV1.MetadataEntry()
        entry.key = key
        entry.value = value
        metadata.append(entry)
    }

    /// Proleptic Gregorian day of an instant at +07:00.
    static func vietnamDay(of milliseconds: Int64) -> String {
        let shifted = milliseconds + 7 * 3_600_000
        let dayMilliseconds: Int64 = 86_400_000
        let days =
            shifted >= 0
            ? shifted / dayMilliseconds : (shifted - dayMilliseconds + 1) / dayMilliseconds
        // Days since 0000-03-01, counted in eras of 400 years.
        let fromMarch = days + 719_468
        let era = (fromMarch >= 0 ? fromMarch : fromMarch - 146_096) / 146_097
        let dayOfEra = fromMarch - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        guard (0...9999).contains(year) else {
            return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        }
        // Ten bytes, which a text holds without memory of its own: every call needs one.
        return String(unsafeUninitializedCapacity: 10) { text in
            func put(_ number: Int64, _ width: Int, at start: Int) {
                var rest = number
                for place in stride(from: start + width - 1, through: start, by: -1) {
                    text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
            }
            put(year, 4, at: 0)
            put(month, 2, at: 5)
            put(day, 2, at: 8)
            text[4] = UInt8(ascii: "-")
            text[7] = UInt8(ascii: "-")
            return 10
        }
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CallContext {
    /// Who calls one of the coordinator's own services: as the stamp says; of a call that did not pass the router, as
    /// the transport tells.
    var principal: String { text(CallStamp.principalKey) ?? peer.principal }
}

extension Peer {
    /// Who calls, as far as the transport can tell: a plugin on its own connection, the name of a
    /// certificate, a user of this machine.
    var principal: String {
        if !pluginID.isEmpty { return "plugin:\(pluginID)" }
        if let certificate { return "cert:\(certificate)" }
        return userID.map { "uid:\($0)" } ?? "unknown"
    }
}
