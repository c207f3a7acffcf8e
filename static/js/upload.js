// The drop area of a file field: shows that a file may be dropped and which one was chosen. Works as a plain field without it.

for (const area of document.querySelectorAll(".eh-upload")) {
  const input = area.querySelector("input[type=file]");
  if (!input) continue;
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("eh-upload-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("eh-upload-over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}
