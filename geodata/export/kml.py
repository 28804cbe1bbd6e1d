"""KML 2.2: projects as placemarks in folders of their type group, with status, years and the best sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from geodata.export.content import Content
from geodata.records import Project
from geodata.vocabulary import Group, Vocabulary, load_vocabulary
from geodata.wording import PRECISION, years_words

NAMESPACE = "http://www.opengis.net/kml/2.2"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(content: Content, path: Path) -> None:
    """Write the file; what has no place is listed without a geometry."""
    vocabulary = load_vocabulary()
    kml = etree.Element(f"{{{NAMESPACE}}}kml", nsmap={None: NAMESPACE})
    document = _child(kml, "Document")
    _child(document, "name", content.title)
    _child(document, "description", "\n".join(f"{k}: {v}" for k, v in content.about().items()))
    for group in vocabulary.groups.values():
        _style(document, group)
    folders: dict[str, list[Project]] = defaultdict(list)
    for project in content.projects:
        folders[vocabulary.group_of(project.type).id].append(project)
    for id_, projects in sorted(folders.items()):
        folder = _child(document, "Folder")
        _child(folder, "name", vocabulary.groups[id_].label)
        for project in projects:
            _placemark(folder, project, id_, vocabulary)
    etree.ElementTree(kml).write(path, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _child(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    if text:
        child.text = _FORBIDDEN.sub("", text)
    return child


def _style(document: etree._Element, group: Group) -> None:
    red, green, blue = group.colour[1:3], group.colour[3:5], group.colour[5:7]
    style = _child(document, "Style", id=group.id)
    for kind in ("IconStyle", "LineStyle", "PolyStyle"):
        part = _child(style, kind)
        _child(part, "color", f"{'60' if kind == 'PolyStyle' else 'ff'}{blue}{green}{red}".lower())
        if kind == "LineStyle":
            _child(part, "width", "3")


def _placemark(folder: etree._Element, project: Project, group: str, vocabulary: Vocabulary) -> None:
    mark = _child(folder, "Placemark", id=f"project-{project.id}")
    _child(mark, "name", project.title)
    best = max(project.claims, key=lambda c: (c.rank == "preferred", c.confidence), default=None)
    status = vocabulary.statuses.get(project.status)
    lines = [
        vocabulary.label(project.type),
        status.label if status else "",
        years_words(project.years),
        PRECISION.get(project.precision, ""),
        "sources disagree" if project.conflicts else "",
        f"“{best.selector.prefix}{best.selector.exact}{best.selector.suffix}” ({best.document})"
        if best
        else "",
    ]
    # A viewer shows a description as HTML: the words are escaped once more so that they stay words.
    _child(mark, "description", escape("\n".join(line for line in lines if line)))
    if project.years:
        span = _child(mark, "TimeSpan")
        _child(span, "begin", f"{min(project.years):04d}")
        _child(span, "end", f"{max(project.years):04d}")
    _child(mark, "styleUrl", f"#{group}")
    if project.geometry is not None and not project.geometry.is_empty:
        _geometry(mark, project.geometry)


def _geometry(parent: etree._Element, shape: BaseGeometry) -> None:
    if isinstance(shape, BaseMultipartGeometry):
        many = _child(parent, "MultiGeometry")
        for part in shape.geoms:
            _geometry(many, part)
    elif isinstance(shape, Polygon):
        area = _child(parent, "Polygon")
        rings = [
            ("outerBoundaryIs", shape.exterior),
            *(("innerBoundaryIs", ring) for ring in shape.interiors),
        ]
        for name, ring in rings:
            _child(_child(_child(area, name), "LinearRing"), "coordinates", _coordinates(ring))
    else:
        node = _child(parent, shape.geom_type)
        if shape.geom_type == "LineString":
            _child(node, "tessellate", "1")
        _child(node, "coordinates", _coordinates(shape))


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{x:.6f},{y:.6f}" for x, y, *_ in shape.coords)
