from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "bihuan.publication"
    label = "publication"
