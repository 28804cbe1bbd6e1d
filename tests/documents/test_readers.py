"""Each format gives its text in whole sentences, with its facts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from geodata.documents import iter_paths, read_file
from tests.documents.document_files import BODY, DATA, pdf, word, write

SENTENCE = (
    "In March 2019 Kenya signed an agreement with a company from Denmark to build a wind farm at Marsabit."
)


def test_pdf_lines_become_sentences(tmp_path: Path) -> None:
    document = read_file(write(tmp_path, "a.pdf", pdf([BODY], title="Wind in Marsabit", author="A. Writer")))
    assert document.text.startswith(SENTENCE)
    assert "and the government in Nairobi called it a model" in document.text
    assert (document.title, document.author, document.media_type) == (
        "Wind in Marsabit",
        "A. Writer",
        "application/pdf",
    )


def test_pdf_page_of_every_passage_is_known(tmp_path: Path) -> None:
    second = ("Work on the port of Lamu went on.", "It was opened in 2021.")
    document = read_file(write(tmp_path, "a.pdf", pdf([BODY, second])))
    assert document.page_at(document.text.index("Marsabit")) == 1
    assert document.page_at(document.text.index("opened in 2021")) == 2


@pytest.mark.parametrize("furniture_first", [False, True])
def test_sentence_over_a_page_break_stays_whole_without_head_number_and_note(
    tmp_path: Path, furniture_first: bool
) -> None:
    first = (*BODY, "Its owners asked the bank for^3^ more time, and the president of")
    second = ("Kenya promised to help. Nothing came of it in that year, for the treasury", "had no money.")
    data = pdf(
        [first, second],
        head="Review of Power, vol. 3",
        numbers=True,
        furniture_first=furniture_first,
        notes=["3 Smith, J. (2018), “Lines and Wires”, Nairobi: Grid Press, p. 44."],
    )
    text = read_file(write(tmp_path, "a.pdf", data)).text
    assert "asked the bank for more time, and the president of Kenya promised to help." in text
    assert "Review of Power" not in text
    assert "Grid Press" not in text


def test_note_in_prose_is_kept_behind_the_text(tmp_path: Path) -> None:
    data = pdf(
        [BODY, ("It was opened in 2021.",)],
        notes=["1 The company from Denmark sold its share to an investor from Abu Dhabi in 2022."],
    )
    text = read_file(write(tmp_path, "a.pdf", data)).text
    assert text.endswith("The company from Denmark sold its share to an investor from Abu Dhabi in 2022.")


def test_raised_mark_in_the_middle_of_a_line_does_not_break_it(tmp_path: Path) -> None:
    lines = ("The port was opened in 2021.^1^ The ships came late,^2^ and the crews", "went home.")
    text = read_file(write(tmp_path, "a.pdf", pdf([lines, BODY]))).text
    assert text.startswith("The port was opened in 2021. The ships came late, and the crews went home.")


def test_docx_paragraphs_tables_and_facts(tmp_path: Path) -> None:
    data = word(
        [SENTENCE, "A second paragraph."], title="Wind", author="A. Writer", table=["Lamu", "367 million"]
    )
    document = read_file(write(tmp_path, "a.docx", data))
    assert document.text.split("\n\n")[:2] == [SENTENCE, "A second paragraph."]
    assert "Lamu" in document.text
    assert "367 million" in document.text
    assert (document.title, document.author) == ("Wind", "A. Writer")


PAGE = """<!doctype html><html lang="en-GB"><head><title>Dam finished | The Paper</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="A. Writer">
<meta property="article:published_time" content="2020-05-06T10:00:00Z">
<link rel="canonical" href="https://paper.example/dam"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="cookie-banner"><p>This site uses cookies. <button>Accept all</button></p></div>
<article><h1>Dam finished</h1><p>The dam at <b>Kariba</b> was finished in
 1959.</p><div class="share-buttons">Share on Facebook</div><p>Zambia &amp; Zimbabwe share its power.</p></article>
<aside><p>Read more about our reporters and the many awards they have won in this country.</p></aside>
<section id="comments"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></section>
<script>var x = "not text";</script></body></html>"""


def test_saved_page_gives_its_article_alone(tmp_path: Path) -> None:
    document = read_file(write(tmp_path, "dam.html", PAGE))
    assert document.text == (
        "Dam finished\n\nThe dam at Kariba was finished in 1959.\n\nZambia & Zimbabwe share its power."
    )
    assert (document.title, document.author, document.publisher, document.published, document.url) == (
        "Dam finished",
        "A. Writer",
        "The Paper",
        "2020-05-06",
        "https://paper.example/dam",
    )
    assert document.language == "en"


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 'Of rails'\nauthor: [A. One, B. Two]\ndate: 3 May 2021\nlanguage: en\n---\n\n# Of rails\n"
        "The **railway** from [Mombasa](https://x.example/m) to\nNairobi opened in 2017.[^1]\n\n"
        "- a bridge\n- a tunnel\n\n[^1]: A note.\n"
    )
    document = read_file(write(tmp_path, "rails.md", text))
    assert "The railway from Mombasa to Nairobi opened in 2017." in document.text
    assert "](" not in document.text
    assert (document.title, document.author, document.published) == (
        "Of rails",
        "A. One, B. Two",
        "2021-05-03",
    )


def test_front_matter_links_a_digest_to_its_original(tmp_path: Path) -> None:
    sha = hashlib.sha256(b"original").hexdigest()
    text = f"---\ntitle: A\nsource_file: a.txt\nsource_sha256: {sha}\n---\n\nThe port was opened.\n"
    assert read_file(write(tmp_path, "a.md", text)).digest_of == sha


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Müller opened the bridge at Łódź in 2014, and paid 3 million € for it."),
        ("utf-8-sig", "Müller opened the bridge at Łódź in 2014."),
        ("utf-16", "Müller opened the bridge at Łódź in 2014."),
        ("utf-16-le", "The bridge at Warsaw was opened in 2014 by the mayor of the town."),
        ("utf-32", "Müller opened the bridge at Łódź in 2014."),
        (
            "cp1252",
            "The “bridge” at Saint-Étienne – a gift – was opened in 2014; it cost 3 million € in all.",
        ),
        (
            "cp1251",
            "Мост через реку был открыт в 2014 году, его построила компания из Москвы. "
            "Порт в Мурманске расширяют с 2015 года, и работы ещё не закончены.",
        ),
        (
            "koi8-r",
            "Мост через реку был открыт в 2014 году, его построила компания из Москвы. Порт расширяют давно.",
        ),
    ],
)
def test_text_in_any_usual_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    document = read_file(write(tmp_path, "a.txt", text.encode(encoding)))
    assert document.text == text


def test_language_is_kept_if_told(tmp_path: Path) -> None:
    page = PAGE.replace("en-GB", "fr")
    assert read_file(write(tmp_path, "a.html", page)).language == "fr"


def test_format_is_told_by_the_bytes_not_the_name(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, "a.txt", pdf([BODY]))).media_type == "application/pdf"
    assert read_file(write(tmp_path, "b.txt", PAGE)).media_type == "text/html"


def test_reading_twice_gives_the_same_document(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf([BODY]))
    assert read_file(path) == read_file(path)


def test_text_without_a_title_is_called_by_its_file_or_its_first_words(tmp_path: Path) -> None:
    text = "The port of Lamu was opened by the president in May 2021, after ten years of work. It is empty."
    assert read_file(write(tmp_path, "lamu-port.txt", text)).title == "lamu-port"
    named = read_file(write(tmp_path, "07_9f86d081884c7d65.txt", text))
    assert named.title == "The port of Lamu was opened by the president in May 2021, after ten…"
    assert named.id == "07_9f86d081884c7d65"


def test_document_is_named_after_its_file_and_hashed(tmp_path: Path) -> None:
    path = write(tmp_path, "report.2020.txt", "The port was opened in 2020.")
    document = read_file(path)
    assert (document.id, document.file) == ("report.2020", "report.2020.txt")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.text_sha256 == hashlib.sha256(document.text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["hostile.md", "hostile.html"])
def test_hostile_text_is_read_as_the_text_that_it_is(name: str) -> None:
    document = read_file(DATA / "docs" / name)
    assert document.title.startswith('<img src=x onerror="window.__ran=1">')
    assert "${window.__ran=1}" in document.text
    assert "<script>window.__ran=1</script>" in document.text
    assert document.url == ""


def test_folders_are_walked_in_order_and_hidden_files_left(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "sub/c.pdf", ".hidden.txt", "~$a.docx", "notes.xyz", "sub/d.DOCX"):
        (tmp_path / name).write_text("x")
    found = [str(path.relative_to(tmp_path)) for path in iter_paths([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.md", "b.txt", "sub/c.pdf", "sub/d.DOCX"]


def test_a_named_file_is_tried_whatever_it_is_called(tmp_path: Path) -> None:
    odd = tmp_path / "notes.xyz"
    odd.write_text("The port was opened.")
    assert list(iter_paths([odd, tmp_path / "missing.txt"])) == [odd, tmp_path / "missing.txt"]
