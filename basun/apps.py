from django.apps import AppConfig


class BasunConfig(AppConfig):
    name = "basun"
    verbose_name = "BASUN"
