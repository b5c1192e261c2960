"""Addresses of papers: one's own, and the templates."""

from django.urls import path

from .web import papers, templates

app_name = "documents"
urlpatterns = [
    path("", papers.mine, name="mine"),
    path("asked/", papers.ask, name="ask"),
    path("<int:pk>/progress/", papers.progress, name="progress"),
    path("<int:pk>/file/", papers.file, name="file"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<str:code>/", templates.template, name="template"),
    path("templates/<str:code>/back/", templates.back, name="template-back"),
    path("templates/<str:code>/file/", templates.template_file, name="template-file"),
    path("templates/<str:code>/sample/", templates.sample, name="template-sample"),
]
