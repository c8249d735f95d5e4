"""What the listing rules found, in the list and the editor of listings. ``RulesMixin`` is all that ProductAdmin needs."""

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog import listing_reviews
from catalog.admin.thumbnails import pill
from catalog.listing_rules import desk
from catalog.listing_rules.plain_text import without_html
from catalog.models import Product

TONES = {"block": "bad", "proof": "warn", "warn": ""}
AROUND = 14


class FindingsFilter(admin.SimpleListFilter):
    title = _("listing rules")
    parameter_name = "rules"

    def lookups(self, request, model_admin):
        return [
            ("block", _("blocked")),
            ("proof", _("needs proof")),
            ("warn", _("warnings")),
            ("none", _("nothing found")),
        ]

    def queryset(self, request, queryset):
        tests = {
            "block": {"check_result__blocks__gt": 0},
            "proof": {"check_result__wants_proof__gt": 0},
            "warn": {"check_result__warnings__gt": 0},
            "none": {"check_result__blocks": 0, "check_result__wants_proof": 0, "check_result__warnings": 0},
        }
        return queryset.filter(**tests[self.value()]) if self.value() in tests else queryset


def shown(finding, product):
    """A finding for a page: with the words around it."""
    text = getattr(product, finding.field, "") if finding.start >= 0 else ""
    if finding.field in desk.HTML:
        text = without_html(text)
    around = ("", finding.found, "")
    if isinstance(text, str) and text[finding.start : finding.end] == finding.found:
        before, after = text[max(0, finding.start - AROUND) : finding.start], text[finding.end : finding.end + AROUND]
        around = (before, finding.found, after)
    tone = "ok" if finding.proved_until else TONES[finding.severity]
    return {"finding": finding, "tone": tone, "around": around, "from": finding.start + 1}


def panel(product, proposed=None):
    """The findings on a stored listing, with ``proposed`` words in place of its own, as HTML."""
    found = desk.findings_of(product, proposed)
    for field, text in (proposed or {}).items():
        setattr(product, field, text)
    rows = [shown(each, product) for each in found]
    return render_to_string("admin/catalog/product/_findings.html", {"rows": rows, "product": product})


class RulesMixin:
    """Puts the rules into an admin of listings: badges, the panel, and words that wait for review.

    The admin names ``rule_findings`` among its read-only fields and ``FindingsFilter`` among its filters.
    """

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("check_result")

    def get_list_display(self, request):
        return [*super().get_list_display(request), "rules"]

    def get_fieldsets(self, request, obj=None):
        sets = list(super().get_fieldsets(request, obj))
        return [*sets[:1], (_("Listing rules"), {"fields": ["rule_findings"]}), *sets[1:]] if obj else sets

    @admin.display(description=_("listing rules"))
    def rules(self, product):
        check = getattr(product, "check_result", None)
        if check is None:
            return "—"
        told = [
            (check.blocks, ngettext("%(n)d block", "%(n)d blocks", check.blocks), "bad"),
            (check.wants_proof, ngettext("%(n)d proof", "%(n)d proofs", check.wants_proof), "warn"),
            (check.warnings, ngettext("%(n)d warning", "%(n)d warnings", check.warnings), ""),
        ]
        pills = [(pill(text % {"n": n}, tone),) for n, text, tone in told if n]
        return format_html_join(" ", "{}", pills) if pills else pill(_("nothing found"), "ok")

    @admin.display(description=_("findings"))
    def rule_findings(self, product):
        if product.pk is None:
            return "—"
        return panel(Product.objects.get(pk=product.pk))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (StoppedWords, form), {"merchant": getattr(form, "merchant", None)})

    def save_model(self, request, product, form, change):
        if change:
            words = {field: form.cleaned_data[field] for field in form.changed_data if field in listing_reviews.WORDS}
            stored = Product.objects.select_related("merchant").get(pk=product.pk)
            for field in (held := listing_reviews.hold_edits(stored, words, by=request.user)):
                setattr(product, field, getattr(stored, field))
            if held:
                self.message_user(
                    request,
                    _("The new words wait for review; shoppers see the old ones until they are approved."),
                    messages.WARNING,
                )
        super().save_model(request, product, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        found = desk.check([form.instance.pk]).get(form.instance.pk, [])
        stopping = [each for each in found if each.stops]
        if stopping:
            text = _("The listing rules stop it from going on sale: %(why)s")
            if form.instance.is_published:
                text = _("It is on sale against the listing rules; mend it before staff take it down: %(why)s")
            why = " ".join(each.sentence for each in stopping[:5])
            self.message_user(request, text % {"why": why}, messages.WARNING)

    def tell_waiting(self, request, product):
        """Say that ``product`` went into the queue; False when it is somewhere else."""
        product.refresh_from_db()
        if product.status != Product.Status.IN_REVIEW:
            return False
        self.message_user(request, _("%(name)s waits for review.") % {"name": product}, messages.INFO)
        return True


class StoppedWords:
    """A form of a listing on sale does not take new words that the rules stop; the field says why."""

    def clean(self):
        cleaned = super().clean()
        product = self.instance
        if product.pk and product.is_published:
            words = {f: cleaned[f] for f in self.changed_data if f in listing_reviews.WORDS and f in cleaned}
            before = {(each.field, each.found) for each in desk.findings_of(product)} if words else set()
            for finding in desk.findings_of(product, words) if words else ():
                if finding.stops and finding.field in words and (finding.field, finding.found) not in before:
                    self.add_error(finding.field, finding.sentence)
        return cleaned
