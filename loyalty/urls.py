from django.urls import path

from loyalty import views

urlpatterns = [
    path("", views.member, name="member"),
    path("points/", views.points, name="member_points"),
    path("growth/", views.growth, name="member_growth"),
    path("check-in/", views.check_in, name="member_check_in"),
    path("check-in/make-up/", views.make_up, name="member_make_up"),
    path("coupons/", views.coupons, name="coupons"),
    path("coupons/centre/", views.coupon_centre, name="coupon_centre"),
    path("coupons/centre/<int:pk>/claims/", views.coupon_claims, name="coupon_claims"),
    path("packets/<str:token>/", views.packet, name="packet"),
]

# Open to everybody but for tickets and draws: odds and seeds are published.
lottery_patterns = [
    path("", views.lottery, name="lottery"),
    path("tickets/", views.lottery_tickets, name="lottery_tickets"),
    path("draws/", views.lottery_draws, name="lottery_draws"),
    path("draws/<int:pk>/", views.lottery_draw, name="lottery_draw"),
    path("seeds/", views.lottery_seeds, name="lottery_seeds"),
]
