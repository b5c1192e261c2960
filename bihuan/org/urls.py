"""Addresses of the organisation: signing in, units, people, grants, rules."""

from django.urls import path

from .web import password, signin, start

app_name = "org"
urlpatterns = [
    path("signin/", signin.signin, name="signin"),
    path("signin/as/", signin.signin_as, name="signin-as"),
    path("signout/", signin.signout, name="signout"),
    path("password/", password.password, name="password"),
    path("start/", start.start, name="start"),
    path("start/steps/", start.steps, name="steps"),
]
