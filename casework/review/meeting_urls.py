"""Routes of the meeting itself: the wall, following it, the recap."""

app_name = "review_meeting"

urlpatterns = []
