from django.urls import path

from aftersales import views

urlpatterns = [
    path("", views.service, name="service"),
    path("help/<slug:slug>/", views.help_page, name="help"),
    path("returns/", views.returns, name="returns"),
    path("returns/new/<slug:order_number>/<int:line_number>/", views.return_new, name="return_new"),
    path("returns/<slug:number>/", views.return_page, name="return"),
    path("returns/<slug:number>/withdrawal/", views.withdrawal, name="return_withdrawal"),
    path("returns/<slug:number>/waybill/", views.waybill, name="return_waybill"),
    path("returns/<slug:number>/remarks/", views.remarks, name="return_remarks"),
    path("returns/<slug:number>/photos/<int:pk>/", views.photo, name="return_photo"),
]
