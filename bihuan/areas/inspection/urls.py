from django.urls import path

from .web import coverage, frameworks, home, plans, problems, rounds, tasks

app_name = "inspection"
urlpatterns = [
    path("", home.home, name="home"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("terms/new/", plans.term_new, name="term-new"),
    path("terms/<int:pk>/scope/", plans.scope, name="scope"),
    path("terms/<int:pk>/approval/", plans.term_approve, name="term-approve"),
    path("terms/<int:pk>/years/new/", plans.year_new, name="year-new"),
    path("years/<int:year>/review/", plans.year_review, name="year-review"),
    path("years/<int:year>/approval/", plans.year_approve, name="year-approve"),
    path("years/<int:year>/return/", plans.year_return, name="year-return"),
    path("years/<int:year>/rounds/new/", rounds.new, name="round-new"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/new/", frameworks.new, name="framework-new"),
    path("rounds/<str:code>/", rounds.page, name="round"),
    path("rounds/<str:code>/approval/", rounds.approve, name="round-approve"),
    path("rounds/<str:code>/cancellation/", rounds.cancel, name="round-cancel"),
    path("rounds/<str:code>/tasks/new/", tasks.new, name="task-new"),
    path("tasks/<int:pk>/removal/", tasks.drop, name="task-drop"),
    path("tasks/<int:pk>/entry/", tasks.enter_, name="task-enter"),
    path("tasks/<int:pk>/leaving/", tasks.leave_, name="task-leave"),
    path("tasks/<int:pk>/problems/", problems.adopt, name="adopt"),
]
