"""The two pages of memory, and the fragment that shows how far a job is."""

from django.urls import path

from bihuan.record.web import audit, audit_export, jobs, seals

app_name = "record"

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="progress"),
    path("jobs/<int:pk>/restart/", jobs.restart, name="restart"),
    path("jobs/<int:pk>/cancellation/", jobs.cancel, name="cancel"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit_export.export, name="audit-export"),
    path("audit/seals/", seals.seals, name="seals"),
    path("audit/seals/digest/", seals.digest, name="digest"),
    path("audit/seals/check/", seals.check, name="check"),
]
