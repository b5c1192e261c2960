from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "bihuan.areas.ledgers"
    label = "ledgers"
