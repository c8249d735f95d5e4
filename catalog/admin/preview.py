from django.http import Http404
from django.shortcuts import redirect
from django.urls import path

from catalog import previews


class PreviewPage:
    """Mixed into the admin of listings: the way to a listing as shoppers would see it, by a link that may be passed on."""

    def get_urls(self):
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", guard(self.preview_view), name="catalog_product_preview"),
            *super().get_urls(),
        ]

    def preview_view(self, request, pk):
        product = self.get_object(request, str(pk))
        if product is None or not self.has_view_permission(request, product):
            raise Http404
        return redirect(previews.address(product))
