"""«Fehler melden»: the one form readers have. No cookie, no script, and nothing about who sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk import reporting
from articles.models import Article, House
from articles.pages.response import page, readers
from articles.text import signs

LONGEST = 3000  # signs of a report
LARGEST = 40_000  # bytes of a form: such a text in any writing, encoded
LONGEST_NUMBER = 18  # digits


@dataclass(frozen=True)
class Sent:
    """What the form says. wrong: the field that cannot be taken, and error: why; both empty where all is well."""

    text: str = ""
    email: str = ""
    wrong: str = ""
    error: str = ""


def show(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take(request)
    answer = ask(request)
    if answer.status_code == 405:
        answer.headers["Allow"] = "GET, HEAD, POST"
    return answer


@readers
def ask(request: HttpRequest) -> HttpResponse:
    """The empty form. An article that is not public is as unknown as one that never was."""
    named = request.GET.get("artikel", "")
    article = _public(named) if named else None
    if named and article is None:
        raise Http404
    return _form(request, Sent(), article=article, status=200)


@readers
def thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "pages/report_thanks.html", {"title": _("Vielen Dank")}, keys=["report"])


def _take(request: HttpRequest) -> HttpResponse:
    """303 to the thanks, or the form again with what was typed and what is to be changed."""
    if not _is_small(request):
        return _form(request, Sent(error=_("Der Text ist zu lang. Bitte kürzen Sie ihn.")), article=None)
    drawn = reporting.drawn(request.POST.get("marke", ""))
    sent = read(request.POST.get("text", ""), request.POST.get("email", ""))
    article = _public(str(drawn.article)) if drawn and drawn.article else None
    if not sent.error and (drawn is None or drawn.is_too_soon):
        sent = Sent(sent.text, sent.email, error=_("Das Formular war abgelaufen oder zu schnell wieder da. Bitte schicken Sie es noch einmal ab."))
    if sent.error or drawn is None:
        return _form(request, sent, article=article)
    if not request.POST.get("betreff"):  # only machines fill what nobody sees; they are thanked all the same
        if not reporting.bound.has_room():
            return _form(request, Sent(sent.text, sent.email, error=_too_many()), article=article)
        reporting.report(sent.text, email=sent.email, article=drawn.article, form=drawn.form)
    answer = HttpResponseRedirect(reverse("articles:report_thanks"), status=303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def read(text: str, email: str) -> Sent:
    """The fields without signs that cannot be seen."""
    text, email = signs.visible(text).strip(), signs.visible(email).strip()
    if not signs.is_seen(text):
        return Sent(text, email, "text", _("Bitte schreiben Sie, was falsch ist."))
    if len(text) > LONGEST:
        return Sent(text, email, "text", _("Der Text ist zu lang. Erlaubt sind %d Zeichen.") % LONGEST)
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return Sent(text, email, "email", _("Diese E-Mail-Adresse kann nicht stimmen. Bitte ändern oder leeren Sie das Feld."))
    return Sent(text, email)


def _form(request: HttpRequest, sent: Sent, *, article: Any, status: int = 400) -> HttpResponse:
    """Each is drawn for one reader and kept by no cache."""
    context = {
        "title": _("Fehler melden"), "article": article, "token": reporting.draw(article.pk if article else None), "longest": LONGEST,
        "text": sent.text, "email": sent.email, "wrong": sent.wrong, "error": sent.error,
    }  # fmt: skip
    response = page(request, "pages/report.html", context, keys=[], status=status)
    for name in ("ETag", "Last-Modified", "Surrogate-Key"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _public(number: str) -> Any:
    if not number.isascii() or not number.isdigit() or len(number) > LONGEST_NUMBER:
        return None
    return Article.objects.public().filter(pk=int(number)).select_related("category").only("headline", "slug", "category__slug").first()


def _is_small(request: HttpRequest) -> bool:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= LARGEST


def _too_many() -> str:
    house = House.objects.filter(pk=1).only("email").first()
    sentence = _("Gerade kommen sehr viele Hinweise an. Bitte schicken Sie das Formular in einigen Minuten noch einmal ab.")
    return f"{sentence} {_('Oder schreiben Sie an %s.') % house.email}" if house and house.email else sentence
