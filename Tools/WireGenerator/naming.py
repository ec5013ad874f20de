"""How proto names become C and Swift names."""

from __future__ import annotations

import re

# C and C++ keywords (protoc-gen-c appends "_" to these by itself; we do it first, so that one
# place decides), macros of the system's headers, the member that every C message starts with,
# and words that Swift reads as syntax after a dot.
RESERVED_IN_C = frozenset(
    """
    and and_eq asm auto bitand bitor bool break case catch char class compl const const_cast
    continue default delete do double dynamic_cast else enum explicit export extern false float
    for friend goto if inline int long mutable namespace new not not_eq operator or or_eq private
    protected public register reinterpret_cast restrict return short signed sizeof static
    static_cast struct switch template this throw true try typedef typeid typename union unsigned
    using virtual void volatile wchar_t while xor xor_eq
    typeof alignas alignof constexpr nullptr static_assert thread_local
    assert errno linux unix i386 stdin stdout stderr
    base
    init self type protocol
    """.split()
)

SWIFT_KEYWORDS = frozenset(
    """
    associatedtype class deinit enum extension fileprivate func import inout internal let open
    operator private precedencegroup protocol public rethrows static struct subscript typealias var
    break case catch continue default defer do else fallthrough for guard if in repeat return throw
    switch where while any as await false is nil super throws true try Any
    """.split()
)

# Members that every generated type has, and names that cannot be escaped after a dot.
SWIFT_MEMBERS = frozenset(
    """
    init self Self Type Protocol encode encoded encodedSize fill raw initialize unpack messageName
    with all serviceName rawValue description hash hashValue
    """.split()
)

# Types that generated code itself refers to: a message of that name would hide them.
SWIFT_TYPES = frozenset(
    """
    Bool Int Int32 Int64 UInt32 UInt64 UInt8 Float Double String Array Optional Any Error Self Type
    Protocol Never Void Equatable Hashable Sendable RawRepresentable UnsafePointer
    UnsafeMutablePointer CustomStringConvertible WireMessage CodedMessage Method MethodDescription
    Arena Raw StructReader DecodingFailure EncodingFailure ProtobufCAllocator
    """.split()
)

_INITIALISMS = {"id": "ID", "url": "URL", "http": "HTTP", "https": "HTTPS"}


def c_lower(full_name: str) -> str:
    """protoc-gen-c's name of a message's functions: a.B.CdE -> a__b__cd_e."""
    return "__".join(_camel_to_lower(piece) for piece in full_name.split("."))


def c_type(full_name: str) -> str:
    """protoc-gen-c's name of a message's or enum's type: a.v1.CdE -> A__V1__CdE."""
    return "__".join(_to_camel(piece) for piece in full_name.split("."))


def _camel_to_lower(name: str) -> str:
    result, was_upper = "", True
    for character in name:
        is_upper = "A" <= character <= "Z"
        if is_upper and not was_upper:
            result += "_"
        result += character.lower() if is_upper else character
        was_upper = is_upper
    return result


def _to_camel(name: str) -> str:
    result, upper_next = "", True
    for character in name:
        if character == "_":
            upper_next = True
            continue
        result += character.upper() if upper_next else character
        upper_next = False
    return result


def c_field(name: str) -> str:
    """The name of a field's member in the C struct (the filter gives it to protoc-gen-c)."""
    lower = name.lower()
    return lower + "_" if lower in RESERVED_IN_C else lower


def lower_camel(name: str) -> str:
    pieces = [piece for piece in name.split("_") if piece]
    if not pieces:
        return name
    first = pieces[0]
    head = first.lower() if first.isupper() else first[0].lower() + first[1:]
    return head + "".join(_capital(piece) for piece in pieces[1:])


def upper_camel(name: str) -> str:
    return "".join(_capital(piece) for piece in name.split("_") if piece)


def _capital(piece: str) -> str:
    if piece in _INITIALISMS:
        return _INITIALISMS[piece]
    rest = piece[1:].lower() if piece.isupper() else piece[1:]
    return piece[:1].upper() + rest


def swift_property(name: str) -> str:
    """The bare property name, not yet quoted."""
    property_name = lower_camel(name)
    return property_name + "Field" if property_name in SWIFT_MEMBERS else property_name


def quoted(name: str) -> str:
    """A Swift name as it is written in a declaration."""
    return f"`{name}`" if name in SWIFT_KEYWORDS else name


def swift_type(name: str) -> str:
    type_name = name[:1].upper() + name[1:]
    return type_name + "Message" if type_name in SWIFT_TYPES else type_name


def namespace(package: str) -> str:
    """caodiem.scoring.v1 -> ScoringV1"""
    pieces = package.split(".")
    return "".join(upper_camel(piece) for piece in (pieces[1:] or pieces))


def subject(package: str) -> str:
    """caodiem.scoring.v1 -> Scoring: the folder of its Swift files."""
    pieces = [piece for piece in package.split(".") if not re.fullmatch(r"v\d+\w*", piece)]
    return "".join(upper_camel(piece) for piece in (pieces[1:] or pieces))


def enum_case(enum_name: str, value_name: str) -> str:
    """ROLE_WORKER of Role -> worker"""
    prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", enum_name).upper() + "_"
    short = value_name[len(prefix):] if value_name.startswith(prefix) else value_name
    if not short or short[0].isdigit():
        short = value_name
    case = lower_camel(short)
    return case + "Value" if case in SWIFT_MEMBERS else case
