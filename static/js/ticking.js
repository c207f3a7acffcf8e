// One box ticks all rows of a list's page; how many are ticked is said beside what is done with them.

for (const all of document.querySelectorAll("[data-tick-all]")) {
  const form = all.form;
  const boxes = [...form.querySelectorAll(".eh-choose input[type=checkbox]")];
  if (boxes.length < 2) continue;
  const told = form.querySelector("[data-ticked]");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    told.textContent = ticked ? `${ticked} of ${boxes.length} ticked.` : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  form.addEventListener("change", tell);
  window.addEventListener("pageshow", tell); // coming back, the browser ticks what was ticked
  all.labels[0].append(` Tick all ${boxes.length} on this page`);
  all.closest("[hidden]").hidden = false;
}
