from django.urls import path

from accounts.views import addresses, messages, profile

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("preferences/", profile.preferences, name="preferences"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/read/", messages.read_all, name="messages_read"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("addresses/", addresses.book, name="addresses"),
    path("addresses/new/", addresses.new, name="address_new"),
    path("addresses/regions/", addresses.region_choices, name="region_choices"),
    path("addresses/<int:pk>/", addresses.edit, name="address"),
    path("addresses/<int:pk>/deletion/", addresses.deletion, name="address_deletion"),
    path("addresses/<int:pk>/default/", addresses.default, name="address_default"),
]
