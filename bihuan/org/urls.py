"""Addresses of the organisation: signing in, units, people, grants, rules."""

from django.urls import path, re_path

from .web import (
    accounts,
    days,
    going,
    grants,
    imports,
    party,
    password,
    people,
    person,
    person_acts,
    rules,
    settings,
    signin,
    start,
    unit_acts,
    units,
)

app_name = "org"
urlpatterns = [
    path("signin/", signin.signin, name="signin"),
    path("signin/as/", signin.signin_as, name="signin-as"),
    path("signout/", signin.signout, name="signout"),
    path("password/", password.password, name="password"),
    path("start/", start.start, name="start"),
    path("start/steps/", start.steps, name="steps"),
    path("settings/", settings.settings, name="settings"),
    path("me/", person.mine, name="mine"),
    # units
    path("org/", units.home, name="home"),
    path("org/history/", units.as_of, name="as-of"),
    path("org/units/<int:pk>/", units.unit, name="unit"),
    path("org/units/<int:pk>/new/", unit_acts.new, name="unit-new"),
    path("org/units/<int:pk>/name/", unit_acts.rename, name="unit-rename"),
    path("org/units/<int:pk>/place/", unit_acts.move, name="unit-move"),
    path("org/units/<int:pk>/merger/", unit_acts.merge, name="unit-merge"),
    path("org/units/<int:pk>/closure/", unit_acts.close, name="unit-close"),
    path("org/units/<int:pk>/posts/new/", unit_acts.post, name="post-new"),
    path("org/units/<int:pk>/people/new/", person_acts.new, name="person-new"),
    # people
    path("org/people/", people.people, name="people"),
    path("org/people/<int:pk>/", person.person, name="person"),
    path("org/people/<int:pk>/details/", person_acts.correct, name="person-correct"),
    path("org/people/<int:pk>/move/", going.move, name="person-move"),
    path("org/people/<int:pk>/leaving/", going.leaving, name="person-leave"),
    path("org/people/<int:pk>/party/", person_acts.party, name="person-party"),
    path("org/people/<int:pk>/posts/", person_acts.hold, name="person-post"),
    path("org/people/<int:pk>/posts/<int:holding>/end/", person_acts.leave_the_post, name="person-post-end"),
    path("org/people/<int:pk>/erasure/", person_acts.erase, name="person-erase"),
    path("org/hand-overs/", going.hand_overs, name="hand-overs"),
    path("org/hand-overs/<int:pk>/", going.settle, name="hand-over"),
    # party organisations
    path("org/party/", party.home, name="party"),
    path("org/party/new/", party.first, name="party-first"),
    path("org/party/<int:pk>/", party.org, name="party-org"),
    path("org/party/<int:pk>/new/", party.new, name="party-new"),
    path("org/party/<int:pk>/name/", party.rename, name="party-rename"),
    path("org/party/<int:pk>/place/", party.move, name="party-move"),
    path("org/party/<int:pk>/merger/", party.merge, name="party-merge"),
    path("org/party/<int:pk>/closure/", party.close, name="party-close"),
    path("org/party/<int:pk>/units/", party.cover, name="party-cover"),
    # from Excel
    path("org/import/", imports.upload, name="import"),
    path("org/import/check/", imports.check, name="import-check"),
    path("org/import/take/", imports.take, name="import-take"),
    re_path(r"^org/import/(?P<what>units|people)\.xlsx$", imports.empty_sheet, name="import-sheet"),
    # who may
    path("settings/grants/", grants.grants, name="grants"),
    path("settings/grants/new/", grants.new, name="grant-new"),
    path("settings/grants/<int:pk>/", grants.grant, name="grant"),
    path("settings/grants/<int:pk>/end/", grants.revoke, name="grant-revoke"),
    path("settings/grants/posts/<int:pk>/", grants.confirm, name="holding-confirm"),
    path("settings/accounts/", accounts.accounts, name="accounts"),
    path("settings/accounts/new/", accounts.new, name="account-new"),
    path("settings/accounts/<int:pk>/", accounts.account, name="account"),
    path("settings/accounts/<int:pk>/password/", accounts.reset, name="account-reset"),
    path("settings/accounts/<int:pk>/closure/", accounts.close, name="account-close"),
    path("settings/accounts/<int:pk>/reopening/", accounts.reopen, name="account-reopen"),
    # rules
    path("settings/rules/", rules.packs, name="rules"),
    path("settings/rules/<int:pk>/", rules.pack, name="pack"),
    path("settings/rules/<int:pk>/next/", rules.publish, name="pack-publish"),
    re_path(
        r"^settings/rules/(?P<pk>\d+)/(?P<key>[a-z_.]+)/confirmation/$", rules.confirm, name="rule-confirm"
    ),
    path("settings/days/", days.days, name="days"),
    path("settings/days/new/", days.add, name="days-add"),
    path("settings/days/<int:pk>/end/", days.remove, name="day-remove"),
]
