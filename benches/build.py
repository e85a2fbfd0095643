"""Times builds of generated guilds: cold, unchanged, and after one edit.

    scripts/bench [build] [--profiles 100,1000] [--runs 5] [--site DIR]

Measures whole processes and prints a Markdown table for benches/notes.md: median and spread of
the elapsed time, the processor time (which load on the machine affects far less), and peak memory.
With --site, it only generates a site in that folder, for use with a profiler. Needs only Python 3
and cargo; works in a temporary folder and leaves nothing behind.
"""

import argparse
import os
import pathlib
import random
import statistics
import tempfile

from measure import machine, questfolio, run

SKILLS = [
    "Rust", "Python", "Go", "TypeScript", "C", "C++", "Haskell", "Kotlin", "Swift", "Elixir",
    "PostgreSQL", "Redis", "Kafka", "Docker", "Kubernetes", "Terraform", "Linux", "Networking",
    "React", "CSS", "Accessibility", "Observability", "Security", "Writing",
]
WORDS = (
    "systems storage latency queue index compiler network cluster review release incident "
    "migration protocol parser cache schema pipeline budget trace latency design team"
).split()


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(14)).capitalize() + "."


def profile(rng, number):
    skills = rng.sample(SKILLS, 12)
    lines = [f"name: Member {number:04}", f"label: {rng.choice(WORDS).capitalize()} Engineer"]
    lines += ["summary: |"] + [f"  {sentence(rng)} **{rng.choice(WORDS)}**" for _ in range(3)]
    lines += ["skills:"] + [f"  {name}: {rng.randint(1, 10)}" for name in skills[:10]]
    lines += [f"  {skills[10]}: {{ level: 6, requires: [{skills[0]}, {skills[1]}] }}"]
    lines += [f"  {skills[11]}: {{ level: 4, requires: [{skills[10]}], evidence: https://example.org/{number} }}"]
    lines += ["log:"]
    for month in range(1, 13):
        lines.append(
            f"  - {{ date: 2025-{month:02}-{rng.randint(1, 28):02}, xp: {rng.randint(10, 400)},"
            f" skill: {skills[month % 10]}, for: {sentence(rng)[:-1]} }}"
        )
    lines += ["work:"]
    for job in range(3):
        lines += [
            f"  - name: Company {rng.randint(1, 40)}",
            f"    position: {rng.choice(WORDS).capitalize()} Engineer",
            f"    startDate: {2015 + job * 3}-03",
            f"    endDate: {2018 + job * 3}-02",
            "    highlights:",
        ] + [f"      - {sentence(rng)}" for _ in range(4)]
    about = "\n\n".join(" ".join(sentence(rng) for _ in range(4)) for _ in range(8))
    return "\n".join(lines) + "\n", about + "\n"


def generate(folder, count):
    rng = random.Random(1815)
    (folder / "content/profiles").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: Bench\nurl: https://example.org\n")
    (folder / "guild.yaml").write_text("name: Bench\n")
    for number in range(count):
        home = folder / f"content/profiles/member-{number:04}"
        home.mkdir()
        text, about = profile(rng, number)
        (home / "profile.yaml").write_text(text)
        (home / "about.md").write_text(about)


def build(binary, site, *extra):
    """Builds once; returns the output, elapsed ms, processor ms, and peak memory in MB."""
    one = run([binary, "build", site, "--quiet", "--date", "2026-01-01", *extra])
    return one.text, (one.wall * 1000, one.cpu * 1000, one.memory)


def clean(site):
    """Moves the output away: after removing many files, ext4 creates files slowly for seconds."""
    aside = pathlib.Path(tempfile.mkdtemp(dir=site))
    for name in ("public", ".questfolio"):
        if (site / name).exists():
            (site / name).rename(aside / name)


def measure(binary, site, count, runs):
    """A summary of the output folder, and the runs of each kind of build."""
    generate(site, count)
    cold = []
    for _ in range(runs):
        clean(site)
        cold.append(build(binary, site)[1])
    unchanged = [build(binary, site)[1] for _ in range(runs)]
    made = build(binary, site, "--explain")[0].count("made ")
    assert made == 0, f"an unchanged build made {made} files"
    about = site / "content/profiles/member-0007/about.md"
    edited = []
    for turn in range(runs):
        about.write_text(about.read_text() + f"\nEdit {turn}.\n")
        edited.append(build(binary, site)[1])
    files = sum(len(names) for _, _, names in os.walk(site / "public"))
    return files, {"cold": cold, "nothing changed": unchanged, "one backstory edited": edited}


def row(profiles, files, kind, runs):
    took, busy, memory = zip(*runs)
    spread = f"{statistics.median(took):.0f} ({min(took):.0f}–{max(took):.0f})"
    return (f"| {profiles} | {files} | {kind} | {spread} | {statistics.median(busy):.0f} "
            f"| {max(memory):.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", default="100,1000", help="how many members, one or several numbers")
    parser.add_argument("--runs", type=int, default=5, help="builds of each kind")
    parser.add_argument("--binary", type=pathlib.Path, help="another questfolio than this repository's")
    parser.add_argument("--site", type=pathlib.Path, help="only generate a site, in this new folder")
    args = parser.parse_args()
    counts = [int(count) for count in args.profiles.split(",")]
    if args.site:
        return generate(args.site, counts[0])
    binary = questfolio(args.binary)
    print(f"{machine()}; whole processes, milliseconds: median (least–most) of {args.runs}\n")
    print("| profiles | files | build | time | processor's time | memory, MB |")
    print("| --: | --: | --- | --: | --: | --: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            files, kinds = measure(binary, pathlib.Path(folder), count, args.runs)
        for kind, runs in kinds.items():
            print(row(count, files, kind, runs), flush=True)
