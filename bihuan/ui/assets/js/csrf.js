// The token is read from the cookie at the moment of sending: a new sign-in changes it under an open form.
// Over TLS its name begins with __Host-.
export function token() {
  const hit = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
  return hit ? decodeURIComponent(hit[1]) : "";
}

export function renewForms() {
  const value = token();
  if (value) for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
}

// Whose page this is, and in the name of which body: the server refuses what an old tab sends after somebody else
// has signed in, or the hat was changed.
export const whose = () => {
  const { account = "", hat = "" } = document.body?.dataset || {};
  return hat ? `${account}:${hat}` : account;
};

document.addEventListener("htmx:configRequest", (event) => {
  if (whose()) event.detail.headers["X-Bihuan-Account"] = whose();
  const value = token();
  if (value) event.detail.headers["X-CSRFToken"] = value;
});
