/// The product's version, the one place where it stands (SemVer). Protocol, store schema, law book and JSON
/// schemas are versioned apart; docs/versions.md says what works with what.
public enum Product {
    public static let version = "0.1.0"
}
