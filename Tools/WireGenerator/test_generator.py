"""Tests of the generator: what it refuses, and that awkward names and all kinds of fields work."""

from __future__ import annotations

import contextlib
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import compatibility
import generate
import naming
import schema

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def check(text: str) -> str:
    """The refusal of a proto with that body, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "test.proto"
        path.write_text('syntax = "proto3"; package test.refused.v1;\n' + text, encoding="utf-8")
        try:
            schema.check(schema.load(pathlib.Path(folder)))
        except schema.Refused as refusal:
            return str(refusal)
        return ""


def quietly(action, *arguments) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        action(*arguments)


class Refusals(unittest.TestCase):
    def test_a_sound_proto_is_accepted(self):
        self.assertEqual(check("message A { B b = 1; repeated B c = 2; } message B {}"), "")

    def test_a_message_that_holds_itself(self):
        self.assertIn("test.refused.v1.A -> test.refused.v1.A", check("message A { A a = 1; }"))

    def test_messages_that_hold_each_other(self):
        text = "message A { repeated B b = 1; } message B { C c = 1; } " \
               "message C { oneof x { A a = 1; } }"
        refusal = check(text)
        self.assertIn("recursive message type", refusal)
        for name in "ABC":
            self.assertIn(f"test.refused.v1.{name}", refusal)

    def test_a_nested_message_that_holds_its_parent(self):
        self.assertIn("recursive", check("message A { message B { A a = 1; } B b = 1; }"))

    def test_maps(self):
        refusal = check("message A { map<string, string> m = 1; }")
        self.assertIn("map<> is not carried", refusal)

    def test_a_vendored_map_is_a_repeated_entry(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "vendored.proto"
            path.write_text('syntax = "proto3"; package grpc.refused.v1; '
                            'message A { map<string, int32> m = 1; }', encoding="utf-8")
            loaded = schema.load(pathlib.Path(folder))
            schema.check(loaded)
            entry = schema.without_maps(loaded).file[0].message_type[0].nested_type[0]
            self.assertEqual((entry.name, entry.options.map_entry), ("MEntry", False))
            self.assertTrue(loaded.file[0].message_type[0].nested_type[0].options.map_entry)

    def test_names_that_fall_together(self):
        self.assertIn("n_x", check("message A { repeated int32 x = 1; int32 n_x = 2; }"))
        self.assertIn("aB", check("message A { int32 a_b = 1; int32 aB = 2; }"))

    def test_types_that_fall_together(self):
        refusal = check("message String {} message StringMessage {}")
        self.assertIn("would both be called StringMessage", refusal)

    def test_what_protoc_refuses(self):
        self.assertIn("protoc refuses", check("message A { Missing m = 1; }"))

    def test_other_syntaxes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "old.proto"
            path.write_text('syntax = "proto2"; package a.b.v1; message A {}', encoding="utf-8")
            with self.assertRaisesRegex(schema.Refused, "old.proto: write syntax"):
                schema.check(schema.load(pathlib.Path(folder)))


class Compatibility(unittest.TestCase):
    """What breaks peers of the last release is named, what does not is let through."""

    BEFORE = """
        message A { int32 a = 1; string b_c = 2; optional int32 d = 3; oneof x { int32 e = 4; } }
        enum E { E_ZERO = 0; E_ONE = 1; }
        message Q {} message R {}
        service S {
          rpc M(Q) returns (R) { option idempotency_level = IDEMPOTENT; }
          rpc N(stream Q) returns (R);
        }
    """

    def broken(self, *changes: tuple[str, str]) -> list[str]:
        after = self.BEFORE
        for old, new in changes:
            self.assertIn(old, after)
            after = after.replace(old, new)
        return compatibility.broken(self.load(self.BEFORE), self.load(after))

    def load(self, text: str):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "test.proto"
            path.write_text('syntax = "proto3"; package t.v1;\n' + text, encoding="utf-8")
            return schema.load(pathlib.Path(folder))

    def test_additions_and_reserved_removals_are_let_through(self):
        self.assertEqual(self.broken(), [])
        self.assertEqual(self.broken(
            ("int32 a = 1;", "int32 a = 1; int32 new = 9;"), ("E_ONE = 1;", "E_ONE = 1; E_2 = 2;"),
            ("message Q {}", "message Q { int32 new = 1; } message More {}"),
            ("rpc N", "rpc More(Q) returns (Q); rpc N")), [])
        self.assertEqual(self.broken(
            ("string b_c = 2;", 'reserved 2; reserved "b_c";'),
            ("E_ONE = 1;", 'reserved 1; reserved "E_ONE";')), [])

    def test_each_break_is_named(self):
        for old, new, said in (
            ("int32 a = 1;", "", "t.v1.A.a = 1 is gone"),
            ("int32 a = 1;", "reserved 1;", "t.v1.A.a = 1 is gone"),
            ("int32 a = 1;", "int32 a = 7;", "t.v1.A.a had the number 1, now 7"),
            ("int32 a = 1;", "int64 a = 1;", "had the type int32, now int64"),
            ("int32 a = 1;", "repeated int32 a = 1;", "had the label single, now repeated"),
            ("int32 a = 1;", "int32 z = 1;", "had the name a, now z"),
            ("b_c = 2;", 'b_c = 2 [json_name = "q"];', "had the JSON name bC, now q"),
            ("optional int32 d", "int32 d", "had the label optional, now single"),
            ("oneof x { int32 e = 4; }", "int32 e = 4;", "had the oneof x, now none"),
            ("E_ONE = 1;", "", "t.v1.E.E_ONE = 1 is gone"),
            ("E_ONE = 1;", "E_ONE = 2;", "t.v1.E.E_ONE had the number 1, now 2"),
            ("enum E", "enum Other", "enum t.v1.E is gone"),
            ("message A", "message Other", "message t.v1.A is gone"),
            ("service S", "service Other", "service t.v1.S is gone"),
            ("rpc N(stream Q) returns (R);", "", "t.v1.S/N is gone"),
            ("rpc M(Q)", "rpc M(R)", "t.v1.S/M had the request t.v1.Q, now t.v1.R"),
            ("stream Q", "Q", "had the kind client streaming, now unary"),
            ("{ option idempotency_level = IDEMPOTENT; }", ";", "S/M could be called twice"),
        ):
            with self.subTest(old=old, new=new):
                problems = self.broken((old, new))
                self.assertEqual(len([p for p in problems if said in p]), 1, problems)

    def test_the_script_refuses_a_break(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            shutil.copytree(HERE / "fixtures" / "Protos", root / "Protos")
            run = [sys.executable, str(HERE / "generate.py")]
            subprocess.run([*run, "--release", folder], check=True, capture_output=True)
            self.assertTrue((root / generate.RELEASED).is_file())
            subprocess.run([*run, "--check", folder], check=True)
            proto = root / "Protos/tricky/names/v1/other.proto"
            text = proto.read_text(encoding="utf-8")
            proto.write_text(text.replace("choice = 1;", "choice = 2;"), encoding="utf-8")
            refused = subprocess.run([*run, "--check", folder], capture_output=True, text=True)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("Other.choice had the number 1, now 2", refused.stderr)
            written = subprocess.run([*run, folder], capture_output=True, text=True)
            self.assertEqual((written.returncode, written.stdout), (1, ""))


class Names(unittest.TestCase):
    def test_packages(self):
        self.assertEqual(naming.namespace("caodiem.scoring.v1"), "ScoringV1")
        self.assertEqual(naming.namespace("grpc.health.v1"), "HealthV1")
        self.assertEqual(naming.subject("caodiem.scoring.v1"), "Scoring")

    def test_fields_and_cases(self):
        self.assertEqual(naming.swift_property("amount_due"), "amountDue")
        self.assertEqual(naming.swift_property("plugin_id"), "pluginID")
        self.assertEqual(naming.swift_property("encoded"), "encodedField")
        self.assertEqual(naming.c_field("base"), "base_")
        self.assertEqual(naming.enum_case("Role", "ROLE_WORKER"), "worker")
        self.assertEqual(naming.enum_case("Role", "OTHER"), "other")


class Output(unittest.TestCase):
    def test_it_is_the_same_twice(self):
        self.assertEqual(generate.outputs(ROOT), generate.outputs(ROOT))

    def test_stale_missing_and_orphaned_files_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            shutil.copytree(HERE / "fixtures" / "Protos", root / "Protos")
            files = generate.outputs(root)
            quietly(generate.write, root, files)
            self.assertEqual(generate.stale(root, files), [])
            stale = "Sources/Wire/Messages/Names/NamesV1.swift"
            missing = "Sources/CMessages/tricky/names/v1/names.pb-c.c"
            orphan = "Sources/CMessages/gone.pb-c.c"
            (root / stale).write_text("other", encoding="utf-8")
            (root / missing).unlink()
            (root / orphan).write_text("", encoding="utf-8")
            self.assertEqual(generate.stale(root, files), sorted([stale, missing, orphan]))


class Fixtures(unittest.TestCase):
    """Compiles what is generated from the awkward protos and compares bytes with Python's."""

    def test_every_sample_comes_out_as_in_python(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            shutil.copytree(HERE / "fixtures" / "Protos", root / "Protos")
            quietly(generate.write, root, generate.outputs(root))
            messages = root / "Sources/Wire/Messages"
            for source in (ROOT / "Sources/Wire/Messages").glob("*.swift"):
                shutil.copy(source, messages)
            printed = self._build_and_run(root)
            self.assertRegex(printed, r"\Acompared \d+ samples\n\Z")
            self.assertGreater(int(printed.split()[1]), 20)

    def _build_and_run(self, root: pathlib.Path) -> str:
        include = root / "Sources/CMessages/include"
        objects = []
        for source in sorted((root / "Sources/CMessages").rglob("*.c")):
            objects.append(str(root / (source.name + ".o")))
            self._run("clang", "-c", "-Wall", "-Werror", f"-I{include}", str(source),
                      "-o", objects[-1])
        # The samples import Wire, whose sources stand in the same module here.
        samples = root / "Tests/WireTests/CodecSamples.swift"
        samples.write_text(samples.read_text(encoding="utf-8").replace("import Wire\n", ""),
                           encoding="utf-8")
        sources = [str(path) for path in sorted((root / "Sources/Wire").rglob("*.swift"))]
        sources += [str(samples), str(HERE / "fixtures" / "main.swift")]
        features = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
        flags = [word for name in features for word in ("-enable-upcoming-feature", name)]
        self._run(
            "swiftc", "-swift-version", "6", "-warnings-as-errors", *flags, "-module-name", "Wire",
            f"-I{include}", f"-I{ROOT / 'Sources/CProtobufC'}", *sources, *objects,
            "-o", str(root / "compare"))
        return self._run(str(root / "compare"))

    def _run(self, *command: str) -> str:
        run = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, f"{command[0]}: {run.stdout}{run.stderr}")
        return run.stdout


if __name__ == "__main__":
    sys.exit(unittest.main())
