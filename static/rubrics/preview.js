// Each time something is told, the preview is read again; the document beside it stays where it was scrolled to.

let kept = 0;
const pane = () => document.getElementById("document");
const failed = document.getElementById("preview-failed");

document.body.addEventListener("htmx:beforeSwap", () => {
  kept = pane()?.scrollTop ?? 0;
});

document.body.addEventListener("htmx:afterSwap", () => {
  failed.hidden = true;
  if (pane()) pane().scrollTop = kept;
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, () => {
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  });
}
