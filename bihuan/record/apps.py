from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "bihuan.record"
    label = "record"
