"""The variants of one product of a file: axes, options, codes, prices."""

from catalog.importing.cells import LIMITS, NO, YES, Cells

MOST_VARIANTS = 2000


class Variants(Cells):
    """Reads ``axes`` and ``skus`` of a draft's content."""

    def read_variants(self):
        axes = self.read_axes()
        lines = [line for line in self.lines if line is self.head or self.is_variant(line)]
        if len(lines) > MOST_VARIANTS:
            return self.refuse("too_many_variants", self.head, limit=f"{MOST_VARIANTS:,}", found=f"{len(lines):,}")
        skus, combinations = [], {}
        for line in lines:
            sku = self.read_variant(line, axes)
            options = tuple(sku["options"])
            if options in combinations:
                self.refuse(
                    "combination_twice", line, "option1", line=combinations[options], options=" · ".join(options)
                )
            combinations.setdefault(options, line.number)
            skus.append(sku)
        self.draft.content["axes"] = axes
        self.draft.content["skus"] = skus
        return None

    def is_variant(self, line):
        return any(line.cells.get(name) for name in ("option1", "option2", "option3", "price", "code", "barcode"))

    def read_axes(self):
        named = [self.text(self.head, f"axis{n}", LIMITS["axis"]) for n in (1, 2, 3)]
        if self.head.cells.get("axis4"):
            self.refuse("too_many_axes", self.head, "axis4", self.head.cells["axis4"])
        axes = [name for name in named if name]
        if named[: len(axes)] != axes:
            self.refuse("axis_gap", self.head, "axis1")
        if len(set(axes)) < len(axes):
            self.refuse("axis_twice", self.head, "axis1", axes[0])
        plain = axes == ["Title"] and self.head.cells.get("option1") == "Default Title"
        return [] if plain else axes

    def read_variant(self, line, axes):
        sku = {"line": line.number, "options": self.read_options(line, axes)}
        code = self.text(line, "code", LIMITS["code"]).removeprefix("'").strip()
        sku["code"] = code
        sku["price_fen"] = self.read_price(line)
        if self.sheet.has("reference"):
            sku["reference_fen"] = self.read_reference(line, sku["price_fen"])
        for ours, column in (("weight_g", "grams"), ("quantity", "quantity")):
            if self.sheet.has(column):
                sku[ours] = self.number(line, column)
        if self.sheet.has("barcode"):
            sku["barcode"] = self.text(line, "barcode", LIMITS["barcode"]).removeprefix("'")
        if active := line.cells.get("active", "").lower():
            if active not in YES | NO:
                self.refuse("yes_or_no", line, "active", active)
            sku["active"] = active in YES
        if line.cells.get("variant_image"):
            sku["picture"] = self.address(line, "variant_image")
        return sku

    def read_options(self, line, axes):
        values = []
        for n in (1, 2, 3):
            value = self.text(line, f"option{n}", LIMITS["option"])
            if n <= len(axes) and not value:
                self.refuse("option_missing", line, f"option{n}", axis=axes[n - 1])
            if n > len(axes) and value and not (n == 1 and not axes and value == "Default Title"):
                self.refuse("option_without_axis", line, f"option{n}", value)
            values.append(value if n <= len(axes) else "")
        return values

    def read_price(self, line):
        if self.sheet.has("price") and not line.cells["price"]:
            self.refuse("required", line, "price")
        fen = self.money(line, "price")
        if fen == 0:
            self.refuse("price_not_positive", line, "price", line.cells["price"])
        return fen

    def read_reference(self, line, price_fen):
        fen = self.money(line, "reference")
        if fen is None or not price_fen:
            return fen
        if fen <= price_fen:
            self.note("reference_ignored", line, "reference", line.cells["reference"])
            return None
        if fen > 5 * price_fen:
            self.note("reference_far", line, "reference", line.cells["reference"])
        return fen
