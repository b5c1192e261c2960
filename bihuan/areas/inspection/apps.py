from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "bihuan.areas.inspection"
    label = "inspection"
