from django.apps import AppConfig


class OutcomeConfig(AppConfig):
    name = "bihuan.areas.outcome"
    label = "outcome"
