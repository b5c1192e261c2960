from django.urls import path

from .web import home

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
]
