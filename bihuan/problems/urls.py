"""Addresses of the loop. Every step is a noun under its problem: POST takes it, GET shows its form."""

from django.urls import path

from .forms.table import PAGES
from .web import bulk, exporting, files, ledger, letters, likeness, lookback, new, page, papers, uploads
from .web.steps import step_view

app_name = "problems"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("new/", new.new, name="new"),
    path("alike/", likeness.offered, name="alike"),
    path("repeats/", likeness.repeats, name="repeats"),
    path("uploads/", uploads.upload, name="upload"),
    path("views/", ledger.keep_view, name="views"),
    path("views/<int:pk>/drop/", ledger.drop_view, name="view-drop"),
    path("views/<int:pk>/name/", ledger.rename_view, name="view-name"),
    path("exports/", exporting.exports, name="exports"),
    path("exports/<int:pk>/", exporting.export, name="export"),
    path("exports/<int:pk>/progress/", exporting.progress, name="export-progress"),
    path("bulk/reminder/", bulk.remind_many, name="bulk-reminder"),
    path("bulk/owner/", bulk.reown_many, name="bulk-owner"),
    path("bulk/export/", bulk.export_many, name="bulk-export"),
    path("letters/", letters.letters, name="letters"),
    path("letters/exports/", letters.letter_exports, name="letter-exports"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/files/<str:which>/", letters.letter_file, name="letter-file"),
    *(
        path(f"letters/<int:pk>/{noun}/", letters.letter_act(noun), name=f"letter-{noun}")
        for noun in letters.ACTS
    ),
    path("lookback/", lookback.lookbacks, name="lookbacks"),
    path("lookback/new/", lookback.new_draw, name="lookback-new"),
    path("lookback/<int:pk>/", lookback.lookback_draw, name="lookback-draw"),
    path("lookback/<int:pk>/pool/", lookback.lookback_pool, name="lookback-pool"),
    path("lookback/<int:pk>/assignee/", lookback.lookback_assign, name="lookback-assign"),
    path("<str:number>/papers/<str:kind>/<str:which>/", papers.paper, name="paper"),
    path("<str:number>/", page.page, name="page"),
    path("<str:number>/files/<int:pk>/", files.file, name="file"),
    path("<str:number>/files/<int:pk>/thumb/", files.thumb, name="thumb"),
    path("<str:number>/files/<int:pk>/original/", files.original, name="original"),
    *(path(f"<str:number>/{step.noun}/", step_view(step), name=step.noun) for step in PAGES),
]
