"""Addresses of the shop window."""

from django.urls import path

from catalog.views import (
    favourites,
    guides,
    home,
    machines,
    product,
    questions,
    recommendations,
    reviews,
    searching,
    shelves,
    voices,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("c/<str:slug>/", shelves.category, name="category"),
    path("search/", shelves.find, name="search"),
    path("search/suggestions/", searching.suggest, name="search_suggestions"),
    path("search/past/removal/", searching.forget, name="search_past"),
    path("p/<str:slug>-<int:pk>/", product.product, name="product"),
    path("p/<str:slug>-<int:pk>/questions/", questions.product_questions, name="product_questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("reviews/<int:pk>/vote/", voices.vote, name="review_vote"),
    path("reviews/pictures/<int:pk>/<slug:size>/", voices.picture, name="review_picture"),
    path("reports/<slug:kind>/<int:pk>/", voices.report, name="report"),
    path("account/reviews/", reviews.my_reviews, name="my_reviews"),
    path("account/reviews/<int:pk>/", reviews.review_new, name="review_new"),
    path("account/reviews/<int:pk>/follow-up/", reviews.review_follow_up, name="review_follow_up"),
    path("account/questions/", questions.my_questions, name="my_questions"),
    path("account/questions/choice/", questions.question_choice, name="question_choice"),
    path("account/favourites/", favourites.my_favourites, name="favourites"),
    path("account/favourites/alerts/", favourites.stock_alerts, name="stock_alerts"),
    path("account/history/", favourites.history, name="history"),
    path("account/history/changes/", favourites.history_change, name="history_change"),
    path("account/recommendations/", recommendations.recommendations, name="recommendations"),
    path("account/recommendations/answers/", recommendations.answers, name="recommendation_answers"),
    path("account/recommendations/changes/", recommendations.changes, name="recommendations_change"),
    path("robots.txt", machines.robots),
    path("guides/", guides.guide_list, name="guides"),
    path("guides/<str:slug>/", guides.guide, name="guide"),
    path("topics/<str:slug>/", guides.topic, name="topic"),
    path("sitemap.xml", machines.sitemap_index),
    path("sitemap-<slug:name>.xml", machines.sitemap_file, name="sitemap_file"),
]
