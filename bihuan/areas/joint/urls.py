from django.urls import path

from .web import departments, home, matrix, parts, tasks

app_name = "joint"
urlpatterns = [
    path("", home.home, name="home"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/", tasks.page, name="task"),
    path("tasks/<int:pk>/parts/new/", parts.new, name="part-new"),
    path("tasks/<int:pk>/start/", tasks.start, name="task-start"),
    path("tasks/<int:pk>/closing/", tasks.close, name="task-close"),
    path("tasks/<int:pk>/dropping/", tasks.drop, name="task-drop"),
    path("parts/<int:pk>/removal/", parts.remove, name="part-drop"),
    path("parts/<int:pk>/report/", parts.report, name="report"),
    path("parts/<int:pk>/report/file/", parts.file, name="report-file"),
    path("parts/<int:pk>/sharing/", parts.share, name="share"),
    path("departments/<int:pk>/", departments.page, name="department"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/next/", matrix.publish, name="matrix-next"),
    path("matrix/bodies/new/", matrix.body_new, name="body-new"),
    path("matrix/bodies/<int:pk>/end/", matrix.body_end, name="body-end"),
]
