// Reviewing numbers one after another, by keyboard or touch. A decision is shown immediately and sent in the
// background.
import { Outbox } from "./outbox.js";
import { Shortcuts } from "./shortcuts.js";
import { Viewer } from "./viewer.js";

const ahead = 60; // items to prefetch: enough for half a minute if the server is unreachable
const cropsFirst = 10; // crops of these that are fetched before anything else
const names = {
  confirm: "Confirm", correct: "Correct", reject: "Not a number", missed: "Missed number", skip: "Skip", undo: "Undo",
};
const page = document.querySelector("#review");
const find = (selector) => page.querySelector(selector);
const sample = page.dataset.sample || null;
const filters = Object.fromEntries(
  [...new URLSearchParams(page.dataset.filters)].map(([name, value]) => [name, name.endsWith("confidence") ? Number(value) : value]),
);
const svg = find(".viewer svg");
const viewer = new Viewer(svg);
const field = find("#typed");
const message = find("#message");
const problem = find("#problem");

let items = []; // the next items
let current = null;
let fetching = false;
let exhausted = false;
let drawing = null;
let decided = 0;
const seen = new Set(); // items that were decided here or are prefetched

const key = (item) => item.picture + " " + item.box.join();
const historyName = "streetnum.history." + page.dataset.reviewer;
const readHistory = () => {
  try {
    return JSON.parse(localStorage.getItem(historyName) ?? "[]");
  } catch {
    return [];
  }
};
const keepHistory = (entries) => localStorage.setItem(historyName, JSON.stringify(entries.slice(-50)));

const outbox = new Outbox("streetnum.outbox." + page.dataset.reviewer, (entry, status, content) => {
  const waiting = outbox?.entries.length ?? 0;
  const banner = find("#unsent");
  banner.hidden = waiting === 0;
  banner.classList.toggle("bad", outbox?.failed ?? false);
  banner.querySelector("span").textContent = (waiting === 1 ? "1 decision is" : `${waiting} decisions are`)
    + (outbox?.failed ? " kept in this browser until the server answers again." : " being sent.");
  if (!entry) return;
  // A decision or an undo may make other items available.
  exhausted = false;
  fetchMore();
  if (status === 409) refused(entry, content);
  else if (status >= 400) say(content.error?.message ?? "The server refused a decision.", true);
  else if (sample) estimate();
});

function say(text, isBad = false) {
  message.textContent = text;
  message.classList.toggle("bad", isBad);
  message.hidden = !text;
}

/** The reading has changed meanwhile: what is read there now is shown. */
function refused(entry, content) {
  const now = content.item;
  keepHistory(readHistory().filter((other) => other.id !== entry.id));
  seen.delete(key(entry.item));
  say((content.error?.message ?? "The reading has changed.") + (now ? " It is shown again." : ""), true);
  if (!now) return;
  if (current) items.unshift(current);
  show(now);
}

async function fetchMore() {
  if (fetching || exhausted || items.length >= ahead / 2) return;
  fetching = true;
  try {
    const answer = await fetch("/api/review/items", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...filters, sample, count: 100 }),
    });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.error?.message);
    problem.hidden = true;
    const waiting = new Set(outbox.entries.map((entry) => entry.item && key(entry.item)));
    const fresh = content.items.filter((item) => !seen.has(key(item)) && !waiting.has(key(item)));
    for (const item of fresh) seen.add(key(item));
    items.push(...fresh);
    exhausted = fresh.length === 0;
    prefetch();
    if (!current) next();
  } catch (error) {
    problem.textContent = error.message || "The server does not answer.";
    problem.hidden = current !== null;
    setTimeout(() => fetchMore(), 2000);
  } finally {
    fetching = false;
  }
}

function prefetch() {
  const load = (item, priority) => {
    if (item.loaded) return;
    item.loaded = new Image();
    item.loaded.fetchPriority = priority;
    item.loaded.src = item.crop;
  };
  items.slice(0, cropsFirst).forEach((item) => load(item, "high"));
  items.slice(0, 2).forEach((item) => (new Image().src = pictureAddress(item)));
  items.slice(cropsFirst).forEach((item) => load(item, "low"));
}

const pictureAddress = (item) => `/images/${item.picture}.jpg?side=1024`;

function next() {
  show(items.shift() ?? null);
  prefetch();
  fetchMore();
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function show(item) {
  current = item;
  endDrawing();
  field.value = "";
  find("#typing").classList.remove("asked");
  find("#empty").hidden = item !== null;
  find(".judge").hidden = item === null;
  if (!item) return;
  const [left, top, width, height] = item.box;
  const [partLeft, partTop, partWidth, partHeight] = item.part;
  const place = (l, t, w, h) => ({ x: l, y: t, width: w, height: h, preserveAspectRatio: "none" });
  svg.querySelectorAll("image, g, rect").forEach((old) => old.remove());
  const whole = element("image", { href: pictureAddress(item), ...place(0, 0, item.width, item.height) });
  const crop = element("image", { href: item.crop, class: "crop", ...place(partLeft, partTop, partWidth, partHeight) });
  const box = element("g", { class: "chosen" });
  for (const kind of ["rim", "box"]) box.append(element("rect", { class: kind, x: left, y: top, width, height }));
  svg.append(whole, crop, box);
  find("#gone").hidden = true;
  whole.addEventListener("error", async () => {
    whole.dataset.gone = "yes";
    // An unreachable server does not mean that the photograph is gone.
    const answer = await fetch(pictureAddress(item)).catch(() => null);
    if (answer?.status === 404 && current === item) find("#gone").hidden = false;
  });
  svg.dataset.picture = `/images/${item.picture}.jpg`;
  viewer.image = whole;
  viewer.whole = { left: 0, top: 0, width: item.width, height: item.height };
  viewer.view = { left: partLeft, top: partTop, width: partWidth, height: partHeight };
  viewer.show();
  const hidden = Boolean(sample);
  find("#read").hidden = hidden;
  find("#hidden").hidden = !hidden;
  find("#reading").textContent = hidden ? "" : item.text;
  find("#share").textContent = hidden ? "" : item.confidence.toFixed(4);
  const confirm = find("[data-action=confirm]");
  confirm.hidden = hidden;
  confirm.querySelector("span").textContent = "Confirm " + item.text;
  find("#image").textContent = item.image;
  find("#archive").textContent = item.archive;
  find("#open").href = `/pictures/${item.picture}#box=${item.box.join()}`;
  svg.setAttribute("aria-label", hidden ? "A number in " + item.image : `${item.text} in ${item.image}`);
  if (hidden) field.focus();
}

function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Writes a decision down here, shows what comes next, and sends it. */
function decide(verdict, text, { stays = false, box = current?.box } = {}) {
  if (!current) return;
  const item = current;
  const id = identifier();
  const body = { id, picture: item.picture, verdict, box };
  if (verdict !== "missed") body.shown = item.text;
  if (text) body.text = text;
  if (sample && verdict !== "missed") body.sample = sample;
  else body.mode = "queue";
  const kept = { ...item, loaded: undefined };
  outbox.add({ id, address: "/api/decisions", body, item: kept });
  const told = { confirmed: `${item.text} confirmed`, corrected: `${item.text} corrected to ${text}`, not_a_number: `${item.text} is not a number`,
    missed: `${text} added`, skipped: "Skipped" }[verdict];
  keepHistory([...readHistory(), { id, item: kept, told }]);
  decided += 1;
  find("#decided").textContent = decided;
  recent();
  say(told + ".");
  if (!stays) next();
}

function recent() {
  find("#recent").replaceChildren(...readHistory().slice(-6).reverse().map((entry) => {
    const line = document.createElement("li");
    line.textContent = entry.told;
    return line;
  }));
}

/** The last decision of this reviewer: of this browser, else of whichever the server knows. */
async function lastDecision() {
  const entries = readHistory();
  const last = entries.pop();
  if (last) {
    keepHistory(entries);
    return last;
  }
  try {
    const { decision, item } = await (await fetch("/api/review/last")).json();
    return decision && item ? { id: decision.id, item, told: `${decision.verdict.replaceAll("_", " ")}` } : null;
  } catch {
    return null;
  }
}

async function undo() {
  const last = await lastDecision();
  if (!last) return say("There is nothing to undo.");
  if (!outbox.take(last.id)) {
    const id = identifier();
    outbox.add({ id, address: `/api/decisions/${last.id}/undo`, body: { id } });
  }
  if (current && key(current) !== key(last.item)) items.unshift(current);
  recent();
  show(last.item);
  say(`Undone: ${last.told}.`);
}

/** A number that was not found: a box is drawn with the pointer or by the arrow keys, then its digits are typed. */
function startDrawing() {
  if (!current) return;
  viewer.look({ left: current.box[0], top: current.box[1], width: current.box[2], height: current.box[3] }, 8);
  const { left, top, width, height } = viewer.view;
  drawing = { left: left + width * 0.4, top: top + height * 0.45, width: width * 0.2, height: height * 0.1 };
  svg.classList.add("drawing");
  viewer.onDraw = (from, to) => {
    drawing = { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
    showDrawing();
  };
  find("#draw").hidden = false;
  find("[data-action=missed]").setAttribute("aria-pressed", "true");
  showDrawing();
  svg.focus();
  say("");
}

function showDrawing() {
  svg.querySelector("rect.drawn")?.remove();
  const { left: x, top: y, width, height } = drawing;
  svg.append(element("rect", { class: "drawn", x, y, width: Math.max(width, 1), height: Math.max(height, 1) }));
}

function endDrawing() {
  drawing = null;
  viewer.onDraw = null;
  svg.classList.remove("drawing");
  svg.querySelector("rect.drawn")?.remove();
  find("#draw").hidden = true;
  find("[data-action=missed]").removeAttribute("aria-pressed");
}

function moveDrawing(event) {
  const step = Math.max(1, viewer.view.width / 100);
  const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
  if (event.shiftKey) {
    drawing.width = Math.max(step, drawing.width + right * step);
    drawing.height = Math.max(step, drawing.height + down * step);
  } else {
    drawing.left += right * step;
    drawing.top += down * step;
  }
  showDrawing();
}

function drawnBox() {
  const left = Math.max(0, Math.round(drawing.left)), top = Math.max(0, Math.round(drawing.top));
  const right = Math.min(current.width, Math.round(drawing.left + drawing.width));
  const bottom = Math.min(current.height, Math.round(drawing.top + drawing.height));
  return right - left >= 4 && bottom - top >= 4 ? [left, top, right - left, bottom - top] : null;
}

function typed() {
  const text = field.value.trim();
  if (!/^[0-9]{1,6}$/.test(text)) {
    say("Type one to six digits.", true);
    return field.focus();
  }
  if (drawing) {
    const box = drawnBox();
    if (!box) return say("The box is too small, or lies outside the picture.", true);
    decide("missed", text, { stays: true, box });
    endDrawing();
    field.value = "";
    return field.blur();
  }
  if (!current) return;
  const isSame = text === current.text;
  field.blur();
  decide(isSame ? "confirmed" : "corrected", isSame ? undefined : text);
}

const actions = {
  confirm: () => (sample ? field.focus() : decide("confirmed")),
  correct: () => {
    find("#typing").classList.add("asked");
    field.focus();
    field.select();
  },
  reject: () => decide("not_a_number"),
  missed: () => (drawing ? endDrawing() : startDrawing()),
  skip: () => decide("skipped"),
  undo,
};

const shortcuts = new Shortcuts({ confirm: "c", correct: "e", reject: "n", missed: "m", skip: "s", undo: "u" });
shortcuts.connect(document.querySelector("#keys"), find("[data-keys]"), names);
for (const button of page.querySelectorAll("[data-action]")) button.addEventListener("click", () => actions[button.dataset.action]());
viewer.connect(page.querySelectorAll("[data-zoom]"));

document.addEventListener("keydown", (event) => {
  if (drawing && event.target !== field) {
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      return moveDrawing(event);
    }
    if (event.key === "Enter" && event.target === svg) {
      event.preventDefault();
      return field.focus();
    }
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    endDrawing();
    field.blur();
    return;
  }
  const action = shortcuts.action(event);
  if (!action || event.repeat) return;
  event.preventDefault();
  actions[action]();
});
find("#typing").addEventListener("submit", (event) => {
  event.preventDefault();
  typed();
});

async function estimate() {
  if (!sample) return;
  try {
    const answer = await fetch(`/api/samples/${sample}`);
    if (!answer.ok) return;
    const { decided: count, right, interval, population } = await answer.json();
    const share = (value) => (100 * value).toFixed(1) + " %";
    find("#estimate").textContent = count
      ? `${right} of ${count} right: ${share(right / count)} (95 % interval ${share(interval[0])} to ${share(interval[1])}), of ${population} numbers.`
      : `Nothing is decided yet, of ${population} numbers.`;
  } catch {
    // It will be shown after the next decision.
  }
}

recent();
estimate();
fetchMore();
