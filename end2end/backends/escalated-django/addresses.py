"""Where the project answers: only the product's REST API, below its prefix."""

from django.urls import include, path
from escalated.api_urls import api_patterns
from serve import PREFIX

urlpatterns = [path(f"{PREFIX}/", include((api_patterns, "escalated_api")))]
