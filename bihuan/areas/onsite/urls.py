"""Addresses of the stay on site."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "onsite"
urlpatterns: list[URLPattern] = []
