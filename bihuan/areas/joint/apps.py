from django.apps import AppConfig


class JointConfig(AppConfig):
    name = "bihuan.areas.joint"
    label = "joint"
