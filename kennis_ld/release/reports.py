"""Writes what people should know about a release beside its data: the findings, and how complete the agenda is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kennis_ld.model.texts import Bilingual
from kennis_ld.pipeline.checking import Checked
from kennis_ld.quality.completeness import COMPLETE, Measured, Share
from kennis_ld.quality.handout import handout
from kennis_ld.quality.measurements import Metric
from kennis_ld.quality.picture import Bar, picture


def write_reports(folder: Path, checked: Checked, metrics: Mapping[str, Metric]) -> None:
    """Writes findings.json, findings.csv, completeness.json and completeness.svg, the last ones in English as well."""
    _write_json(folder / "findings.json", [item.as_json() for item in checked.messages])
    _write_json(folder / "completeness.json", completeness(checked, metrics))
    for language, end in (("nl", ""), ("en", ".en")):
        (folder / f"findings{end}.csv").write_bytes(handout(checked.messages, language))
        text = _picture(checked, metrics[COMPLETE], language)
        (folder / f"completeness{end}.svg").write_text(text, encoding="utf-8", newline="\n")


def completeness(checked: Checked, metrics: Mapping[str, Metric]) -> dict[str, Any]:
    """Returns what was measured as it stands in completeness.json: what the metrics mean, and each edition."""
    latest = checked.measured[-1].edition if checked.measured else ""
    return {
        "metrics": {
            key: {"label": _both(metric.label), "definition": _both(metric.definition)}
            for key, metric in metrics.items()
        },
        "editions": [
            {
                **_measured(one, checked.names[one.edition, ""]),
                "key": one.edition,
                "current": one.edition == latest,
                "themes": [
                    {
                        **_measured(other, checked.labels[other.theme]),
                        "key": other.theme,
                        "depth": checked.depths[other.theme],
                    }
                    for other in checked.measured
                    if other.theme and other.edition == one.edition
                ],
            }
            for one in checked.measured
            if not one.theme
        ],
    }


def _measured(one: Measured, label: Bilingual) -> dict[str, Any]:
    return {
        "label": _both(label),
        "counts": dict(one.counts),
        "shares": {key: _share(share) for key, share in one.shares.items()},
    }


def _share(share: Share) -> dict[str, Any]:
    value = share.value
    return {
        "part": share.part,
        "whole": share.whole,
        "value": None if value is None else float(value),
        "percent": share.percent,
    }


def _both(names: Bilingual) -> dict[str, str]:
    return {language: names.said(language) for language in ("nl", "en")}


def _picture(checked: Checked, metric: Metric, language: str) -> str:
    """Draws every edition, the latest with its themes and first."""
    editions = [one for one in checked.measured if not one.theme]
    bars: list[Bar] = []
    for one in reversed(editions):
        bars.append(Bar(checked.names[one.edition, ""].said(language), one.shares[COMPLETE]))
        if one is editions[-1]:
            themes = (other for other in checked.measured if other.theme and other.edition == one.edition)
            bars += [
                Bar(checked.labels[other.theme].said(language), other.shares[COMPLETE], 1 + checked.depths[other.theme])
                for other in themes
            ]
    label, definition = metric.label.said(language), metric.definition.said(language)
    title = label[:1].upper() + label[1:]
    return picture(bars, title=title, description=definition, language=language)


def _write_json(path: Path, value: dict[str, Any] | Sequence[dict[str, Any]]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
