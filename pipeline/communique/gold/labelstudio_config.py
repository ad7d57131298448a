"""The labelling configuration for Label Studio: its controls are made of the models, so that the two can't differ.

Described at https://labelstud.io/guide/setup#Customize-the-labeling-interface-for-your-project.
"""

from __future__ import annotations

from typing import get_args
from xml.etree import ElementTree as ET

from communique import records
from communique.gold.standoff import FIELDS, LINKS, SEVERAL, WHOLE

_COLOURS = {
    "person": "#1f77b4",
    "state": "#2ca02c",
    "organization": "#9467bd",
    "document": "#ff7f0e",
    "date": "#17becf",
    "figure": "#bcbd22",
    "decision": "#d62728",
}
_GREY = "#7f7f7f"
_HINTS = {
    "entity": "The fullest name; a state's three-letter code. The same on every mention of one entry",
    "roles": "Minister of Water | state UGA, or: Governor | organization Central Bank",
    "parties": "Codes and names, where a party has no mention to link to",
    "actors": "Actors whose words are not in the text: words | stands for NAME",
    "participants": "Names and codes, one by one",
}


def control(*names: str) -> str:
    """The name of the control of a field: `document_type`, `meeting_date`."""
    return "_".join(names).replace(" ", "_")


CHOICES: dict[str, tuple[str, ...]] = {
    control("document", "type"): get_args(records.DocumentType),
    control("document", "status"): get_args(records.DocumentStatus),
    control("figure", "modifier"): get_args(records.Modifier),
    control("decision", "act"): get_args(records.Act),
    control("decision", "status"): get_args(records.DecisionStatus),
    control("meeting"): ("yes", "no"),
}
"""The fields in which one of a few words is chosen; the others are typed."""


def labelling_config() -> str:
    """The configuration as XML, to paste into a project's labelling interface."""
    view = ET.Element("View")
    relations = ET.SubElement(view, "Relations")
    for name in dict.fromkeys(name for names in LINKS.values() for name in names):
        ET.SubElement(relations, "Relation", value=name)
    labels = ET.SubElement(view, "Labels", name="label", toName="text", choice="single")
    for label in FIELDS:
        ET.SubElement(labels, "Label", value=label, background=_COLOURS.get(label, _GREY))
    ET.SubElement(view, "Text", name="text", value="$text")
    for label, names in FIELDS.items():
        if names:
            shown = {"visibleWhen": "region-selected", "whenTagName": "label", "whenLabelValue": label}
            part = ET.SubElement(view, "View", shown)
            for name in names:
                _field(part, control(label, name), name, {"perRegion": "true", "whenTagName": "label",
                                                          "whenLabelValue": label})  # fmt: skip
    whole = ET.SubElement(view, "View", visibleWhen="no-region-selected")
    for name in WHOLE:
        _field(whole, control(name), name, {})
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _field(view: ET.Element, name: str, title: str, region: dict[str, str]) -> None:
    ET.SubElement(view, "Header", value=title, size="5")
    if name in CHOICES:
        choices = ET.SubElement(view, "Choices", {"name": name, "toName": "text", "choice": "single",
                                                  "showInline": "true", **region})  # fmt: skip
        for value in CHOICES[name]:
            ET.SubElement(choices, "Choice", value=value)
        return
    more = {} if title in SEVERAL else {"maxSubmissions": "1"}
    hint = {"placeholder": _HINTS[title]} if title in _HINTS else {}
    ET.SubElement(view, "TextArea", {"name": name, "toName": "text", "editable": "true", **more, **hint, **region})
