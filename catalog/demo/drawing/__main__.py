"""python -m catalog.demo.drawing OUTDIR [NAME ...] [--quick]

Writes OUTDIR/NAME.webp (800 px) for products, categories and seals; hero and story as NAME-WIDTH.avif and .webp.
--quick draws without supersampling, to look at. Two processes at most.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image

from .catalogue import PICTURES, SIDE
from .wide import WIDE


def draw(job):
    name, out, quick = job
    if name in WIDE:
        make, widths = WIDE[name]
        scene = make(1 if quick else 2)
        full = scene.image()
        for width in widths:
            small = full.resize((width, round(scene.h * width / scene.w)), Image.LANCZOS)
            small.save(out / f"{name}-{width}.webp", quality=80, method=6)
            small.save(out / f"{name}-{width}.avif", quality=60, speed=5)
        return name
    scene = PICTURES[name](1 if quick else 2)
    scene.image().resize((SIDE, SIDE), Image.LANCZOS).save(out / f"{name}.webp", quality=80, method=6)
    return name


def main():
    parser = argparse.ArgumentParser(prog="catalog.demo.drawing", description="Draws the pictures of the demo shop.")
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    names = args.names or [*PICTURES, *WIDE]
    if unknown := sorted(set(names) - {*PICTURES, *WIDE}):
        parser.error(f"no such picture: {', '.join(unknown)}")
    args.out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2) as pool:
        for n, name in enumerate(pool.map(draw, [(name, args.out, args.quick) for name in names]), 1):
            print(f"{n}/{len(names)} {name}", flush=True)


if __name__ == "__main__":
    main()
