import Foundation
import Testing

@testable import WorkerKit

@Suite struct ComposedTextTests {
    /// Whatever stands in a text, the composed form is Foundation's, scalar by scalar.
    @Test(arguments: 1...10) func theComposedFormIsUnicodes(_ seed: UInt64) {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let scalars = Array(
            """
            aăâeêioôơuưyđAÊƯĐnñçż z1,ếợỹẼḷṩ가Ωл\u{300}\u{301}\u{303}\u{309}\u{323}\u{302}\u{306}\u{31B}\u{307}\u{327}\u{345}
            """.unicodeScalars)
        for _ in 0..<2_000 {
            let text = String(
                String.UnicodeScalarView((0..<next(8)).map { _ in scalars[next(scalars.count)] }))
            #expect(
                Array(text.composed.unicodeScalars)
                    == Array(text.precomposedStringWithCanonicalMapping.unicodeScalars),
                "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
        }
    }

    @Test func everyVietnameseLetterIsJoinedHere() {
        for letter in "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹÁẮẬỆỘỢỰỸ" {
            let apart = String(letter).decomposedStringWithCanonicalMapping
            #expect(VietnameseComposition.composed(apart) == String(letter))
        }
        #expect(VietnameseComposition.composed("각".decomposedStringWithCanonicalMapping) == nil)
    }
}
