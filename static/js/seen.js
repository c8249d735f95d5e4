// Tells the shop that a guest looked at a listing: once a day for each, and this browser alone remembers which.
const { seen: address } = document.querySelector("script[data-seen]").dataset; // a module has no currentScript
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const today = new Date().toDateString();

function isNew() {
  try {
    const kept = JSON.parse(localStorage.getItem("seen") ?? "{}");
    const listings = kept.day === today ? kept.listings : [];
    if (listings.includes(address)) return false;
    localStorage.setItem("seen", JSON.stringify({ day: today, listings: [...listings, address].slice(-300) }));
  } catch {
    // A browser that remembers nothing is counted each time.
  }
  return true;
}

if (token && isNew()) {
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}
