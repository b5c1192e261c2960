from django.urls import path

from .web import board, catalogue, drafting, opinions, page, public, steps

app_name = "publication"
urlpatterns = [
    path("publications/", board.board, name="board"),
    path("publications/work/", board.work, name="work"),
    path("publications/catalogue/", catalogue.catalogue, name="catalogue"),
    path("publications/catalogue/due/", catalogue.due, name="due"),
    path("publications/catalogue/new/", catalogue.entry_new, name="entry-new"),
    path("publications/catalogue/<int:pk>/", catalogue.entry_edit, name="entry-edit"),
    path("publications/catalogue/<int:pk>/end/", catalogue.entry_end, name="entry-end"),
    path("publications/catalogue/<int:pk>/drafts/new/", drafting.new, name="new"),
    path("publications/opinions/", opinions.opinions, name="opinions"),
    path("publications/opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path("publications/<int:pk>/", page.page, name="page"),
    path("publications/<int:pk>/paper/", page.paper, name="paper"),
    path("publications/<int:pk>/draft/", drafting.edit, name="edit"),
    path("publications/<int:pk>/files/new/", drafting.file_new, name="file-new"),
    path("publications/<int:pk>/files/<int:file>/", page.file, name="file"),
    path("publications/<int:pk>/files/<int:file>/removal/", drafting.file_remove, name="file-remove"),
    path("publications/<int:pk>/submission/", steps.submission, name="submit"),
    path("publications/<int:pk>/check/", steps.checking, name="check"),
    path("publications/<int:pk>/review/", steps.reviewing, name="review"),
    path("publications/<int:pk>/approval/", steps.approval, name="approve"),
    path("publications/<int:pk>/return/", steps.returning, name="return"),
    path("publications/<int:pk>/publishing/", steps.publishing, name="publish"),
    path("publications/<int:pk>/removal/", steps.removal, name="take-down"),
    path("publications/<int:pk>/opinions/new/", opinions.speak, name="speak"),
    path("public/", public.board, name="public"),
    path("public/answers/", public.receipt, name="receipt"),
    path("public/<int:pk>/", public.page, name="public-page"),
    path("public/<int:pk>/paper/", public.paper, name="public-paper"),
    path("public/<int:pk>/files/<int:file>/", public.file, name="public-file"),
    path("public/<int:pk>/opinions/new/", public.speak, name="public-speak"),
]
