"""Reads PDFs as machines do: `read_pdf.py FILE…` prints, as JSON, for each file what each reader
makes of it, and the boxes of text on each page. `read_pdf.py --weasyprint URL…` prints the number
of pages that WeasyPrint makes of each address."""

import json
import logging
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.ERROR)


def pdftotext(path):
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout.decode()


def pdfminer(path):
    from pdfminer.high_level import extract_text

    return extract_text(path)


def pypdf(path):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def pages(path):
    """Of every page its height, its text, the boxes of its lines (top, bottom, size, words), and the
    boxes of what is drawn: left, top, right, bottom."""
    import pymupdf

    found = []
    for page in pymupdf.open(path):
        lines = []
        for block in page.get_text("dict")["blocks"]:
            for line in block.get("lines", []):
                spans = line["spans"]
                words = "".join(span["text"] for span in spans)
                if words.strip():
                    size = max(span["size"] for span in spans)
                    lines.append([line["bbox"][1], line["bbox"][3], size, words])
        links = [link["uri"] for link in page.get_links() if "uri" in link]
        found.append(
            {
                "height": page.rect.height,
                "text": page.get_text(),
                "lines": lines,
                "links": links,
                "drawings": [list(it["rect"]) for it in page.get_drawings() if is_seen(it)],
            }
        )
    return found


def is_seen(drawing):
    """Paper that is painted white is none."""
    white = (1.0, 1.0, 1.0)
    return drawing.get("color") not in (None, white) or drawing.get("fill") not in (None, white)


def read(path):
    seen = pages(path)
    texts = {"pdftotext": pdftotext(path), "pdfminer": pdfminer(path), "pypdf": pypdf(path)}
    texts["pymupdf"] = "\n".join(page["text"] for page in seen)
    return {"texts": texts, "pages": seen}


def weasyprint(url):
    from weasyprint import HTML

    return len(HTML(url).render().pages)


if __name__ == "__main__":
    if sys.argv[1] == "--weasyprint":
        print(json.dumps([weasyprint(url) for url in sys.argv[2:]]))
    else:
        print(json.dumps([read(path) for path in sys.argv[1:]]))
