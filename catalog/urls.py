"""Addresses of the shop window."""

from django.urls import path

from catalog.views import home, machines, product, shelves

urlpatterns = [
    path("", home.home, name="home"),
    path("c/<str:slug>/", shelves.category, name="category"),
    path("search/", shelves.find, name="search"),
    path("p/<str:slug>-<int:pk>/", product.product, name="product"),
    path("robots.txt", machines.robots),
    path("sitemap.xml", machines.sitemap),
]
