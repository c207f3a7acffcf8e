"""The lists of words behind the private hints, for administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest
from scorecards.forms import WordListForm
from scorecards.protected_words import LANGUAGES, lists
from scorecards.services import save_words


def word_lists(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_administrator:
        raise PermissionDenied
    known = lists()
    rows = [(language, name, known[language]) for language, name in LANGUAGES.items()]
    return render(request, "scorecards/word_lists.html", {"rows": rows})


def word_list(request: SignedInRequest, language: str) -> HttpResponse:
    if not request.user.is_administrator:
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404("There is no list for this language.")
    form = WordListForm(request.POST or None, initial={"words": "\n".join(lists()[language])})
    if request.method == "POST" and form.is_valid():
        save_words(language, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, "The list is saved; hints use it from now on.")
        return redirect("word_lists")
    context = {"form": form, "language": LANGUAGES[language]}
    return render(request, "scorecards/word_list.html", context, status=422 if form.errors else 200)
