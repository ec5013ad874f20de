import Foundation
import Testing
import Wire

@testable import AdminCommands

/// Tokens as files: written for their owner alone, refused when others can read them.
@Suite struct TokenFileTests {
    private let path = NSTemporaryDirectory() + "caodiem-token-" + UUID().uuidString

    @Test func aTokenIsReadFromAFileOfItsOwnersAlone() throws {
        defer { unlink(path) }
        let secret = (0..<32).map { UInt8($0 * 7) }
        try TokenFile.write(secret, to: path)
        var options = GlobalOptions()
        options.tokenFile = path
        #expect(try TokenFile.secret(options, Environment([:])) == secret)
        let named = Environment(["CAODIEM_TOKEN_FILE": path])
        var unnamed = GlobalOptions()
        unnamed.tokenFile = nil
        #expect(try TokenFile.secret(unnamed, named) == secret)
        #expect(throws: Trouble.self) { try TokenFile.write(secret, to: path) }
        chmod(path, 0o640)
        let refused = #expect(throws: Trouble.self) {
            _ = try TokenFile.secret(options, Environment([:]))
        }
        #expect(refused?.status == .configuration && refused?.hint == "chmod 600 \(path)")
    }

    @Test(
        arguments: [
            ("12h", 43_200), ("90d", 7_776_000), ("30m", 1_800), ("5s", 5), ("d", nil), ("0d", nil),
            ("9", nil), ("", nil), ("99999999d", nil),
        ] as [(String, UInt32?)])
    func periodsAreRead(text: String, seconds: UInt32?) {
        #expect(TokenCreateCommand.seconds(text) == seconds)
    }

    @Test func aTokensTextIsItsSecret() {
        let secret = (0..<32).map { UInt8(255 - $0) }
        let text = TokenText.text(secret)
        #expect(TokenText.bytes(Array((" " + text + "\n").utf8)) == secret)
        for wrong in ["", "x" + text, String(text.dropLast()), text + "0", secret.description] {
            #expect(TokenText.bytes(Array(wrong.utf8)) == nil)
        }
    }
}
