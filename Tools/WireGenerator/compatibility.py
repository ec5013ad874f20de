"""Says where a descriptor set breaks peers that were built from an earlier one.

Names are compared, not files: a definition may move to another file of its package. A field or an
enum value may go when its number and its name are reserved; everything else that is served stays.
"""

from __future__ import annotations

import schema


def broken(before, after) -> list[str]:
    """One sentence a break, naming the definition and what was there before."""
    old, new = _Index(before), _Index(after)
    problems = []
    for name, message in old.messages.items():
        problems += _message(name, message, new.messages.get(name))
    for name, enum in old.enums.items():
        problems += _enum(name, enum, new.enums.get(name))
    for name, service in old.services.items():
        problems += _service(name, service, new.services.get(name))
    return problems


class _Index:
    """Messages, enums and services by their full names."""

    def __init__(self, descriptors) -> None:
        self.messages, self.enums, self.services = {}, {}, {}
        for file in descriptors.file:
            self.enums |= {f"{file.package}.{enum.name}": enum for enum in file.enum_type}
            self.services |= {f"{file.package}.{item.name}": item for item in file.service}
            for name, message in schema.messages_of(file):
                self.messages[name] = message
                self.enums |= {f"{name}.{enum.name}": enum for enum in message.enum_type}


def _is_reserved(holder, member, ends_inclusive: bool) -> bool:
    extra = 1 if ends_inclusive else 0
    number = any(span.start <= member.number < span.end + extra
                 for span in holder.reserved_range)
    return number and member.name in holder.reserved_name


def _message(name, old, new) -> list[str]:
    if new is None:
        return [f"message {name} is gone; keep it, or serve a new package beside the old one"]
    problems = []
    fields = {field.number: field for field in new.field}
    names = {field.name: field for field in new.field}
    for field in old.field:
        now = fields.get(field.number)
        if now is not None:
            problems += _field(name, old, field, new, now)
        elif field.name in names:
            problems.append(f"{name}.{field.name} had the number {field.number}, now "
                            f"{names[field.name].number}; numbers are for ever")
        elif not _is_reserved(new, field, ends_inclusive=False):
            problems.append(f"{name}.{field.name} = {field.number} is gone; keep it, or reserve "
                            "its number and its name")
    return problems


def _field(name, old_message, old, new_message, new) -> list[str]:
    problems = []
    for what, was, now in (
        ("name", old.name, new.name), ("type", _type(old), _type(new)),
        ("label", _label(old), _label(new)), ("JSON name", old.json_name, new.json_name),
        ("oneof", _oneof(old_message, old), _oneof(new_message, new)),
    ):
        if was != now:
            problems.append(f"{name}.{old.name} = {old.number} had the {what} {was or 'none'}, now "
                            f"{now or 'none'}; give the new meaning a new number")
    return problems


def _type(field) -> str:
    return field.type_name.lstrip(".") or field.Type.Name(field.type)[len("TYPE_"):].lower()


def _label(field) -> str:
    if field.label == field.LABEL_REPEATED:
        return "repeated"
    return "optional" if field.proto3_optional else "single"


def _oneof(message, field) -> str:
    if field.HasField("oneof_index") and not field.proto3_optional:
        return message.oneof_decl[field.oneof_index].name
    return ""


def _enum(name, old, new) -> list[str]:
    if new is None:
        return [f"enum {name} is gone; keep it"]
    problems = []
    numbers = {value.name: value.number for value in new.value}
    for value in old.value:
        now = numbers.get(value.name)
        if now is None and not _is_reserved(new, value, ends_inclusive=True):
            problems.append(f"{name}.{value.name} = {value.number} is gone; keep it, or reserve "
                            "its number and its name")
        elif now is not None and now != value.number:
            problems.append(f"{name}.{value.name} had the number {value.number}, now {now}; "
                            "numbers are for ever")
    return problems


def _service(name, old, new) -> list[str]:
    if new is None:
        return [f"service {name} is gone; keep it, or serve a new package beside the old one"]
    problems = []
    methods = {method.name: method for method in new.method}
    for method in old.method:
        now = methods.get(method.name)
        if now is None:
            problems.append(f"{name}/{method.name} is gone; keep it")
            continue
        for what, was, is_now in (
            ("request", method.input_type.lstrip("."), now.input_type.lstrip(".")),
            ("reply", method.output_type.lstrip("."), now.output_type.lstrip(".")),
            ("kind", _kind(method), _kind(now)),
        ):
            if was != is_now:
                problems.append(f"{name}/{method.name} had the {what} {was}, now {is_now}; make it "
                                "a new method")
        if method.options.idempotency_level and not now.options.idempotency_level:
            problems.append(f"{name}/{method.name} could be called twice, now it cannot; callers "
                            "rely on that")
    return problems


def _kind(method) -> str:
    return {(False, False): "unary", (False, True): "server streaming",
            (True, False): "client streaming", (True, True): "bidirectional"}[
                (method.client_streaming, method.server_streaming)]
