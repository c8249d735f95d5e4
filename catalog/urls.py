"""Addresses of the shop window."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("", lambda request: HttpResponse("soon"), name="home"),
    path("c/<str:slug>/", lambda request, slug: HttpResponse("soon"), name="category"),
    path("p/<str:slug>-<int:pk>/", lambda request, slug, pk: HttpResponse("soon"), name="product"),
]
