from django.apps import AppConfig


class OnsiteConfig(AppConfig):
    name = "bihuan.areas.onsite"
    label = "onsite"
