import Digests
import Testing

@Suite("SHA-256")
struct DigestsTests {
    @Test("the standard's own examples")
    func vectors() {
        #expect(
            Digests.sha256(of: [])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            Digests.sha256(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digests.sha256(of: "abc".utf8) == Digests.sha256(of: Array("abc".utf8)))
    }

    @Test("pieces give the digest of the whole, wherever they are cut")
    func pieces() {
        let bytes = (0..<200).map { UInt8($0) }
        for cut in 0...bytes.count {
            var hasher = SHA256Hasher()
            hasher.update(bytes[..<cut])
            _ = hasher.hex()
            hasher.update(bytes[cut...].lazy.map { $0 })
            #expect(hasher.hex() == Digests.sha256(of: bytes))
        }
    }
}
