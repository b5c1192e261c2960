"""Addresses of what comes of a stay."""

from __future__ import annotations

from django.urls import path

from .web import archiving, chain, evaluating, feedback, giving, home, mine, plans, progress, report, writing

app_name = "outcome"
urlpatterns = [
    path("", home.home, name="home"),
    path("mine/", mine.mine, name="mine"),
    path("addressed/", home.addressed, name="addressed"),
    path("<int:pk>/", home.task, name="task"),
    path("<int:pk>/reports/new/", report.start, name="report-new"),
    path("<int:pk>/reports/special/", report.start_special, name="report-special"),
    path("reports/<int:pk>/", report.report, name="report"),
    path("reports/<int:pk>/words/", writing.amend, name="report-amend"),
    path("reports/<int:pk>/assembly/", writing.assembly, name="assembly"),
    path("reports/<int:pk>/findings/new/", writing.finding_new, name="finding-new"),
    path("reports/<int:pk>/hand-in/", chain.hand_in, name="report-hand-in"),
    path("reports/<int:pk>/facts/", chain.facts, name="report-facts"),
    path("reports/<int:pk>/team/", chain.team, name="report-team"),
    path("reports/<int:pk>/office/", chain.office, name="report-office"),
    path("reports/<int:pk>/leading/", chain.leading, name="report-leading"),
    path("reports/<int:pk>/approval/", chain.approve, name="report-approve"),
    path("reports/<int:pk>/issue/", chain.issue, name="report-issue"),
    path("reports/<int:pk>/return/", chain.return_, name="report-return"),
    path("reports/<int:pk>/opinions/new/", chain.say, name="opinion-new"),
    path("reports/<int:pk>/feedback/", feedback.compose, name="feedback-new"),
    path("editions/<int:pk>/", report.edition, name="edition"),
    path("findings/<int:pk>/", writing.finding, name="finding"),
    path("findings/<int:pk>/removal/", writing.finding_drop, name="finding-drop"),
    path("feedbacks/<int:pk>/", feedback.feedback, name="feedback"),
    path("feedbacks/<int:pk>/words/", feedback.amend, name="feedback-amend"),
    path("feedbacks/<int:pk>/problems/new/", feedback.item_new, {"kind": "problem"}, name="problem-new"),
    path(
        "feedbacks/<int:pk>/suggestions/new/",
        feedback.item_new,
        {"kind": "suggestion"},
        name="suggestion-new",
    ),
    path("feedbacks/<int:pk>/principal/", giving.principal, name="principal"),
    path("feedbacks/<int:pk>/meeting/", giving.meeting, name="meeting"),
    path("feedbacks/<int:pk>/receipt/", giving.receipt, name="receipt"),
    path("feedbacks/<int:pk>/copies/new/", giving.copy, name="copy-new"),
    path("feedbacks/<int:pk>/raising/", giving.raising, name="raising"),
    path("items/<int:pk>/", feedback.item, name="item"),
    path("items/<int:pk>/removal/", feedback.item_drop, name="item-drop"),
]
urlpatterns += [
    path("rectification/", progress.followed, name="rectifications"),
    path("feedbacks/<int:pk>/rectification/", plans.page, name="rectification"),
    path("feedbacks/<int:pk>/plan/", plans.prepare, name="plan-prepare"),
    path("plans/<int:pk>/leaders/", plans.amend, name="plan-amend"),
    path("plans/<int:pk>/submission/", plans.submit, name="plan-submit"),
    path("plans/<int:pk>/reviewers/", plans.ask, name="plan-ask"),
    path("plan-reviews/<int:pk>/", plans.review, name="plan-review"),
    path("plans/<int:pk>/merging/", plans.merge, name="plan-merge"),
    path("plans/<int:pk>/start/", plans.start, name="plan-start"),
    path("feedbacks/<int:pk>/life-meeting/", progress.life_meeting, name="life-meeting"),
    path(
        "feedbacks/<int:pk>/rectification-reports/new/", progress.report_new, name="rectification-report-new"
    ),
    path("rectification-reports/<int:pk>/", progress.report, name="rectification-report"),
    path("rectification-reports/<int:pk>/receipt/", progress.receive, name="rectification-report-receive"),
    path("rectification-reports/<int:pk>/reading/", progress.reading, name="rectification-report-reading"),
    path("feedbacks/<int:pk>/evaluations/<str:kind>/", evaluating.start, name="evaluation-new"),
    path("evaluations/<int:pk>/", evaluating.page, name="evaluation"),
    path("evaluations/<int:pk>/deductions/new/", evaluating.deduction_new, name="deduction-new"),
    path("deductions/<int:pk>/removal/", evaluating.deduction_drop, name="deduction-drop"),
    path("evaluations/<int:pk>/hand-in/", evaluating.hand_in, name="evaluation-hand-in"),
    path("evaluations/<int:pk>/approval/", evaluating.approve, name="evaluation-approve"),
    path("evaluations/<int:pk>/sending/", evaluating.send, name="evaluation-send"),
    path("rounds/<str:code>/archive/", archiving.page, name="archive"),
    path("rounds/<str:code>/archive/closing/", archiving.close, name="archive-close"),
    path("<int:pk>/archive/<str:kind>/", archiving.hand_over, name="archive-item"),
    path("members/<int:pk>/given-back/", archiving.give_back, name="give-back"),
]
