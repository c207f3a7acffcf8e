// Says in the page what went wrong with a passkey; the sign-in package only writes it to the console.

const NOT_DONE = {
  NotAllowedError: "The passkey was not used: it was cancelled, took too long, or this device has none for here.",
  InvalidStateError: "This key is set up here already.",
  NotSupportedError: "This browser or device cannot do that. Try another key.",
  SecurityError: "Browsers offer passkeys only over HTTPS and under the site's own host name.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-passkey-error]")?.remove();
  const box = document.createElement("div");
  box.className = "alert alert-danger";
  box.dataset.passkeyError = "";
  box.setAttribute("role", "alert");
  box.textContent = NOT_DONE[event.detail.exception?.name] ?? "The passkey did not work. Please try again.";
  document.getElementById("main").prepend(box);
});
