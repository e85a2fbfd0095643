#!/usr/bin/env bash
# One would expect: a reader that lets SVG through lets through the same drawing, whether the entry
# of a feed holds it as type="xhtml" or as type="html". In HTML as in XML, <rect …/> in an <svg> is an
# element without content.
#
# What happens: in type="html" it loses the slash and is given no end tag, so that every shape is
# inside the one before it. Shapes do not draw what is in them: of a chart, browsers paint the first
# bar. In type="xhtml" each has its end tag.
#
# Versions: feedparser 6.0.14; html5lib 1.1 says what a browser makes of it (PyPI)
# Output seen:
#   html   <svg viewBox="0 0 9 3"><rect height="3" width="3"><rect height="3" width="3" x="6"></svg>
#          the second bar is in a rect
#   xhtml  <svg viewBox="0 0 9 3"><rect height="3" width="3"></rect><rect height="3" width="3" x="6"></rect></svg>
#          the second bar is in a svg
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check feedparser==6.0.14 html5lib==1.1

env/bin/python - <<'PY'
from html import escape
import feedparser
import html5lib

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="3" height="3"/>\
<rect x="6" width="3" height="3"/></svg>"""


def read(kind, content):
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom">
      <id>urn:example:journal</id><title>Journal</title><updated>2026-11-01T00:00:00Z</updated>
      <author><name>Ada Okafor</name></author>
      <entry><id>urn:example:chart</id><title>Chart</title><updated>2026-11-01T00:00:00Z</updated>
      <content type="{kind}">{content}</content></entry></feed>"""
    text = feedparser.parse(feed).entries[0].content[0].value
    text = text.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    tree = html5lib.parseFragment(text, namespaceHTMLElements=False)
    names = {child: parent.tag for parent in tree.iter() for child in parent}
    second = next(parent for child, parent in names.items() if child.get("x") == "6")
    around = second.split("}")[-1]
    print(f"{kind:6} {text}\n       the second bar is in a {around}")
    return text.count("</rect>"), around


html = read("html", escape(DRAWING))
xhtml = read("xhtml", f'<div xmlns="http://www.w3.org/1999/xhtml">{DRAWING}</div>')
assert html == (0, "rect") and xhtml == (2, "svg")
PY
