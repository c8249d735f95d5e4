"""Every square picture: PICTURES = {name: make(scale) -> Scene}, drawn at SIDE pixels."""

from .pictures_of import comfort, desk, rooms, seals, table  # noqa: F401
from .sheet import PICTURES, SIDE

__all__ = ["PICTURES", "SIDE"]

# A category shows one of its products.
PICTURES |= {
    f"category-{slug}": PICTURES[name]
    for slug, name in {
        "teaware": "teapot-qing",
        "kitchen": "pot",
        "lighting": "lamp",
        "textiles": "cushion",
        "fragrance": "candle",
        "furniture": "chair",
        "stationery": "notebook-stack",
        "storage-travel": "suitcase",
    }.items()
}
