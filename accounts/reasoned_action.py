"""Actions of the back office that ask why before they act."""

from functools import wraps

from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))


def reasoned(title, explanation=""):
    """Decorates ``action(self, request, queryset, reason)``: first a page that lists the rows and asks why."""

    def decorate(action):
        @wraps(action)
        def ask_first(self, request, queryset):
            form = ReasonForm(request.POST if "reason" in request.POST else None)
            if form.is_valid():
                return action(self, request, queryset, form.cleaned_data["reason"])
            context = {
                **self.admin_site.each_context(request),
                "title": title,
                "explanation": explanation,
                "rows": queryset,
                "form": form,
                "opts": self.model._meta,
                "action": request.POST["action"],
                "checkbox_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/reason.html", context)

        return ask_first

    return decorate
