from django.urls import path

from .web import coverage, frameworks, home, mine, opening, plans, problems, rounds, talent, tasks, teams

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
    path("rounds/<str:code>/teams/new/", teams.new, name="team-new"),
    path("rounds/<str:code>/trainings/new/", teams.training_new, name="training-new"),
    path("teams/<int:pk>/members/new/", teams.member_new, name="member-new"),
    path("teams/<int:pk>/authorisation/", teams.authorise, name="team-authorise"),
    path("members/<int:pk>/removal/", teams.member_remove, name="member-remove"),
    path("recusals/<int:pk>/lifting/", teams.lift, name="recusal-lift"),
    path("tasks/<int:pk>/team/", teams.give, name="task-give"),
    path("tasks/<int:pk>/gates/", opening.gates, name="task-gates"),
    path("tasks/<int:pk>/notice/", opening.notice, name="task-notice"),
    path("tasks/<int:pk>/announcement/", opening.announcement, name="task-announcement"),
    path("tasks/<int:pk>/liaisons/", opening.liaison, name="task-liaison"),
    path("talents/", talent.talents, name="talents"),
    path("talents/new/", talent.new, name="talent-new"),
    path("talents/<int:pk>/end/", talent.end, name="talent-end"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/relatives/new/", mine.relative_new, name="relative-new"),
    path(
        "mine/<int:pk>/relatives/<int:relative>/withdrawal/", mine.relative_withdraw, name="relative-withdraw"
    ),
    path("mine/<int:pk>/declaration/", mine.declare_, name="declare"),
    path("mine/<int:pk>/pledge/", mine.pledge_, name="pledge"),
]
