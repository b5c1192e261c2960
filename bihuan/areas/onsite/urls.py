from django.urls import path

from .web import consents, drafts, files, home, talks, writing

app_name = "onsite"
urlpatterns = [
    path("", home.home, name="home"),
    path("<int:pk>/", home.task, name="task"),
    path("<int:pk>/talks/", talks.talks, name="talks"),
    path("<int:pk>/talks/new/", talks.new, name="talk-new"),
    path("<int:pk>/interviewees/new/", talks.list_, name="interviewee-new"),
    path("interviewees/<int:pk>/excuse/", talks.excuse, name="interviewee-excuse"),
    path("talks/<int:pk>/", talks.talk, name="talk"),
    path("talks/<int:pk>/record/", talks.amend, name="talk-amend"),
    path("talks/<int:pk>/signature/", talks.sign, name="talk-sign"),
    path("<int:pk>/drafts/", drafts.drafts, name="drafts"),
    path("<int:pk>/drafts/new/", writing.write, name="draft-new"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/words/", writing.amend, name="draft-amend"),
    path("drafts/<int:pk>/hand-in/", drafts.hand_in, name="draft-hand-in"),
    path("drafts/<int:pk>/review/", drafts.review, name="draft-review"),
    path("drafts/<int:pk>/discussion/", drafts.discuss, name="draft-discuss"),
    path("drafts/<int:pk>/signature/", drafts.sign, name="draft-sign"),
    path("drafts/<int:pk>/return/", drafts.return_, name="draft-return"),
    path("drafts/<int:pk>/setting-aside/", drafts.set_aside, name="draft-set-aside"),
    path("drafts/<int:pk>/edition/", drafts.correct, name="draft-correct"),
    path("<str:kind>/<int:pk>/files/new/", files.attach, name="attach"),
    path("<str:kind>/<int:pk>/files/<int:order>/", files.file, name="file"),
    path("<str:kind>/<int:pk>/consent/", consents.ask, name="consent-ask"),
    path("consents/<int:pk>/", consents.decide, name="consent"),
]
