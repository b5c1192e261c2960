from django.urls import path, re_path

from .web import channels, endpoints, pages

app_name = "notify"

urlpatterns = [
    path("", pages.notices, name="notices"),
    path("read/", pages.read, name="read"),
    path("<int:pk>/", pages.line, name="line"),
    path("endpoints/", endpoints.endpoints, name="endpoints"),
    path("endpoints/new/", endpoints.new, name="endpoint-new"),
    path("endpoints/<int:pk>/", endpoints.endpoint, name="endpoint"),
    re_path(
        r"^endpoints/(?P<pk>\d+)/(?P<to>active|paused|ended)/$", endpoints.change, name="endpoint-change"
    ),
    path("endpoints/<int:pk>/<int:delivery>/", endpoints.delivery, name="delivery"),
    path("endpoints/<int:pk>/<int:delivery>/again/", endpoints.again, name="delivery-again"),
    path("endpoints/<int:pk>/<int:delivery>/skip/", endpoints.skip, name="delivery-skip"),
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.new, name="channel-new"),
    path("channels/<int:pk>/test/", channels.test, name="channel-test"),
    path("channels/<int:pk>/switch/", channels.switch, name="channel-switch"),
]
