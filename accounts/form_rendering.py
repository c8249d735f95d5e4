"""How every form of the shop is drawn: one renderer, so that no template repeats label, hint, error and control."""

from django.forms.renderers import TemplatesSetting


class ShopFormRenderer(TemplatesSetting):
    """Uses the project's templates, so a field looks the same in the shop, at sign-in and in a member's settings.

    The admin draws its own fieldsets and is not affected by the form and field templates.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
