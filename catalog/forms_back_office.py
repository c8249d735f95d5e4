"""Forms of the back office for listings and their variants."""

import math

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from accounts.scoped_admin import LabelledFormSet
from catalog import pictures, presale, sku_grid, variants
from catalog.importing.products import stable_code
from catalog.models import Product, Sku
from catalog.money import FenFormField
from catalog.rich_text import clean_html

MOST_PICTURE_BYTES = 10 * 1024 * 1024


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures at once: checked by their headers here, decoded and drawn anew by a worker."""

    widget = SeveralFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        files = [super(PicturesField, self).clean(each, initial) for each in (data or []) if each]
        for file in files:
            refuse_no_picture(file)
        return files


def refuse_no_picture(file):
    """Raise ValidationError unless ``file`` begins like a picture that the shop shows."""
    if file.size > MOST_PICTURE_BYTES:
        raise ValidationError(_("“%(name)s” is larger than 10 MB."), params={"name": file.name})
    try:
        with Image.open(file, formats=pictures.FORMATS) as image:
            pixels = image.width * image.height
    except Image.DecompressionBombError:
        pixels = math.inf
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise ValidationError(_("“%(name)s” is not a JPEG, PNG or WebP picture."), params={"name": file.name}) from None
    finally:
        file.seek(0)
    if pixels > pictures.MOST_PIXELS:
        raise ValidationError(_("“%(name)s” has too many pixels."), params={"name": file.name})


class ProductForm(forms.ModelForm):
    new_pictures = PicturesField(
        label=_("Add pictures"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 10 MB each; several at once. They appear when they have been drawn."),
    )

    class Meta:
        model = Product
        fields = "__all__"  # noqa: DJ007 - the admin names its fields in sections
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "description": forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
        }

    def clean_description(self):
        return clean_html(self.cleaned_data["description"])

    def clean_description_en(self):
        return clean_html(self.cleaned_data["description_en"])

    def clean_tags(self):
        return list(dict.fromkeys(self.cleaned_data.get("tags") or []))

    def clean(self):
        cleaned = super().clean()
        merchant = (
            cleaned.get("merchant") or getattr(self.instance, "merchant_id", None) or getattr(self, "merchant", None)
        )
        guide = cleaned.get("size_guide")
        if guide and merchant and guide.merchant_id not in (None, getattr(merchant, "pk", merchant)):
            self.add_error("size_guide", _("This size guide belongs to another merchant."))
        handle = cleaned.get("handle")
        twin = Product.objects.filter(merchant=merchant, handle=handle).exclude(pk=self.instance.pk)
        if merchant and handle and twin.exists():
            self.add_error("handle", _("Another listing has this handle."))
        return cleaned


class SkuForm(forms.ModelForm):
    """A variant with its price in yuan and its counted stock, which goes through the ledgers, never the columns."""

    on_hand = forms.IntegerField(
        label=_("on hand"), min_value=0, max_value=10_000_000, required=False, show_hidden_initial=True
    )
    stock_reason = forms.CharField(label=_("why the stock differs"), max_length=200, required=False)

    # The admin makes a subclass for a user who may not count.
    may_count = True

    class Meta:
        model = Sku
        exclude = ["merchant", "product"]  # noqa: DJ006 - as above

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.may_count:
            self.fields.pop("on_hand", None)
            self.fields.pop("stock_reason", None)
        if "code" in self.fields:
            self.fields["code"].required = False
        if "price_fen" in self.fields:
            self.fields["price_fen"] = FenFormField(
                label=_("price"),
                min_value=1,
                max_value=sku_grid.HIGHEST_FEN - 1,
                widget=self.fields["price_fen"].widget,
            )
        if "on_hand" in self.fields:
            self.initial["on_hand"] = variants.on_hand_of(self.instance)

    def clean_on_hand(self):
        counted, now = self.cleaned_data["on_hand"], self.initial.get("on_hand")
        if not self.instance.pk or "on_hand" not in self.changed_data:
            return None if self.instance.pk else counted
        if str(self.data.get(self.add_initial_prefix("on_hand"), "")) != str(now):
            raise ValidationError(
                _("The stock has changed to %(now)s meanwhile. Please count again."), params={"now": now}
            )
        reserved = sum(
            place.reserved + place.pooled for place in self.instance.stocks.all() if place.warehouse.is_default
        )
        if counted is not None and counted < reserved:
            raise ValidationError(_("%(n)s units are promised to orders."), params={"n": reserved})
        return counted

    def clean(self):
        cleaned = super().clean()
        price = cleaned.get("price_fen", self.instance.price_fen)
        reference = cleaned.get("reference_price_fen")
        if price and reference and reference <= price:
            self.add_error("reference_price_fen", _("The strike-through price must be higher than the price."))
        counted = cleaned.get("on_hand") is not None and self.instance.pk
        if counted and not cleaned.get("stock_reason"):
            self.add_error("stock_reason", _("Say why the stock differs."))
        if self.instance.product_id and cleaned.get("code"):
            refuse_code_twice(self, self.instance.product.merchant_id, cleaned["code"])
        return cleaned

    @classmethod
    def for_user(cls, user):
        return type(cls.__name__, (cls,), {"may_count": user.has_perm("catalog.count_sku")})

    def keep(self, by):
        """Write the variant; ``ValidationError``s were told before."""
        return variants.save(
            self.instance,
            price_fen=self.cleaned_data.get("price_fen") or self.instance.price_fen,
            on_hand=self.cleaned_data.get("on_hand"),
            by=by,
            reason=self.cleaned_data.get("stock_reason", ""),
        )


class SkuPageForm(SkuForm):
    """The page of one variant: also what may be sold of it before it has come."""

    presale = forms.IntegerField(
        label=_("pre-sale quantity"),
        min_value=0,
        max_value=presale.MOST,
        required=False,
        help_text=_("Units that may be sold before they are here, those sold already among them. 0 ends it."),
    )
    presale_on = forms.DateField(label=_("pre-sale is sent from"), required=False, widget=AdminDateWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.may_count:
            place = presale.place_of(self.instance)
            self.initial["presale"] = place.presale + place.waiting if place else 0
            self.initial["presale_on"] = place and place.presale_on
        else:
            self.fields.pop("presale", None)
            self.fields.pop("presale_on", None)

    def clean(self):
        cleaned = super().clean()
        if self.may_count and "presale" in cleaned:
            cleaned["presale"] = cleaned["presale"] or 0
            try:
                presale.refuse(presale.place_of(self.instance), cleaned["presale"], cleaned.get("presale_on"))
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return cleaned

    def keep(self, by):
        sku = super().keep(by)
        if self.may_count:
            presale.offer(sku, self.cleaned_data["presale"], self.cleaned_data.get("presale_on"), by=by)
        return sku


def refuse_code_twice(form, merchant_id, code):
    if Sku.objects.filter(merchant_id=merchant_id, code=code).exclude(pk=form.instance.pk).exists():
        form.add_error("code", _("Another variant has this SKU code."))


class SkuFormSet(LabelledFormSet):
    """Variants of one listing: no code and no combination twice, said beside the field."""

    def clean(self):
        super().clean()
        merchant = self.instance.merchant_id
        codes, combinations = set(), set()
        for form in self.forms:
            if not form.has_changed() and not form.instance.pk:
                continue
            cleaned = getattr(form, "cleaned_data", {})
            options = tuple(cleaned.get(f"option{n}", getattr(form.instance, f"option{n}")) for n in (1, 2, 3))
            if options in combinations:
                form.add_error(
                    "option1" if "option1" in form.fields else None, _("Another variant has the same options.")
                )
            combinations.add(options)
            code = cleaned.get("code") or (form.instance.code or stable_code(self.instance.handle or "", options))
            if code in codes:
                form.add_error("code" if "code" in form.fields else None, _("Another variant has this SKU code."))
            elif merchant and "code" in form.fields and not form.errors:
                refuse_code_twice(form, merchant, code)
            codes.add(code)
