from django.urls import path

from .web import annexes, exports, fixes, notices, pages, versions

app_name = "ledgers"
urlpatterns = [
    path("", pages.imports, name="imports"),
    path("new/", pages.new, name="new"),
    path("blank.xlsx", exports.blank, name="blank"),
    path("exports/", exports.asked, name="exports"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/progress/", exports.export_progress, name="export-progress"),
    path("<int:pk>/", pages.page, name="page"),
    path("<int:pk>/progress/", pages.progress, name="progress"),
    path("<int:pk>/rows/<int:order>/", fixes.row, name="row"),
    path("<int:pk>/columns/", fixes.columns, name="columns"),
    path("<int:pk>/layout/", fixes.layout, name="layout"),
    path("<int:pk>/names/", fixes.names, name="names"),
    path("<int:pk>/annex/", annexes.annex, name="annex"),
    path("<int:pk>/belonging/", annexes.belonging, name="belonging"),
    path("<int:pk>/changes/", versions.changes, name="changes"),
    path("<int:pk>/former/", versions.former, name="former"),
    path("<int:pk>/rereading/", versions.rereading, name="rereading"),
    path("<int:pk>/forgetting/", versions.forgetting, name="forgetting"),
    path("<int:pk>/paragraphs/", notices.paragraphs, name="paragraphs"),
    path("<int:pk>/skipping/", fixes.skipping, name="skipping"),
    path("<int:pk>/loading/", pages.loading, name="loading"),
    path("<int:pk>/dropping/", pages.dropping, name="dropping"),
    path("<int:pk>/correction.xlsx", exports.correction, name="correction"),
    path("<int:pk>/report.xlsx", exports.report, name="report"),
    path("<int:pk>/file/", exports.original, name="file"),
    path("<int:pk>/own-layout.xlsx", exports.own_layout, name="own-layout"),
]
