"""Addresses of boards and meetings, under /<council>/boards/."""

from django.urls import URLPattern, URLResolver, include, path

from boards import board_views, meeting_views

app_name = "meetings"
meeting: list[URLPattern | URLResolver] = [
    path("", meeting_views.show_meeting, name="meeting_page"),
    path("items/add/", meeting_views.add_item, name="add_item"),
    path("items/<int:position>/move/", meeting_views.move_item, name="move_item"),
    path("papers/add/", meeting_views.add_paper, name="add_paper"),
    path("papers/<int:position>/", meeting_views.set_paper, name="set_paper"),
    path("attendance/", meeting_views.record_attendance, name="record_attendance"),
    path("live/<int:position>/", meeting_views.live, name="live"),
    path("call-off/", meeting_views.call_off, name="call_off"),
    path("move/", meeting_views.move_meeting, name="move_meeting"),
    path("close/", meeting_views.close_meeting, name="close_meeting"),
    path("minutes/", meeting_views.minutes_page, name="minutes_page"),
    path("minutes/agree/", meeting_views.agree_minutes, name="agree_minutes"),
]
board: list[URLPattern | URLResolver] = [
    path("", board_views.show_board, name="board_page"),
    path("terms/", board_views.change_terms, name="change_terms"),
    path("seats/add/", board_views.add_seat, name="add_seat"),
    path("seats/<slug:seat>/end/", board_views.end_seat, name="end_seat"),
    path("actions/<int:number>/end/", board_views.end_action, name="end_action"),
    path("meetings/arrange/", board_views.arrange_meetings, name="arrange_meetings"),
    path("meetings/<str:held_on>/", include(meeting)),
]
urlpatterns = [
    path("", board_views.board_list, name="board_list"),
    path("add/", board_views.add_board, name="add_board"),
    path("<slug:board>/", include(board)),
]
