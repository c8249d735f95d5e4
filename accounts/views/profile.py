"""What a person says about themselves, and which messages they want."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import text_codes
from accounts.forms import PreferencesForm, ProfileForm


@login_required
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
        response = redirect("profile")
        # The page that follows is already in the language just chosen.
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
        return response
    context = {"form": form, "phones_possible": text_codes.available()}
    if form.errors:
        # The form has already written the wrong values into this request's user, who is also in the masthead.
        request.user.refresh_from_db()
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@login_required
def preferences(request):
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("preferences")
    return render(request, "accounts/preferences.html", {"form": form})
