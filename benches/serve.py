"""Measures the latency of edits of a served site, from the write to the changed page in a browser.

    scripts/bench serve [--profiles 100,1000,10000] [--edits 60] [--kinds profile,body,style,template]
                        [--binary FILE] [--hugo FILE] [--zola FILE] [--only questfolio] [--pause 500]

Every edit is one save: of a profile's YAML, of its Markdown, of the stylesheet, or of the template
that every page uses; written in place and by renaming, in turns. It ends when a MutationObserver in
headless Chromium sees it in the open page of that profile. All servers run at once and are edited
in turns, each after the previous one has been idle for `--pause` milliseconds. The other servers
show the same profiles from Markdown pages with front matter, with a template that shows as much and
the same stylesheet. Hugo and Zola are searched in PATH, and left out if they are missing.

Prints Markdown tables for benches/notes.md: latencies, their distribution, and memory.
Needs Linux, node, chromium and `npm ci --prefix tests/browser`.
"""

import argparse
import json
import math
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import build
from measure import ROOT, machine, questfolio

KINDS = ("profile", "body", "style", "template")
MEMBER = "member-0007"
STYLE = ROOT / "themes/codex/static/css/codex.css"
BASE = ROOT / "themes/codex/templates/base.html"
STEPS = (10, 20, 30, 40, 50, 75, 100, 200, 500, 1000, math.inf)


def marked(text, old, new):
    assert old in text, f"there is no {old!r} to be marked"
    return text.replace(old, new, 1)


def style():
    return STYLE.read_text() + "\n:root { --mark: style-000000; }\n"


def profiles(count):
    """Slug, YAML and Markdown of each profile; the edited one contains marks."""
    rng = random.Random(1815)
    for number in range(count):
        text, about = build.profile(rng, number)
        slug = f"member-{number:04}"
        if slug == MEMBER:
            text = marked(text, "label: ", "label: profile-000000 ")
            about = "The mark is body-000000.\n\n" + about
        yield slug, text, about


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


class Server:
    """A program that serves a folder. `files`: the files edited, by kind."""

    name = ""
    files = {}

    def __init__(self, binary, site):
        self.binary, self.site = binary, site

    def prepare(self, count):
        raise NotImplementedError

    def command(self, port):
        raise NotImplementedError

    def start(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.log = open(self.site.parent / f"{self.name}.log", "w+")
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [str(part) for part in self.command(port)], cwd=self.site,
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
        )
        self.url = f"http://localhost:{port}/profiles/{MEMBER}/"
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - begun > 600:
                self.log.seek(0)
                sys.exit(f"{self.name} does not serve:\n{self.log.read()}")
            time.sleep(0.1)
        return time.monotonic() - begun

    def answers(self):
        try:
            return urllib.request.urlopen(self.url, timeout=5).status == 200
        except (urllib.error.URLError, OSError):
            return False

    def memory(self):
        """Peak and current memory in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        found = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if "kB" in line}
        return int(found["VmHWM"]) / 1024, int(found["VmRSS"]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def task(self):
        files = {kind: str(self.site / path) for kind, path in self.files.items()}
        return {"name": self.name, "url": self.url, "pid": self.process.pid, "files": files}


class Questfolio(Server):
    name = "questfolio"
    files = {
        "profile": f"content/profiles/{MEMBER}/profile.yaml",
        "body": f"content/profiles/{MEMBER}/about.md",
        "style": "static/css/codex.css",
        "template": "templates/base.html",
    }

    def prepare(self, count):
        write(self.site / "site.yaml", "title: Bench\nurl: https://example.org\n")
        write(self.site / "guild.yaml", "name: Bench\n")
        for slug, text, about in profiles(count):
            write(self.site / f"content/profiles/{slug}/profile.yaml", text)
            write(self.site / f"content/profiles/{slug}/about.md", about)
        write(self.site / "static/css/codex.css", style())
        base = marked(BASE.read_text(), "<body ", '<body data-mark="template-000000" ')
        write(self.site / "templates/base.html", base)

    def command(self, port):
        return [self.binary, "serve", self.site, "--port", port, "--date", "2026-01-01"]


class Peer(Server):
    """A general site generator: a profile is a page with front matter, the guild is the home page."""

    files = {
        "profile": f"content/profiles/{MEMBER}.md",
        "body": f"content/profiles/{MEMBER}.md",
        "style": "static/css/codex.css",
    }
    frame = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<link rel="stylesheet" href="/css/codex.css"></head>
<body data-mark="template-000000"><main>
%s
</main></body></html>
"""

    def prepare(self, count):
        for slug, text, about in profiles(count):
            write(self.site / f"content/profiles/{slug}.md", self.source(text, about))
        write(self.site / "static/css/codex.css", style())
        self.templates()

    def source(self, text, about):
        raise NotImplementedError

    def templates(self):
        raise NotImplementedError


class Hugo(Peer):
    name = "hugo"
    files = {**Peer.files, "template": "layouts/baseof.html"}

    def source(self, text, about):
        return f"---\n{marked(text, 'name:', 'title:')}---\n\n{about}"

    def templates(self):
        write(self.site / "hugo.yaml",
              "baseURL: https://example.org/\ntitle: Bench\n"
              "disableKinds: [section, taxonomy, term, rss, sitemap, robotstxt, 404]\n")
        write(self.site / "layouts/baseof.html", self.frame % '{{ block "main" . }}{{ end }}')
        write(self.site / "layouts/home.html",
              '{{ define "main" }}<ul>{{ range where .Site.RegularPages "Section" "profiles" }}'
              '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.label }}</li>\n'
              '{{ end }}</ul>{{ end }}')
        write(self.site / "layouts/single.html", """{{ define "main" }}
<h1>{{ .Title }}</h1><p>{{ .Params.label }}</p>{{ .Params.summary | .RenderString }}
<ul>{{ range $name, $skill := .Params.skills }}<li>{{ $name }}
{{ if reflect.IsMap $skill }}{{ $skill.level }}{{ range $skill.requires }}, {{ . }}{{ end }}
{{ with $skill.evidence }}<a href="{{ . }}">evidence</a>{{ end }}{{ else }}{{ $skill }}{{ end }}
</li>{{ end }}</ul>
<ol>{{ range .Params.log }}<li>{{ .date }} {{ .xp }} {{ .skill }} {{ .for }}</li>{{ end }}</ol>
{{ range .Params.work }}<section><h2>{{ .position }}, {{ .name }}</h2><p>{{ .startDate }} to {{ .endDate }}</p>
<ul>{{ range .highlights }}<li>{{ . }}</li>{{ end }}</ul></section>{{ end }}
{{ .Content }}
{{ end }}""")

    def command(self, port):
        return [self.binary, "server", "--port", port, "--bind", "127.0.0.1", "--noHTTPCache"]


class Zola(Peer):
    name = "zola"
    files = {**Peer.files, "template": "templates/base.html"}

    def source(self, text, about):
        name, rest = text.split("\n", 1)
        extra = "".join(f"  {line}\n" for line in rest.splitlines())
        return f"---\n{marked(name, 'name:', 'title:')}\nextra:\n{extra}---\n\n{about}"

    def templates(self):
        write(self.site / "config.toml", 'base_url = "https://example.org"\ngenerate_sitemap = false\n')
        write(self.site / "content/_index.md", "+++\n+++\n")
        write(self.site / "content/profiles/_index.md", "+++\nrender = false\n+++\n")
        write(self.site / "templates/base.html", self.frame % "{% block main %}{% endblock %}")
        write(self.site / "templates/index.html",
              '{% extends "base.html" %}{% block main %}<ul>'
              '{% set found = get_section(path="profiles/_index.md") %}{% for it in found.pages %}'
              '<li><a href="{{ it.path }}">{{ it.title }}</a> {{ it.extra.label }}</li>\n'
              '{% endfor %}</ul>{% endblock %}')
        write(self.site / "templates/page.html", """{% extends "base.html" %}{% block main %}
<h1>{{ page.title }}</h1><p>{{ page.extra.label }}</p>{{ page.extra.summary | markdown | safe }}
<ul>{% for name, skill in page.extra.skills %}<li>{{ name }}
{% if skill is object %}{{ skill.level }}{% for it in skill.requires %}, {{ it }}{% endfor %}
{% if skill.evidence %}<a href="{{ skill.evidence }}">evidence</a>{% endif %}{% else %}{{ skill }}{% endif %}
</li>{% endfor %}</ul>
<ol>{% for it in page.extra.log %}<li>{{ it.date }} {{ it.xp }} {{ it.skill }} {{ it.for }}</li>{% endfor %}</ol>
{% for it in page.extra.work %}<section><h2>{{ it.position }}, {{ it.name }}</h2><p>{{ it.startDate }} to {{ it.endDate }}</p>
<ul>{% for line in it.highlights %}<li>{{ line }}</li>{% endfor %}</ul></section>{% endfor %}
{{ page.content | safe }}
{% endblock %}""")

    def command(self, port):
        return [self.binary, "serve", "--port", port, "--interface", "127.0.0.1"]


def measure(servers, args):
    """The output lines of serve.mjs."""
    task = {
        "modules": str(ROOT / "tests/browser/package.json"), "chromium": args.chromium,
        "programs": [server.task() for server in servers], "kinds": args.kinds.split(","),
        "warm": args.warm, "edits": args.edits, "pause": args.pause,
    }
    command = ["node", ROOT / "benches/node/serve.mjs", json.dumps(task)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as node:
        lines = []
        for line in node.stdout:
            lines.append(json.loads(line))
            if args.verbose:
                print(line, end="", file=sys.stderr)
    if node.returncode:
        sys.exit("the browser did not get to the end")
    return lines


def rank(values, part):
    """The quantile: the smallest value that is at least as large as this part of all values."""
    return values[max(0, math.ceil(len(values) * part) - 1)]


def latencies(profiles, name, kind, took):
    seen = sorted(it for it in took if it is not None)
    parts = [f"{rank(seen, part):.1f}" if seen else "–" for part in (0.5, 0.95, 0.99, 1)]
    return f"| {profiles} | {kind} | {name} | {' | '.join(parts)} | {len(took) - len(seen)} |"


def histogram(profiles, name, kind, took):
    seen = [it for it in took if it is not None]
    bounds = list(zip((-math.inf, *STEPS), STEPS))
    counts = [sum(low < it <= high for it in seen) for low, high in bounds]
    return f"| {profiles} | {kind} | {name} | " + " | ".join(str(it or "") for it in counts) + " |"


def bench(count, kinds, args):
    """Adds rows to each table for a site with this number of profiles."""
    timed, spread, memory = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        servers = [kind(binary, pathlib.Path(folder) / kind.name) for kind, binary in kinds]
        try:
            for server in servers:
                server.prepare(count)
                server.first = server.start()
            lines = measure(servers, args)
            for kind in args.kinds.split(","):
                for server in servers:
                    took = [it["took"] for it in lines if (it["program"], it["kind"]) == (server.name, kind)]
                    timed.append(latencies(count, server.name, kind, took))
                    spread.append(histogram(count, server.name, kind, took))
            for server in servers:
                most, now = server.memory()
                memory.append(f"| {count} | {server.name} | {server.first:.1f} | {most:.0f} | {now:.0f} |")
        finally:
            for server in servers:
                if hasattr(server, "process"):
                    server.stop()
    return timed, spread, memory


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", default="100,1000,10000", help="how many members, one or several numbers")
    parser.add_argument("--edits", type=int, default=60, help="of each kind, to each program")
    parser.add_argument("--warm", type=int, default=5, help="edits before those, which do not count")
    parser.add_argument("--pause", type=int, default=500, help="milliseconds of rest before each edit")
    parser.add_argument("--kinds", default=",".join(KINDS), help="which edits")
    parser.add_argument("--only", help="one program: questfolio, hugo or zola")
    parser.add_argument("--binary", type=pathlib.Path, help="another questfolio than this repository's")
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="its program")
    parser.add_argument("--zola", default=shutil.which("zola"), help="its program")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium"))
    parser.add_argument("--verbose", action="store_true", help="print every edit to standard error")
    args = parser.parse_args()
    found = [(Questfolio, args.binary), (Hugo, args.hugo), (Zola, args.zola)]
    kinds = [(kind, binary) for kind, binary in found if args.only in (None, kind.name)]
    kinds = [(kind, questfolio(binary) if kind is Questfolio else binary) for kind, binary in kinds]
    for kind, binary in kinds:
        if not binary:
            print(f"{kind.name} is not there and left out", file=sys.stderr)
    kinds = [(kind, binary and pathlib.Path(binary).resolve()) for kind, binary in kinds if binary]
    timed, spread, memory = [], [], []
    for count in map(int, args.profiles.split(",")):
        for rows, more in zip((timed, spread, memory), bench(count, kinds, args)):
            rows += more
    print(f"{machine()}; milliseconds from the write to the page, of {args.edits} edits each\n")
    table("profiles | edited | program | p50 | p95 | p99 | most | lost", timed)
    heads = [f"≤ {step}" for step in STEPS[:-1]] + ["more"]
    table(f"profiles | edited | program | {' | '.join(heads)}", spread)
    table("profiles | program | first page, s | memory at most, MB | at the end", memory)


def table(head, rows):
    print(f"| {head} |")
    print("|" + " --- |" * (head.count("|") + 1))
    print("\n".join(rows) + "\n", flush=True)


if __name__ == "__main__":
    main()
