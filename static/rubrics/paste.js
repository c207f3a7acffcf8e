// Keeps the formatting of what is pasted into a document's field: the markup goes into a hidden field beside it, and
// the field itself shows the words. Changing the words by hand lets the formatting go, and says so.

const box = document.querySelector("[data-paste]");

if (box) {
  const form = box.form;
  const kept = form.elements[box.dataset.paste];
  const status = form.querySelector("[data-paste-status]");
  let shown = kept.value ? box.value : null;

  const say = (words) => {
    status.textContent = words;
  };

  const counted = (number, one, many) => (number ? `${number} ${number === 1 ? one : many}` : "");

  // Parsing runs no script and fetches no picture: the document is never shown.
  const found = (markup) => {
    const page = new DOMParser().parseFromString(markup, "text/html");
    const parts = [
      counted(page.querySelectorAll("h1, h2, h3, h4, h5, h6").length, "heading", "headings"),
      counted(page.querySelectorAll("ul, ol").length, "list", "lists"),
      counted(page.querySelectorAll("table").length, "table", "tables"),
    ];
    return parts.filter(Boolean).join(", ") || "no headings, lists or tables";
  };

  const asMarkup = (text) => {
    const part = document.createElement("div");
    for (const line of text.split("\n")) {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      part.append(paragraph);
    }
    return part.innerHTML;
  };

  const whatStays = () => {
    const all = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    if (all || !box.value.trim()) return { markup: "", text: "" };
    return { markup: kept.value || asMarkup(box.value), text: `${box.value}\n\n` };
  };

  // A picture that stands inside the markup itself can be larger than all that is read.
  const withoutPictures = (markup) => markup.replace(/(<img\b[^>]*\ssrc=)"data:[^"]*"/gi, '$1""');

  box.addEventListener("paste", (event) => {
    const markup = withoutPictures(event.clipboardData?.getData("text/html") ?? "");
    if (!markup.trim()) return;
    event.preventDefault();
    const before = whatStays();
    kept.value = before.markup + markup;
    box.value = before.text + event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
    shown = box.value;
    say(`Pasted with its formatting: ${found(kept.value)}.`);
  });

  box.addEventListener("input", () => {
    if (shown === null || box.value === shown) return;
    kept.value = "";
    shown = null;
    say(box.value ? "You changed the words, so they are read without formatting. Paste again to have it back." : "");
  });
}
