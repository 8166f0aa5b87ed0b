#!/usr/bin/python3
"""Changes the sources of a room, one place each time, and tells which changes no test notices.

usage: mutants.py BUILD ROOM [COUNT [SECONDS [SEED]]]

What takes longest, the laws, and what meets a room only from far, is not run. BUILD is a release build with its tests; ROOM a folder of src, such as dsp, dsp/kernels, param, explore, system. COUNT
mutants are drawn of all (100; 0: all) by SEED, and no more are begun after SECONDS. All mutants of a room are compiled at once:
each stands beside what it was made of, and DRUMGEN_MUTANT chooses one. A mutant that no test comes by is not run. Mutants:
operators, conditions, numbers, and calls that are left out; none in what is computed when it is compiled.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import re
import resource
import shlex
import subprocess
import sys
import time

import clang.cindex
from clang.cindex import CursorKind as Kind
from clang.cindex import TypeKind

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(sys.argv[1]).resolve()
ROOM = sys.argv[2]
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 100
SECONDS = float(sys.argv[4]) if len(sys.argv) > 4 else 1e9
SEED = int(sys.argv[5]) if len(sys.argv) > 5 else 1
OUT = BUILD / "mutants" / ROOM.replace("/", "-")
PROGRAMS = ("drumgen", "drumgen_tests", "drumgen-golden", "drumgen-hashes", "drumgen-faulty")

OTHER = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
         "&&": "||", "||": "&&", "&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<"}
OTHER_SET = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "<<=": ">>=", ">>=": "<<=", "|=": "&=", "&=": "|=", "^=": "|="}
COMPARISONS = {"<", "<=", ">", ">=", "==", "!=", "&&", "||"}
# Constant when it is compiled, so nothing can be chosen in it.
CONSTANT = {Kind.CASE_STMT, Kind.ENUM_CONSTANT_DECL, Kind.STATIC_ASSERT, Kind.FIELD_DECL, Kind.PARM_DECL}
ARITHMETIC = {TypeKind.INT, TypeKind.UINT, TypeKind.LONG, TypeKind.ULONG, TypeKind.LONGLONG, TypeKind.ULONGLONG, TypeKind.SHORT, TypeKind.USHORT,
              TypeKind.CHAR_S, TypeKind.SCHAR, TypeKind.UCHAR, TypeKind.FLOAT, TypeKind.DOUBLE, TypeKind.BOOL, TypeKind.VECTOR}


class Mutant:
    """A stretch of a source, and what stands there instead."""

    def __init__(self, path, line, begin, end, old, new, is_statement=False):
        self.path, self.line, self.begin, self.end = path, line, begin, end
        self.old, self.new, self.is_statement = old, new, is_statement
        self.number = 0

    def __str__(self):
        return f"{self.path.relative_to(ROOT)}:{self.line}: {' '.join(self.old.split())[:70]}  ->  {' '.join(self.new.split())[:70] or 'left out'}"


def commands():
    """How each source of the room is compiled: its path to lists of words; kernels have one for each instruction set."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        words = shlex.split(entry["command"])
        words = words[:words.index("-o")] if "-o" in words else words
        sources = [path]
        if "Unity" in path.parts:
            sources = [pathlib.Path(name) for name in re.findall(r'#include "(.*)"', path.read_text())]
        for source in sources:
            if source.parent == ROOT / "src" / ROOM:
                found.setdefault(source, []).append(words)
    return found


class Finder:
    """The mutants of one source."""

    def __init__(self, path, words):
        self.path, self.text = path, path.read_bytes()
        self.mutants = []
        arguments = [word for word in words[1:] if not word.startswith(("-W", "-static"))]
        unit = clang.cindex.Index.create().parse(str(path), args=arguments)
        for error in unit.diagnostics:
            if error.severity >= clang.cindex.Diagnostic.Error:
                raise SystemExit(f"{path}: {error}")
        for cursor in unit.cursor.get_children():
            self.look_outside(cursor)

    def is_here(self, cursor):
        return cursor.location.file is not None and cursor.location.file.name == str(self.path)

    def part(self, begin, end):
        return self.text[begin:end].decode()

    def look_outside(self, cursor):
        if not self.is_here(cursor):
            return
        if cursor.kind in (Kind.FUNCTION_DECL, Kind.CXX_METHOD, Kind.CONSTRUCTOR, Kind.DESTRUCTOR, Kind.FUNCTION_TEMPLATE, Kind.CONVERSION_FUNCTION):
            bodies = [child for child in cursor.get_children() if child.kind == Kind.COMPOUND_STMT]
            if bodies:
                head = self.part(cursor.extent.start.offset, bodies[-1].extent.start.offset)
                # "constexpr" stands before the first name where a template's head is left out.
                if not re.search(r"\b(constexpr|consteval)\b", head):
                    self.look(bodies[-1])
        elif cursor.kind in (Kind.NAMESPACE, Kind.CLASS_DECL, Kind.STRUCT_DECL, Kind.CLASS_TEMPLATE, Kind.UNEXPOSED_DECL, Kind.LINKAGE_SPEC):
            for child in cursor.get_children():
                self.look_outside(child)

    def add(self, cursor, new, is_statement=False):
        begin, end = cursor.extent.start.offset, cursor.extent.end.offset
        self.mutants.append(Mutant(self.path, cursor.extent.start.line, begin, end, self.part(begin, end), new, is_statement))

    def look(self, cursor):
        if cursor.kind in CONSTANT or not self.is_here(cursor):
            # The statement behind a case is none of its constants.
            if cursor.kind == Kind.CASE_STMT:
                for child in list(cursor.get_children())[1:]:
                    self.look(child)
            return
        begin, end = cursor.extent.start.offset, cursor.extent.end.offset
        text = self.part(begin, end)
        if cursor.kind in (Kind.VAR_DECL, Kind.DECL_STMT) and re.match(r"(static )?(constexpr|static)\b", text):
            return
        if cursor.kind == Kind.IF_STMT and text.startswith("if constexpr"):
            for child in list(cursor.get_children())[1:]:
                self.look(child)
            return
        children = list(cursor.get_children())
        if cursor.kind == Kind.BINARY_OPERATOR and len(children) == 2:
            self.binary(cursor, children)
        elif cursor.kind == Kind.COMPOUND_ASSIGNMENT_OPERATOR and len(children) == 2:
            operator = self.part(children[0].extent.end.offset, children[1].extent.start.offset).strip()
            if operator in OTHER_SET and cursor.type.get_canonical().kind in ARITHMETIC:
                self.add(cursor, self.part(begin, children[0].extent.end.offset) + " " + OTHER_SET[operator] + " " + self.part(children[1].extent.start.offset, end))
        elif cursor.kind == Kind.UNARY_OPERATOR and text[:1] in ("!", "-") and text[:2] != "--" and len(children) == 1:
            if cursor.type.get_canonical().kind in ARITHMETIC:
                inner = children[0]
                old = self.part(inner.extent.start.offset, inner.extent.end.offset)
                self.add(cursor, f"static_cast<bool>({old})" if text[0] == "!" else f"+({old})")
        elif cursor.kind in (Kind.INTEGER_LITERAL, Kind.FLOATING_LITERAL):
            self.number(cursor, text)
        elif cursor.kind == Kind.CXX_BOOL_LITERAL_EXPR and text in ("true", "false"):
            self.add(cursor, "false" if text == "true" else "true")
        elif cursor.kind in (Kind.IF_STMT, Kind.WHILE_STMT) and children:
            condition = children[0]
            if condition.kind in (Kind.CALL_EXPR, Kind.DECL_REF_EXPR, Kind.MEMBER_REF_EXPR, Kind.UNEXPOSED_EXPR) and self.is_here(condition):
                old = self.part(condition.extent.start.offset, condition.extent.end.offset)
                if ";" not in old:
                    self.add(condition, f"!({old})")
        if cursor.kind == Kind.COMPOUND_STMT:
            for child in children:
                if child.kind == Kind.CALL_EXPR and child.type.get_canonical().kind == TypeKind.VOID or \
                        child.kind == Kind.COMPOUND_ASSIGNMENT_OPERATOR or (child.kind == Kind.UNARY_OPERATOR and "++" in self.part(
                            child.extent.start.offset, child.extent.end.offset)):
                    self.add(child, "", is_statement=True)
        for child in children:
            self.look(child)

    def binary(self, cursor, children):
        left, right = children
        operator = self.part(left.extent.end.offset, right.extent.start.offset).strip()
        if operator not in OTHER:
            return
        if operator not in COMPARISONS and cursor.type.get_canonical().kind not in ARITHMETIC:
            return
        new = OTHER[operator]
        if operator == "%" and cursor.type.get_canonical().kind == TypeKind.VECTOR:
            return
        self.add(cursor, self.part(left.extent.start.offset, left.extent.end.offset) + f" {new} " + self.part(right.extent.start.offset, right.extent.end.offset))

    def number(self, cursor, text):
        plain = text.replace("'", "")
        if match := re.fullmatch(r"(\d+)([uUlL]*)", plain):
            self.add(cursor, f"{int(match[1]) + 1}{match[2]}")
        elif match := re.fullmatch(r"(\d+\.?\d*(?:e-?\d+)?|\.\d+)([fFlL]?)", plain):
            value = float(match[1])
            self.add(cursor, f"{value * 1.25 if value else 0.25!r}{match[2]}")


def rewritten(text, mutants):
    """The source with all of its mutants in it; each line stays where it is."""
    def of(begin, end, inside):
        """The stretch, in which the outermost of the mutants are chosen between."""
        out, at = [], begin
        inside = sorted(inside, key=lambda mutant: (mutant.begin, -mutant.end))
        while inside:
            first = inside[0]
            same = [mutant for mutant in inside if (mutant.begin, mutant.end) == (first.begin, first.end)]
            within = [mutant for mutant in inside if mutant not in same and mutant.end <= first.end]
            inside = [mutant for mutant in inside if mutant not in same and mutant not in within]
            out.append(text[at:first.begin].decode())
            inner = of(first.begin, first.end, within)
            for mutant in same:
                if not mutant.is_statement:
                    inner = f"(mutant_is({mutant.number}) ? ({' '.join(mutant.new.split())}) : ({inner}))"
            for mutant in same:
                if mutant.is_statement:
                    inner = f"if (mutant_is({mutant.number})) {{}} else {inner}"
            out.append(inner)
            at = first.end
        out.append(text[at:end].decode())
        return "".join(out)

    return of(0, len(text), mutants)


def compiled(found, all_mutants):
    """Objects of the room with all mutants that compile."""
    OUT.mkdir(parents=True, exist_ok=True)

    def compile_one(source, which, words):
        into = OUT / f"{source.stem}.cpp"
        wrong = set()
        while True:
            mutants = [mutant for mutant in all_mutants if mutant.path == source and mutant.number not in wrong]
            if which == 0:
                into.write_text(rewritten(source.read_bytes(), mutants))
            target = OUT / f"{source.stem}-{which}.o"
            done = subprocess.run([*words, "-w", "-g0", "-iquote", str(source.parent), f"-I{ROOT}/tests", "-include", "mutation/mutant.h", "-c", str(into), "-o", str(target)],
                                  cwd=BUILD, capture_output=True, text=True)
            if done.returncode == 0:
                return target, wrong
            lines = {int(line) for line in re.findall(rf"{re.escape(str(into))}:(\d+):\d+: (?:error|.*required from here)", done.stderr)}
            more = {mutant.number for mutant in mutants
                    if any(mutant.line <= line <= mutant.line + mutant.old.count("\n") for line in lines)} - wrong
            if not more:
                raise SystemExit(done.stderr[:3000])
            wrong |= more

    objects, dropped = [], set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        first = [pool.submit(compile_one, source, 0, words[0]) for source, words in found.items()]
        for done in first:
            target, wrong = done.result()
            objects.append(target)
            dropped |= wrong
        rest = [pool.submit(compile_one, source, which, words[which]) for source, words in found.items() for which in range(1, len(words))]
        objects += [done.result()[0] for done in rest]
        chooser = OUT / "mutant.o"
        subprocess.run(["c++", "-std=c++20", "-O2", f"-I{ROOT}/tests", "-c", str(ROOT / "tests/mutation/mutant.cpp"), "-o", str(chooser)], check=True)
    return [*objects, chooser], [mutant for mutant in all_mutants if mutant.number not in dropped]


def link(objects):
    """Each program as it is linked, with the room's objects before the library that has them as they were."""
    for program in PROGRAMS:
        told = subprocess.run(["ninja", "-t", "commands", program], cwd=BUILD, capture_output=True, text=True, check=True).stdout
        command = [line for line in told.splitlines() if f"-o {program} " in line or f"-o tests/{program} " in line][-1]
        command = command[:command.index("&& cd")] if "&& cd" in command else command
        command = re.sub(r"^: && | && :$", "", command.strip())
        command = re.sub(rf"-o (tests/)?{program} ", f"-o {OUT}/{program} {' '.join(map(str, objects))} ", command)
        done = subprocess.run(["bash", "-c", command], cwd=BUILD, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{program}: {done.stderr[:2000]}")


class Killer:
    """A command that notices some mutants, and what it takes when there is none."""

    def __init__(self, name, words):
        self.name, self.words = name, words
        self.seconds, self.reached = 0.0, frozenset()

    def ends_well(self, environment, limit_s):
        def at_start():
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        process = subprocess.Popen(self.words, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=at_start)
        try:
            return process.wait(limit_s) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            return False

    def measure(self, count):
        """What it comes by. Throws when it fails without any mutant."""
        reached = OUT / f"reached-{re.sub('[^a-z_]', '-', self.name)}"
        reached.write_bytes(bytes(count + 1))
        begin = time.monotonic()
        if not self.ends_well({"DRUMGEN_REACHED": str(reached)}, 600):
            raise SystemExit(f"{self.name} fails without a mutant")
        self.seconds = time.monotonic() - begin
        self.reached = frozenset(number for number, byte in enumerate(reached.read_bytes()) if byte)

    def kills(self, number):
        return not self.ends_well({"DRUMGEN_MUTANT": str(number)}, 10 + 4 * self.seconds)


def killers():
    listed = subprocess.run([OUT / "drumgen_tests", "--list-test-suites", "--no-intro", "--no-version"], capture_output=True, text=True, check=True).stdout
    folders = sorted({line.split("/")[0] for line in listed.splitlines() if re.fullmatch(r"[a-z_]+/[a-z_0-9]+", line)})
    left_out = {"laws", "match"} | (set() if ROOM == "explore" else {"kit"})
    all_killers = [Killer(folder, [OUT / "drumgen_tests", f"--test-suite={folder}/*"]) for folder in folders if folder not in left_out]
    all_killers.append(Killer("golden", [OUT / "drumgen-golden", "golden"]))
    all_killers.append(Killer("hashes", ["bash", "-c", f"{OUT}/drumgen-hashes --threads 2 | diff tests/determinism/expected.txt - >/dev/null"]))
    python = os.environ.get("PYTHON", "/usr/bin/python3")
    scripts = {"system": ("cli/outputs_test", "cli/bad_input", "cli/render_test", "cli/batch_test", "cli/feedback_test", "cli/audition_test",
                          "cli/progress_test", "cli/describe_test", "cli/limits_test", "cli/kit_test"),
               "param": ("cli/bad_input", "cli/describe_test", "cli/list_test", "cli/mistakes_test", "checks/schema_agreement", "checks/generated"),
               "base": ("cli/bad_input", "cli/mistakes_test", "cli/progress_test", "checks/generated"),
               "explore": ("cli/learned_test", "cli/audition_test")}.get(ROOM.split("/")[0], ())
    for name in scripts:
        all_killers.append(Killer(name, [python, "-B", f"tests/{name}.py", OUT / "drumgen"]))
    if ROOM.startswith("system"):
        all_killers.append(Killer("faults", [python, "-B", "tests/faults/faults.py", OUT / "drumgen-faulty", "9"]))
    return all_killers


def main():
    found = commands()
    if not found:
        raise SystemExit(f"no sources in src/{ROOM}")
    all_mutants = []
    for source, words in sorted(found.items()):
        all_mutants += Finder(source, words[0]).mutants
    for number, mutant in enumerate(all_mutants, 1):
        mutant.number = number
    count = len(all_mutants)
    objects, all_mutants = compiled(found, all_mutants)
    link(objects)
    tests = killers()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda killer: killer.measure(count), tests))
        tests.sort(key=lambda killer: killer.seconds)
        drawn = all_mutants if COUNT == 0 else random.Random(SEED).sample(all_mutants, min(COUNT, len(all_mutants)))
        print(f"{ROOM}: {len(all_mutants)} mutants in {len(found)} sources, {len(drawn)} drawn; "
              f"tests take {', '.join(f'{killer.name} {killer.seconds:.1f} s' for killer in tests)}", flush=True)
        end = time.monotonic() + SECONDS

        def fate(mutant):
            if time.monotonic() > end:
                return "not begun"
            coming_by = [killer for killer in tests if mutant.number in killer.reached]
            end_of_it = next((killer.name for killer in coming_by if killer.kills(mutant.number)), "survives") if coming_by else "no test comes by"
            if end_of_it in ("survives", "no test comes by"):
                print(f"{mutant}  ({end_of_it})", flush=True)
            return end_of_it

        fates = list(pool.map(fate, drawn))
    tried = [fate for fate in fates if fate != "not begun"]
    survivors, unseen = tried.count("survives"), tried.count("no test comes by")
    killed = len(tried) - survivors - unseen
    print(f"{ROOM}: {killed} of {len(tried)} killed ({100 * killed / max(len(tried), 1):.0f} %), {survivors} survive, no test comes by {unseen}", flush=True)
    return 0


sys.exit(main())
