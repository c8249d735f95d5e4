// Waiting for the shop: payment status, and a sentence when a request of htmx fails.

const region = document.getElementById("messages");

function trouble() {
  if (!region) return;
  const line = Object.assign(document.createElement("p"), { className: "notice notice--bad", textContent: region.dataset.trouble });
  region.replaceChildren(line);
}

document.addEventListener("htmx:error", trouble);
document.addEventListener("htmx:response:error", (event) => {
  if ((event.detail?.ctx?.response?.status ?? 500) >= 500) trouble();
});

// data-poll="address": asked every data-every seconds for at most data-for seconds while the page is in view.
// 204 means nothing new; 200 with {"next": "/address/"} moves on; anything else is asked again, later.
// Without script the page has a button that asks the same question.
function poll(element) {
  const { poll: address, every = 3, for: limit = 600 } = element.dataset;
  const until = Date.now() + limit * 1000;
  let pause = every * 1000;

  async function ask() {
    if (Date.now() > until) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
        if (answer.status === 200) {
          const next = new URL((await answer.json()).next, location.href);
          if (next.origin === location.origin) return location.replace(next);
        }
        pause = answer.ok ? every * 1000 : Math.min(pause * 2, 30000);
      } catch {
        pause = Math.min(pause * 2, 30000);
      }
    }
    setTimeout(ask, pause);
  }
  setTimeout(ask, pause);
}

document.querySelectorAll("[data-poll]").forEach(poll);

// data-share="address": the phone's own sheet where there is one; the link under the button works everywhere.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share]");
  if (!button || !navigator.share) return;
  event.preventDefault();
  navigator.share({ url: new URL(button.dataset.share, location.href).href, title: document.title }).catch(() => {});
});
