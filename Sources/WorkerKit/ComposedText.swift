internal import Foundation

extension String {
    /// The text in the composed form (NFC) in which the store keeps all text: terminals and other programs may
    /// send letters and accents apart.
    public var composed: String {
        VietnameseComposition.composed(self) ?? precomposedStringWithCanonicalMapping
    }
}
