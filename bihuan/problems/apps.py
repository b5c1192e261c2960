from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "bihuan.problems"
    label = "problems"
