"""The specifications of a listing in the back office: exactly the fields of its category's template, each of its kind."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import Attribute, Specification
from catalog.models.attribute import NO, YES

Kind = Attribute.Kind
LONGEST = 500


def name_of(attribute):
    return f"attribute_{attribute.pk}"


def form_for(base, template, product=None):
    """A subclass of the form ``base`` with a field for each attribute of ``template`` and what ``product`` says now."""
    has = {row.name: row.value for row in product.specifications.all()} if product and product.pk else {}
    fields = {name_of(each): _field(each, has.get(each.name, "")) for each in template}
    return type(base)("ListingForm", (Specified, base), fields | {"template": template, "has": has})


def _field(attribute, value):
    label = attribute.name_local + (f" ({attribute.unit_local})" if attribute.unit else "")
    said = {"label": label, "required": False, "initial": attribute.typed(value)}
    if attribute.is_required:
        said["help_text"] = _("A listing on sale needs this.")
    if attribute.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=_choices([c.value for c in attribute.choices.all()], attribute, value), **said)
    if attribute.kind == Kind.YES_NO:
        return forms.ChoiceField(choices=_choices([YES, NO], attribute, value), **said)
    widget = forms.TextInput(attrs={"inputmode": "decimal"}) if attribute.kind == Kind.NUMBER else None
    return forms.CharField(max_length=LONGEST, widget=widget, **said)


def _choices(values, attribute, value):
    """The values offered, and the present one if it is none of them: it stays until another is chosen."""
    known = values if not value or value in values else [*values, value]
    return [("", "—"), *((each, attribute.shown(each)) for each in known)]


class Specified:
    """Mixed into the form of listings by ``form_for``."""

    template, has = (), {}

    def clean(self):
        cleaned = super().clean()
        for attribute in self.template:
            name = name_of(attribute)
            # What was there before the template and is not touched is not held against other changes.
            if name not in cleaned or name not in self.changed_data:
                continue
            try:
                cleaned[name] = attribute.read(cleaned[name])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def keep_specifications(self):
        """Write what was filled in; an emptied field takes its row away. The listing itself is saved already."""
        rows = Specification.objects.filter(product=self.instance)
        for position, attribute in enumerate(self.template):
            name = name_of(attribute)
            if name not in self.changed_data:
                continue
            if value := self.cleaned_data[name]:
                rows.update_or_create(
                    product=self.instance, name=attribute.name, defaults={"value": value, "position": position}
                )
            else:
                rows.filter(name=attribute.name).delete()


class FreeRowForm(forms.ModelForm):
    """A row that the template does not ask for."""

    taken = frozenset()

    class Meta:
        model = Specification
        fields = ["name", "value", "position"]

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if name in self.taken:
            raise ValidationError(_("The category's table has this row: fill it in above."))
        return name
