"""Tags and filters that every template may use without loading them: prices, icons, stars, form controls."""

from django import template
from django.forms import Field
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts import masking
from catalog import terms
from catalog.money import yuan as plain_yuan
from catalog.rich_text import clean_html

register = template.Library()

FEW = 10
TEXT_WIDGETS_WITHOUT_INPUT_LOOK = {"checkbox", "radio", "file", "hidden", "image", "range", "color"}


# --- money ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def price(
    fen: int | None, size: str = "", label: str = "", ink: bool = False, from_: bool = False, bare: bool = False
) -> SafeString:
    """A price in fen as small sign, big yuan, small decimals.

    `size` is "", "s", "l" or "xl"; `label` is said but not shown ("Now"); `ink` drops the seal colour; `from_` says
    that dearer variants exist; `bare` leaves out decimals that are zero (coupons).
    """
    classes = "price" + (f" price--{size}" if size else "") + (" price--ink" if ink else "")
    if fen is None:
        return format_html(
            '<span class="{}"><span aria-hidden="true">—</span><span class="vh">{}</span></span>',
            classes,
            _("no price"),
        )
    whole, _dot, decimals = plain_yuan(abs(fen)).partition(".")
    amount = format_html(
        '<data class="{}" value="{}">{}{}<span class="price__cur">¥</span>{}{}</data>',
        classes,
        f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}",
        format_html('<span class="vh">{} </span>', label) if label else "",
        "−" if fen < 0 else "",
        whole,
        "" if bare and decimals == "00" else format_html('<span class="price__dec">.{}</span>', decimals),
    )
    if not from_:
        return amount
    before, after = _("from %(price)s").split("%(price)s")
    word = '<span class="price__from">{}</span>'
    return format_html(
        "{}{}{}",
        format_html(word + " ", before.strip()) if before.strip() else "",
        amount,
        format_html(word, after.strip()) if after.strip() else "",
    )


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as text: 123450 → "¥1,234.50", −500 → "−¥5.00"."""
    if fen is None or fen == "":
        return "—"
    return f"{'−' if fen < 0 else ''}¥{plain_yuan(abs(fen))}"


@register.filter
def amount(value: int | str | None) -> str:
    """A row of a money summary: fen become yuan, words ("free") stay words."""
    return yuan(value) if value is None or isinstance(value, int) else value


# --- small facts ----------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of img/ui/icons.svg, for the eye only: the words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {extra}" if extra else "",
        static("img/ui/icons.svg"),
        name,
    )


@register.filter
def stars(rating: float | None) -> SafeString:
    """Five stars for the eye, "4.9 out of 5" for the ear."""
    if rating is None:
        return mark_safe("")
    full = max(0, min(5, int(float(rating) + 0.5)))
    said = _("%(rating)s out of 5") % {"rating": f"{float(rating):.1f}".removesuffix(".0")}
    return format_html(
        '<span class="stars" aria-hidden="true">{}</span><span class="vh">{}</span>',
        "★" * full + "☆" * (5 - full),
        said,
    )


@register.simple_tag
def stock_label(available: int) -> SafeString:
    """What a shopper needs to know about stock: gone, nearly gone (with the true number), or nothing alarming."""
    if available <= 0:
        return format_html('<span class="small muted">{}</span>', _("Sold out"))
    if available < FEW:
        return format_html(
            '<span class="small warn">{}</span>',
            ngettext("Only %(n)d left", "Only %(n)d left", available) % {"n": available},
        )
    return format_html('<span class="small muted">{}</span>', _("In stock"))


@register.filter
def short_count(number: int | None) -> str:
    """A count without false precision: 5,630, then 3.1万 in Chinese and 31k in English."""
    number = int(number or 0)
    if number < 10_000:
        return f"{number:,}"
    if (get_language() or "").startswith("zh"):
        return f"{number // 1_000 / 10:.1f}".removesuffix(".0") + "万"
    return f"{number // 1_000:,}k"


@register.filter
def term(text: str) -> str:
    """A merchant's word (axis, option, specification) in the language of the page, when it is known."""
    return terms.translate(text)


@register.filter
def plain_html(html: str) -> SafeString:
    """The simple HTML of a merchant, cleaned once more: nothing but text, lists and tables reaches a page."""
    return mark_safe(clean_html(html if "<" in html else linebreaks(html)))  # noqa: S308 (cleaned here)


@register.filter
def mask_phone(phone: str | None) -> str:
    return masking.mask_phone(phone)


@register.filter
def badge(number: int | None) -> str:
    """A count for a badge: nothing for zero, never more than 99+."""
    number = (number or 0) + 0  # a lazy count becomes a plain one
    return "" if number <= 0 else "99+" if number > 99 else str(number)


@register.filter
def page_numbers(page) -> list[int | None]:
    """The page numbers worth showing, None for a gap."""
    return [
        number if isinstance(number, int) else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.simple_tag(takes_context=True)
def current(context, path: str, exact: bool = False) -> SafeString:
    """`aria-current="page"` when the request is at `path`, or below it."""
    request = context.get("request")
    here = getattr(request, "path", "")
    at = here == path or (not exact and path != "/" and here.startswith(path))
    return mark_safe(' aria-current="page"') if at else mark_safe("")


# --- forms ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def control(field) -> SafeString:
    """The widget of a bound field with the shop's classes; radios and ticks become rows that are easy to hit."""
    widget = field.field.widget
    if field.widget_type in {"radioselect", "checkboxselectmultiple"}:
        rows = format_html_join(
            "",
            '<label class="check" for="{}">{}<span>{}</span></label>',
            ((row.id_for_label, row.tag(), row.choice_label) for row in field),
        )
        return format_html('<div class="radios" id="{}">{}</div>', field.auto_id, rows)
    attrs = {}
    input_type = getattr(widget, "input_type", "")
    if input_type == "file":
        attrs["class"] = "file"
    elif input_type not in TEXT_WIDGETS_WITHOUT_INPUT_LOOK:
        code = widget.attrs.get("autocomplete") == "one-time-code"
        attrs["class"] = "input" + (" input--error" if field.errors else "") + (" input--code" if code else "")
    if field.widget_type == "textarea" and widget.attrs.get("rows") == "10":
        # Django's default; a form that wants a taller one says so.
        attrs["rows"] = "4"
    if widget.attrs.get("class"):
        attrs["class"] = f"{widget.attrs['class']} {attrs.get('class', '')}".strip()
    if "style" in widget.attrs:
        # A style attribute is refused by the content security policy; components/field.html hides such a field.
        attrs["style"] = False
    return field.as_widget(attrs=attrs)


@register.filter
def plain_errors(field) -> list[str]:
    """The field's messages; the stock "This field is required" says instead what to fill in."""
    choose = field.widget_type in {
        "select",
        "radioselect",
        "checkboxselectmultiple",
        "clearablefile",
        "file",
        "checkbox",
    }
    said = _("Please choose: %(label)s.") if choose else _("Please fill in: %(label)s.")
    stock = str(Field.default_error_messages["required"])
    return [
        said % {"label": field.label} if message == stock else message
        for error in field.errors.as_data()
        for message in error.messages
    ]


@register.filter
def is_trap(field) -> bool:
    """Whether this field is there for robots only and must not be seen."""
    return "position" in str(field.field.widget.attrs.get("style", ""))


@register.filter
def error_count(form) -> int:
    """How many messages a bound form has, over all its fields."""
    return sum(len(messages) for messages in form.errors.values()) if form is not None else 0


@register.simple_tag
def error_prefix(*forms) -> str:
    """For the page title: "2 things to change – ", or nothing."""
    count = sum(error_count(form) for form in forms if form)
    if not count:
        return ""
    return ngettext("%(n)d thing to change", "%(n)d things to change", count) % {"n": count} + " – "
