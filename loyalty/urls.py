from django.urls import path

from loyalty import views

urlpatterns = [
    path("", views.member, name="member"),
    path("points/", views.points, name="member_points"),
    path("growth/", views.growth, name="member_growth"),
]
