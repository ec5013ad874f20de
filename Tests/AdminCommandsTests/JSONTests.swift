import Testing

@testable import AdminCommands

@Suite("JSON")
struct JSONTests {
    @Test("keys stay in the order given")
    func order() {
        let value: JSON = ["b": 1, "a": [true, .null, "x"], "c": [:]]
        #expect(value.written() == #"{"b":1,"a":[true,null,"x"],"c":{}}"#)
    }

    @Test("text is escaped as JSON wants it and Vietnamese is left alone")
    func escaping() {
        let text = "\"\\/\u{08}\u{0C}\n\r\t\u{00}\u{1F}\u{7F}Trần 陳 🏛"
        #expect(
            JSON.string(text).written()
                == #""\"\\/\b\f\n\r\t\u0000\u001f\u007fTrần 陳 🏛""#)
        let decomposed = "e\u{323}\u{302}"
        #expect(
            JSON.string(decomposed).written().unicodeScalars.elementsEqual(
                "\"\(decomposed)\"".unicodeScalars))
    }

    @Test("numbers keep all their digits")
    func numbers() {
        #expect(JSON.number(Int64.min).written() == "-9223372036854775808")
        #expect(JSON.number(UInt64.max).written() == "18446744073709551615")
        #expect(JSON.number(UInt32(7)).written() == "7")
        #expect(JSON.number(nil).written() == "null")
    }

    @Test("pretty is the same value over several lines")
    func pretty() {
        let value: JSON = ["a": [1, 2], "b": [], "c": ["d": .null]]
        #expect(
            value.written(pretty: true) == """
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": [],
                  "c": {
                    "d": null
                  }
                }
                """)
    }

    @Test("empty text is absent")
    func absent() {
        #expect(JSON.text("") == .null)
        #expect(JSON.text(nil) == .null)
        #expect(JSON.text("x") == "x")
    }
}
