from django.urls import path

from .web import calendar, home
from .web import help as manual

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("calendar/<str:key>.ics", calendar.feed, name="calendar"),
    path("help/", manual.manual, name="help"),
    path("help/<slug:name>/", manual.part, name="help-section"),
    path("help/shots/<slug:name>.png", manual.shot, name="help-shot"),
]
