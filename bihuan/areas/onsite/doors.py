"""Addresses for people without an account: what they tell an inspection team, and how far it has come."""

from __future__ import annotations

from django.urls import path

from .web import tell

app_name = "tell"
urlpatterns = [
    path("state/", tell.state, name="state"),
    path("<str:code>/", tell.page, name="page"),
]
