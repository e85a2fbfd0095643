"""The programs compared, each with the small site or script that makes the pictures.

Every program crops the same square from the centre, and rotates photographs upright. It has its own
folder, runs there as one process, and reports where its pictures are.
"""

import json
import os
import pathlib
import re
import shutil
from typing import NamedTuple

SIZES = (96, 192, 384, 768)
QUALITY = 80


class Picture(NamedTuple):
    photograph: str
    size: int
    format: str
    path: pathlib.Path


class Program:
    """One way to make the pictures. `formats`: a selection of avif, webp and jpeg."""

    name = ""
    made = ("out",)

    def __init__(self, folder, photographs, formats):
        self.folder, self.photographs, self.formats = folder, photographs, formats
        folder.mkdir(parents=True, exist_ok=True)

    def prepare(self):
        """Writes the program's input."""

    def clean(self):
        """Removes its output and its cache."""
        for name in self.made:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def command(self):
        """The command line and the environment variables."""
        raise NotImplementedError

    def pictures(self):
        """The pictures that were made."""
        raise NotImplementedError

    def link(self, photograph, place):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        try:
            os.link(photograph, place)
        except OSError:
            shutil.copy(photograph, place)

    def listed(self, page, root):
        """The pictures in a page of lines "photograph size format URL"."""
        for line in (self.folder / page).read_text().splitlines():
            if len(words := line.split()) == 4:
                name, size, kind, address = words
                place = root / re.sub(r"^(https?://[^/]+)?/", "", address)
                yield Picture(name, int(size), kind.replace("jpg", "jpeg"), self.folder / place)


class Questfolio(Program):
    """A whole guild: pages, feeds and all."""

    name = "questfolio"
    made = ("public", ".questfolio")
    binary = None
    quality = QUALITY

    def prepare(self):
        widths = ", ".join(map(str, SIZES))
        formats = ", ".join(self.formats)
        (self.folder / "site.yaml").write_text(
            "title: Bench\n"
            f"images: {{ avatar: [{widths}], formats: [{formats}], quality: {self.quality} }}\n")
        (self.folder / "guild.yaml").write_text("name: Bench\n")
        shutil.rmtree(self.folder / "content", ignore_errors=True)
        for photograph in self.photographs:
            home = self.folder / "content/profiles" / photograph.stem
            self.link(photograph, home / "portrait.jpg")
            (home / "profile.yaml").write_text(
                f"name: {photograph.stem}\nimage: {{ src: portrait.jpg, focus: [0.5, 0.5] }}\n")

    def command(self):
        return [self.binary, "build", ".", "--quiet", "--date", "2026-01-01"], {}

    def pictures(self):
        return made_by_questfolio(self.folder / "public")


class QuestfolioAsSharp(Questfolio):
    """With AVIF at sharp's default quality, which is lower than that of its WebP at 80."""

    name = "questfolio, AVIF at sharp's score"
    quality = f"{{ avif: 58, webp: {QUALITY}, jpeg: {QUALITY} }}"


def made_by_questfolio(public):
    """The portraits in a guild's output folder, found through the pages that show them."""
    offered = re.compile(r"(/[^\s\",]+\.(avif|webp|jpe?g)) (\d+)w")
    for page in sorted(public.glob("profiles/*/index.html")):
        for address, kind, width in sorted(set(offered.findall(page.read_text()))):
            kind = kind.replace("jpg", "jpeg")
            yield Picture(page.parent.name, int(width), kind, public / address.lstrip("/"))


class Node(Program):
    """A Node.js script, in the folder of the modules it uses."""

    script, way, jobs, env = "", None, 2, {}
    modules = None

    def options(self, kind):
        return {"quality": QUALITY}

    def command(self):
        task = {
            "photographs": [str(path) for path in self.photographs], "out": str(self.folder / "out"),
            "sizes": SIZES, "way": self.way, "jobs": self.jobs,
            "formats": {kind: self.options(kind) for kind in self.formats},
        }
        return ["node", self.modules / self.script, json.dumps(task)], self.env

    def clean(self):
        super().clean()
        (self.folder / "out").mkdir()

    def pictures(self):
        return named(self.folder / "out")


def named(folder):
    """The pictures in a folder, named photograph-size.format."""
    for path in sorted(folder.iterdir()):
        if match := re.fullmatch(r"(.+)-(\d+)\.(avif|webp|jpe?g)", path.name):
            name, size, kind = match.groups()
            yield Picture(name, int(size), kind.replace("jpg", "jpeg"), path)


class SharpOnce(Node):
    """sharp at its best; AVIF with its defaults (quality 50, effort 4)."""

    name, script, way = "sharp, one decoding", "sharp.mjs", "once"
    quality = None

    def options(self, kind):
        if kind == "avif":
            return {"quality": self.quality} if self.quality else {}
        quality = self.quality or QUALITY
        return {"quality": quality, "mozjpeg": True} if kind == "jpeg" else {"quality": quality}


class SharpAlone(SharpOnce):
    name, jobs, env = "sharp, one decoding, one thread", 1, {"UV_THREADPOOL_SIZE": "1"}


class SharpEach(SharpOnce):
    name, way = "sharp, each from the file", "each"


class Eleventy(Node):
    name, script = "eleventy-img", "eleventy.mjs"


class Hugo(Program):
    name = "Hugo"
    made = ("public", "resources", "cache")
    binary = None

    def prepare(self):
        for photograph in self.photographs:
            self.link(photograph, self.folder / "assets/photos" / photograph.name)
        (self.folder / "layouts").mkdir(exist_ok=True)
        (self.folder / "hugo.yaml").write_text(
            "baseURL: https://example.org/\n"
            "disableKinds: [page, section, taxonomy, term, rss, sitemap, robotstxt, 404]\n")
        formats = " ".join(f'"{kind.replace("jpeg", "jpg")}"' for kind in self.formats)
        (self.folder / "layouts/index.html").write_text(
            '{{ range $photo := resources.Match "photos/*" }}'
            f'{{{{ range $size := slice {" ".join(map(str, SIZES))} }}}}'
            f"{{{{ range $format := slice {formats} }}}}"
            f'{{{{ $how := printf "fill %dx%d center %s q{QUALITY} lanczos" $size $size $format }}}}'
            "{{ $made := $photo.Filter images.AutoOrient (images.Process $how) }}"
            '{{ path.BaseName $photo.Name }} {{ $size }} {{ $format }} {{ $made.RelPermalink }}\n'
            "{{ end }}{{ end }}{{ end }}")

    def command(self):
        return [self.binary, "--quiet", "--cacheDir", self.folder / "cache"], {}

    def pictures(self):
        return self.listed("public/index.html", pathlib.Path("public"))


class Zola(Program):
    name = "Zola"
    made = ("public", "static")
    binary = None

    def prepare(self):
        for photograph in self.photographs:
            self.link(photograph, self.folder / "photos" / photograph.name)
        for name in ("content", "templates"):
            (self.folder / name).mkdir(exist_ok=True)
        names = ", ".join(f'"{photograph.stem}"' for photograph in self.photographs)
        (self.folder / "config.toml").write_text(
            f'base_url = "https://example.org"\n[extra]\nphotographs = [{names}]\n')
        (self.folder / "content/_index.md").write_text("+++\n+++\n")
        formats = ", ".join(f'"{kind.replace("jpeg", "jpg")}"' for kind in self.formats)
        (self.folder / "templates/index.html").write_text(
            "{% for name in config.extra.photographs %}"
            f"{{% for size in [{', '.join(map(str, SIZES))}] %}}"
            f"{{% for format in [{formats}] %}}"
            '{% set made = resize_image(path="photos/" ~ name ~ ".jpg", width=size, height=size, '
            f'op="fill", format=format, quality={QUALITY}) %}}'
            "{{ name }} {{ size }} {{ format }} {{ made.url | safe }}\n"
            "{% endfor %}{% endfor %}{% endfor %}")

    def command(self):
        return [self.binary, "build"], {}

    def pictures(self):
        return self.listed("public/index.html", pathlib.Path("public"))
