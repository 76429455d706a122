// Makes pages quicker; none needs it. Listens on the document, so parts that htmx exchanges need no set-up.
import "htmx.org";

const closest = <T extends Element>(event: Event, selector: string): T | null =>
  event.target instanceof Element ? event.target.closest<T>(selector) : null;

// A part of a page was asked for and something else came: an error, or signing in again. The whole page says it better.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { select?: string; text: string; request: { action: string } } }>).detail;
  if (!ctx.select?.startsWith("#") || ctx.text.includes(`id="${ctx.select.slice(1)}"`)) return;
  event.preventDefault();
  location.assign(ctx.request.action);
});

// Unsaved changes: a form that was touched and not sent asks before it is left.
const touched = new Set<HTMLFormElement>();
document.addEventListener("input", (event) => {
  const form = closest<HTMLFormElement>(event, "form[data-guard]");
  if (form) touched.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
});

// A second click on a slow line must not send a form twice; coming back by the history frees it. A button that is
// answered with a file leaves its page where it is: nothing is locked, and what was typed there is still unsaved.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent !== undefined) return event.preventDefault();
  if (event.submitter?.dataset.file !== undefined) return;
  form.dataset.sent = "";
  touched.clear();
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// A line of a table opens its page wherever it is clicked, unless something else was meant.
document.addEventListener("click", (event) => {
  const row = closest<HTMLTableRowElement>(event, "tr[data-row]");
  if (!row || closest(event, "a, button, input, label, select, summary") || getSelection()?.toString()) return;
  const link = row.querySelector<HTMLAnchorElement>("a.row-link");
  if (link) event.ctrlKey || event.metaKey ? window.open(link.href) : link.click();
});

// Arrows go from line to line.
document.addEventListener("keydown", (event) => {
  const link = closest<HTMLAnchorElement>(event, "a.row-link");
  if (!link || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const links = [...(link.closest("table")?.querySelectorAll<HTMLAnchorElement>("a.row-link") ?? [])];
  const next = links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// Menus close by Escape and by a click elsewhere.
const menus = () => document.querySelectorAll<HTMLDetailsElement>("details.person[open], details.menu-phone[open]");
document.addEventListener("click", (event) => {
  menus().forEach((menu) => (menu.open = event.target instanceof Node && menu.contains(event.target)));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});

// The chosen file by its name and size, in the words of the page rather than of the browser.
document.addEventListener("change", (event) => {
  const input = closest<HTMLInputElement>(event, "input[type=file]");
  if (!input) return;
  let words = input.parentElement?.querySelector<HTMLElement>(".file-chosen");
  if (!words) {
    words = document.createElement("output");
    words.className = "file-chosen";
    input.after(words);
  }
  const megabytes = (file: File) => (file.size / 1_048_576).toLocaleString("ru", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  words.textContent = [...(input.files ?? [])].map((file) => `${file.name}, ${megabytes(file)} МБ`).join("; ");
});
