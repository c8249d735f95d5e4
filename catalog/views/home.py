from django.shortcuts import render

from catalog import home_blocks, home_page


def home(request):
    return render(
        request, "catalog/home.html", home_page.context_of(home_blocks.shown() or home_blocks.in_their_place())
    )
