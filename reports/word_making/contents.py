"""The contents of a long paper: links at once, and page numbers as soon as Word has counted its pages."""

from xml.etree.ElementTree import Element

from reports.word_making.xml import field, run, text, w


def contents(found: list[tuple[str, str]]) -> Element:
    """Of the headings' words and their bookmarks, in order."""
    entries = []
    begin = field(r'TOC \o "2-2" \h \z \u', stale=True)[:-1]
    for words, name in found:
        page = field(rf"PAGEREF {name} \h", stale=True)
        link = w("hyperlink", run(text(words)), run(w("tab")), *page, anchor=name, history=1)
        entries.append(w("p", w("pPr", w("pStyle", val="TOC2")), *begin, link))
        begin = []
    entries[-1].append(run(w("fldChar", fldCharType="end")))
    title = w("p", w("pPr", w("pStyle", val="TOCHeading")), run(text("Contents")))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return w("sdt", w("sdtPr", gallery), w("sdtContent", title, *entries))
