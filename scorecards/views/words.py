"""The lists of words behind the private hints, for administrators."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, administrators_only, posted
from accounts.meanwhile import as_it_is_now
from accounts.refusals import add_errors
from scorecards.forms import WordListForm, WordTrialForm
from scorecards.models import WordList
from scorecards.phrases import find
from scorecards.protected_words import LANGUAGES, listed, lists
from scorecards.services import save_words


@dataclass(frozen=True)
class Tried:
    """A line that was tried: the words that give a hint, each with its list's language."""

    text: str
    words: list[tuple[str, str]]


def word_lists(request: SignedInRequest) -> HttpResponse:
    """GET shows the lists; POST tries them on sentences and keeps nothing."""
    administrators_only(request)
    form = WordTrialForm(request.POST if request.method == "POST" else None)
    tried: list[Tried] = []
    if form.is_valid():
        tried = _tried(form.cleaned_data["text"])
    firing = sum(bool(row.words) for row in tried)
    context = {"rows": list(listed().values()), "form": form, "tried": tried, "firing": firing}
    return render(request, "scorecards/word_lists.html", context, status=422 if form.errors else 200)


def _tried(text: str) -> list[Tried]:
    current = lists()
    rows = []
    for line in text.splitlines():
        if line.strip():
            found = find(line, current)
            rows.append(Tried(line, [(hit.words, LANGUAGES.get(hit.language, hit.language)) for hit in found]))
    return rows


def word_list(request: SignedInRequest, language: str) -> HttpResponse:
    administrators_only(request)
    if language not in LANGUAGES:
        raise Http404("There is no word list for this language.")
    as_it_is_now(request, *WordList.objects.filter(language=language))
    current = listed()[language]
    form = WordListForm(posted(request), initial={"words": current.text, "enabled": current.enabled})
    if form.is_valid():
        try:
            save_words(language, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, form.said("Word list saved. Hints use it from now on."))
            return redirect("word_lists")
    context = {"form": form, "listed": current}
    return render(request, "scorecards/word_list.html", context, status=422 if form.errors else 200)
