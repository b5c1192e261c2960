from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "bihuan.paper"
    label = "paper"
