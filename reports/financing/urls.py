"""Routes of participant financing."""

from django.urls import path

from reports.financing import views

app_name = "financing"

urlpatterns = [
    path("", views.month, name="overview"),
    path("timsatser/", views.rates, name="rates"),
    path("timsatser/ny/", views.rate_new, name="rate_new"),
    path("timsatser/<int:pk>/avsluta/", views.rate_end, name="rate_end"),
    path("timsatser/<int:pk>/ta-bort/", views.rate_remove, name="rate_remove"),
    path("ersattning/<int:pk>/", views.benefits, name="benefits"),
    path("ersattning/<int:pk>/<int:benefit_pk>/avsluta/", views.benefit_end, name="benefit_end"),
    path(
        "ersattning/<int:pk>/<int:benefit_pk>/ta-bort/", views.benefit_remove, name="benefit_remove"
    ),
]
