"""Picture quality: SSIMULACRA2 against exact reductions of the photographs, and file sizes."""

import math
import os
import statistics
import subprocess
import tempfile
from typing import NamedTuple

from measure import ROOT, run
from programs import SIZES, SharpOnce

CURVE = (50, 65, 80, 90)
AVIF_CURVE = (40, 50, 60, 70)


class Scored(NamedTuple):
    photograph: str
    size: int
    format: str
    bytes: int
    score: float


def score(pictures, photographs, modules, *flags):
    """Maps each picture's path to its scores. Photographs are identified by name, and reduced once
    per call: pass as many pictures as possible in one."""
    folder = ROOT / "benches/score"
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=folder, check=True)
    files = {photograph.stem: photograph for photograph in photographs}
    pictures = sorted(picture for picture in pictures if picture.photograph in files)
    with tempfile.TemporaryDirectory() as scratch:
        seen, turned = [], []
        for number, picture in enumerate(pictures):
            seen.append(picture.path)
            if picture.format == "avif":
                seen[-1] = f"{scratch}/{number}.png"
                turned.append(f"{picture.path}\t{seen[-1]}\n")
        if turned:
            subprocess.run(["node", modules / "png.mjs"], input="".join(turned), text=True, check=True)
        lines = "".join(f"{files[one.photograph]}\t{path}\n" for one, path in zip(pictures, seen))
        printed = subprocess.run(
            [folder / "target/release/score", *flags], input=lines, text=True, check=True,
            stdout=subprocess.PIPE).stdout.splitlines()
    return {one.path: Scored(one.photograph, one.size, one.format, os.path.getsize(one.path),
                             float(line.split("\t")[2]))
            for one, line in zip(pictures, printed, strict=True)}


def curve(scratch, photographs, formats):
    """sharp's results at several qualities: (photograph, size, format) → points (score, bytes),
    sorted by score. The scores measure only its encoders: sharp averages coded values, and is
    compared with an exact reduction that does so too. Made once for each photograph."""
    pictures, points = [], {}
    for kind in formats:
        for quality in AVIF_CURVE if kind == "avif" else CURVE:
            folder = scratch / f"curve/{kind}-{quality}"
            missing = [one for one in photographs
                       if not (folder / f"out/{one.stem}-{SIZES[-1]}.{kind}").exists()]
            program = SharpOnce(folder, missing, [kind])
            program.quality = quality
            (folder / "out").mkdir(exist_ok=True)
            if missing:
                command, env = program.command()
                run(command, folder, env)
            pictures += program.pictures()
    for one in score(pictures, photographs, SharpOnce.modules, "--coded").values():
        points.setdefault(one[:3], []).append((one.score, one.bytes))
    return {key: sorted(found) for key, found in points.items()}


def bytes_at(points, wanted):
    """Bytes at a score: linear interpolation of the logarithms, constant beyond the ends.

    >>> round(bytes_at([(60, 100), (70, 200), (80, 400)], 75))
    283
    >>> round(bytes_at([(60, 100), (70, 200)], 80))
    400
    """
    after = next((i for i, (score, _) in enumerate(points) if score >= wanted), len(points) - 1)
    (s0, b0), (s1, b1) = points[max(after, 1) - 1], points[max(after, 1)]
    share = (wanted - s0) / (s1 - s0) if s1 > s0 else 0.0
    return math.exp(math.log(b0) + share * (math.log(b1) - math.log(b0)))


def table(programs, sharp):
    """Markdown rows: mean score and bytes for each program, format and size; for the first program
    also the geometric mean of its bytes relative to sharp's at the same score."""
    ours = next(iter(programs))
    yield "| format | pixels | " + " | ".join(programs) + f" | {ours} ÷ sharp, bytes as well encoded |"
    yield "| --- | --: | " + "--: | " * len(programs) + "--: |"
    for kind in ("avif", "webp", "jpeg"):
        for size in SIZES:
            cells = [cell([one for one in scored if (one.format, one.size) == (kind, size)])
                     for scored in programs.values()]
            ratios = [one.bytes / bytes_at(sharp[one[:3]], one.score) for one in programs[ours]
                      if (one.format, one.size) == (kind, size) and one[:3] in sharp]
            ratio = f"{statistics.geometric_mean(ratios):.2f}" if ratios else "–"
            if any(cell != "–" for cell in cells):
                yield f"| {kind} | {size} | " + " | ".join(cells) + f" | {ratio} |"


def cell(scored):
    """A cell "score · bytes", with the number of pictures."""
    if not scored:
        return "–"
    mean = statistics.fmean(one.score for one in scored)
    size = statistics.fmean(one.bytes for one in scored)
    return f"{mean:.1f} · {size:,.0f}".replace(",", " ") + f" ({len(scored)})"
