// 1-5 and N score the dimension in focus; j and k move between dimensions.
const ratings = [...document.querySelectorAll(".eh-rating")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  const here = target.closest(".eh-rating");
  const name = event.key.toLowerCase();
  if (here && (/^[1-5]$/.test(name) || name === "n")) {
    const choice = here.querySelector(`input[type=radio][value="${name === "n" ? "na" : name}"]`);
    choice.focus();
    choice.click();
    event.preventDefault();
  } else if (name === "j" || name === "k") {
    const next = ratings[ratings.indexOf(here) + (name === "j" ? 1 : -1)];
    if (next) next.querySelector("input:checked, input").focus();
  }
});
