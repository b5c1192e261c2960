from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "bihuan.config"
    label = "config"

    def ready(self) -> None:
        # A missing or broken area.py stops start-up here, with a sentence, instead of vanishing.
        from bihuan.registry import shelf

        shelf.offers()
