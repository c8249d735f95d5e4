"""The back office's first page: what waits, what was sold. Pulls from ``<app>/today.py``; no app knows this page."""

from importlib import import_module

import structlog
from django.apps import apps
from django.utils.module_loading import module_has_submodule

log = structlog.get_logger(__name__)

CHART_HEIGHT, CHART_WIDTH, FOOT, HEAD = 150, 700, 22, 18


def offices():
    """The ``today`` module of every app that has one, in the order of the apps."""
    return [
        import_module(f"{app.name}.today")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, "today") and app.name != "config"
    ]


def page(user):
    """Context of the page: ``cards`` (the longest waiting work first within their order), ``figures``, ``chart``."""
    cards, figures = [], None
    for office in offices():
        cards += office.cards(user)
        if hasattr(office, "figures"):
            figures = office.figures(user) or figures
    cards.sort(key=lambda card: (card.order, card.key))
    return {"cards": cards, "figures": figures, "chart": chart(figures.days) if figures and figures.days else None}


def chart(days):
    """The last days as bars of an SVG: numbers for its attributes, because a page of ours has no inline style."""
    most = max((day.amount_fen for day in days), default=0)
    step = CHART_WIDTH / max(len(days), 1)
    bars = []
    for place, day in enumerate(days):
        height = round((CHART_HEIGHT - FOOT - HEAD) * day.amount_fen / most) if most else 0
        height = max(height, 2) if day.amount_fen else 1
        bars.append(
            {
                "day": day,
                "x": round(place * step + step * 0.15),
                "y": CHART_HEIGHT - FOOT - height,
                "width": round(step * 0.7),
                "height": height,
                "middle": round(place * step + step / 2),
                "is_today": place == len(days) - 1,
            }
        )
    return {"bars": bars, "width": CHART_WIDTH, "height": CHART_HEIGHT, "foot": CHART_HEIGHT - 6}
