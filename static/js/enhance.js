// Small kindnesses, each hung on a data- hook.  Every page works without them; nothing here decides anything.

const hook = (name, root = document) => [...root.querySelectorAll(`[data-${name}]`)];
const say = (text) => {
  const region = document.getElementById("messages");
  if (!region) return;
  const line = Object.assign(document.createElement("p"), { className: "notice", textContent: text });
  region.replaceChildren(line);
};

// data-focus: the error summary takes the focus once the page, or a part of it, has arrived; data-focus="name": that field of its form.
// data-count: "12 / 200" beside a text with a maxlength.
function arrive(root) {
  const first = hook("focus", root)[0];
  if (first) {
    (first.closest("form")?.elements[first.dataset.focus] || first).focus();
    delete first.dataset.focus; // what arrives later does not call the focus back here
  }
  hook("count", root).forEach(count);
}

function count(field) {
  const shown = document.getElementById(field.dataset.count);
  if (shown) shown.textContent = `${field.value.length} / ${field.maxLength}`;
}

// data-copy="text": copies it and says data-copied.
async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say(button.dataset.copied || button.dataset.copy);
  } catch {
    say(button.dataset.copy);
  }
}

// data-preview="id of a box": shows the chosen photos before they are sent.
function preview(input) {
  const box = document.getElementById(input.dataset.preview);
  if (!box) return;
  box.replaceChildren(...[...input.files].filter((file) => file.type.startsWith("image/")).map((file) => {
    const picture = Object.assign(new Image(88, 88), { src: URL.createObjectURL(file), alt: file.name });
    picture.onload = () => URL.revokeObjectURL(picture.src);
    return picture;
  }));
}

// data-thumbs="id of a gallery": marks the thumbnail of the picture in view.
function follow(thumbs) {
  const gallery = document.getElementById(thumbs.dataset.thumbs);
  if (!gallery || !("IntersectionObserver" in window)) return;
  const mark = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => {
    thumbs.querySelectorAll("a").forEach((a) => a.toggleAttribute("aria-current", a.hash === `#${one.target.id}`));
    thumbs.querySelector("a[aria-current]")?.setAttribute("aria-current", "true");
  }), { root: gallery, threshold: 0.6 });
  [...gallery.children].forEach((slide) => mark.observe(slide));
}

// A form that is on its way is not sent twice.  The button keeps its name and value; after ten seconds one may try again.
function once(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  if (event.submitter?.dataset.busy) event.submitter.textContent = event.submitter.dataset.busy;
  setTimeout(release, 10000, form);
}

function release(form) {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

document.addEventListener("submit", once);
document.addEventListener("click", (event) => { const b = event.target.closest("[data-copy]"); if (b) copy(b); });
document.addEventListener("input", (event) => event.target.dataset.count && count(event.target));
document.addEventListener("change", (event) => {
  if ("preview" in event.target.dataset) preview(event.target);
  if ("submit" in event.target.dataset) event.target.form?.requestSubmit(); // data-submit: a choice sends its form
});
addEventListener("pageshow", (event) => event.persisted && [...document.forms].forEach(release));
document.addEventListener("htmx:after:swap", () => arrive(document));
hook("thumbs").forEach(follow);
arrive(document);
