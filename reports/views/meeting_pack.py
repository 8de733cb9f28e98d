"""A meeting's pack: as a page, as one file in one click, and the choice of its papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.board_pages import answer, meeting_page, sent, told
from boards.workflow import pack as workflow
from improvement.models import Plan
from improvement.pages import plan_page
from improvement.permissions import Verb
from reports import meeting_pack, papers
from reports.meeting_pack_forms import PackPaperForm
from reports.views.files import ask_for, chosen_format
from reports.views.reading import forms_of
from reports.workflow.files import Wanted


@require_http_methods(["GET", "HEAD", "POST"])
def pack_page(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    """The agenda and every paper that is ready, as one page; by POST as one file."""
    room = meeting_page(request, council, board, held_on)
    here, back = room.url("reports:pack_page"), room.url("meeting_page")
    pack = meeting_pack.of(room.meeting, on=room.day.on, user=room.user)
    if pack is None:
        messages.warning(request, "The board keeps no plan yet, so there is nothing to make a pack from.")
        return redirect(back)
    page = plan_page(request, council, pack.plan.slug)
    wanted = Wanted(pack.plan, pack.name, pack.paper(), format=chosen_format(request))
    if request.method == "POST":
        page.refuse_changes_to_the_past()
        return ask_for(request, page, wanted, back=back)
    context = {
        **room.context(("Pack", "")),
        "plan": pack.plan,
        "paper": wanted.paper,
        "linked": True,
        "make_url": here,
        "offered": not room.day.asked,
        "forms": forms_of(wanted, page),
    }
    return render(request, "reports/paper_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_paper(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    """Put a paper that Waymark makes into the pack."""
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    plans = Plan.objects.visible_to(room.user).select_related("council", "rating_scale")
    of_board = plans.filter(boards=room.board).order_by("name", "pk")
    asked = [papers.asked(plan, room.day.now) for plan in of_board]
    form = PackPaperForm(sent(request), asked=asked, user=room.user)

    def save() -> str:
        paper = workflow.add_paper(meeting=room.meeting, by=room.user, on=room.day.now, **form.values())
        return told(request, f"“{paper}” is in the pack.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title="Choose a paper", button="Add the paper", back=back)
