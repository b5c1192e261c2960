from django.urls import path

from .web import pages

app_name = "notify"

urlpatterns = [
    path("", pages.notices, name="notices"),
    path("read/", pages.read, name="read"),
    path("<int:pk>/", pages.line, name="line"),
]
