"""Reads feed.xml as feedparser does, and prints what of each entry is left: tags, text, addresses."""

import json
import sys
from html.parser import HTMLParser

import feedparser


class Outline(HTMLParser):
    """Tags with the attributes that readers keep, and text without its white space."""

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        kept = {name: value for name, value in attributes if name in ("href", "src", "alt", "align")}
        self.parts.append([tag, kept])

    def handle_data(self, data):
        self.parts.extend(data.split())


feed, published = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
parsed = feedparser.parse(feed)
ours = {item["id"]: item["content_html"] for item in json.loads(published)["items"]}
entries = [
    {
        "id": entry.id,
        "link": entry.link,
        "title": entry.title,
        "hasDate": entry.get("updated_parsed") is not None and entry.get("published_parsed") is not None,
        "hasAuthor": bool(entry.get("author") or parsed.feed.get("author")),
        "read": Outline(entry.content[0].value).parts,
        "published": Outline(ours[entry.id]).parts,
    }
    for entry in parsed.entries
]
print(json.dumps({"bozo": bool(parsed.bozo), "version": parsed.version, "entries": entries}))
