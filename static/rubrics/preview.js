// Each time something is told, the preview is read again; the document beside it stays where it was scrolled to.

let kept = 0;
const pane = () => document.getElementById("document");

document.body.addEventListener("htmx:beforeSwap", () => {
  kept = pane()?.scrollTop ?? 0;
});

document.body.addEventListener("htmx:afterSwap", () => {
  if (pane()) pane().scrollTop = kept;
});
