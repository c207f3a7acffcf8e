// Says in the page what went wrong with a passkey; the sign-in package only writes it to the console.

const NOT_DONE = {
  NotAllowedError: "The passkey was not used. It was cancelled, took too long, or this device has none for this site.",
  InvalidStateError: "This key is already set up.",
  NotSupportedError: "This browser or device does not support that. Try another key.",
  SecurityError: "Passkeys only work over HTTPS and on this site’s own host name.",
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
