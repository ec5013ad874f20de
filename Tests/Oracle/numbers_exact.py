"""Exact numbers in and out: thresholds are read, fractions are printed."""

from fractions import Fraction


def parse_fraction(text):
    """'80%', '0.80', '4/5' or '1' as an exact fraction."""
    text = str(text).strip()
    if text.endswith("%"):
        return Fraction(text[:-1].strip()) / 100
    return Fraction(text)


def decimals(value, places):
    """A fraction as text with so many decimals, halves rounded away from zero (half up)."""
    value = Fraction(value)
    sign = "-" if value < 0 else ""
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    if units == 0:
        sign = ""
    whole, rest = divmod(units, 10**places)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def rate_text(part, whole, places=6):
    """part of whole as decimals, or None without a whole."""
    return decimals(Fraction(part, whole), places) if whole else None
