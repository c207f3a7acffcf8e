// The interview kit stands open beside the form on wide screens and starts folded on phones.

for (const fold of document.querySelectorAll(".eh-kit > details")) {
  const wide = window.matchMedia("(min-width: 1000px)");
  const fit = () => (fold.open = wide.matches);
  fit();
  wide.addEventListener("change", fit);
}
