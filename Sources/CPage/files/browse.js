// Search while typing, and the threshold of the histogram. Without this script, the form and the links do the same.

const form = document.querySelector("#search");
const results = document.querySelector("#results");
const said = document.querySelector("#said");
let timer, latest;

async function load(address, { push = true, focus = false } = {}) {
  latest?.abort();
  const request = (latest = new AbortController());
  results.setAttribute("aria-busy", "true");
  try {
    const url = new URL(address, location.href);
    const shown = url.href;
    url.searchParams.set("fragment", "1");
    const answer = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const part = page.querySelector("#results") ?? page.querySelector("main");
    results.replaceChildren(...part.childNodes);
    if (push) history.replaceState(null, "", shown);
    said.textContent = results.querySelector("[data-count]")?.textContent ?? "";
    threshold();
    if (focus) results.querySelector("a")?.focus();
  } catch (error) {
    if (error.name === "AbortError") return;
    said.textContent = "The server does not answer.";
    document.querySelector("#unreachable").hidden = false;
    return;
  } finally {
    if (latest === request) results.removeAttribute("aria-busy");
  }
  document.querySelector("#unreachable").hidden = true;
}

function address() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
  const query = fields.toString();
  return form.action.split("?")[0] + (query ? "?" + query : "");
}

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  timer = setTimeout(() => load(address()), event.target.matches("select, [type=checkbox]") ? 0 : 180);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  load(address());
});
results.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-page]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load(link.href, { focus: true }).then(() => results.scrollIntoView());
});

// The share kept and the expected precision at the slider's threshold.
function threshold() {
  const chart = results.querySelector("[data-counts]");
  const slider = results.querySelector("#threshold");
  if (!chart || !slider) return;
  const counts = chart.dataset.counts.split(",").map(Number);
  const sums = chart.dataset.sums.split(",").map(Number); // in 1/10,000
  slider.closest("div").hidden = false;
  const all = counts.reduce((a, b) => a + b, 0);
  const update = () => {
    const from = Number(slider.value); // hundredths, which are the indices of the counts
    const kept = counts.slice(from).reduce((a, b) => a + b, 0);
    const sum = sums.slice(from).reduce((a, b) => a + b, 0);
    const share = (value) => (100 * value).toFixed(1) + " %";
    results.querySelector("#at").textContent = (slider.value / 100).toFixed(2);
    results.querySelector("#kept").textContent = all ? share(kept / all) : "–";
    results.querySelector("#precision").textContent = kept ? share(sum / kept / 10000) : "–";
    chart.querySelectorAll("rect[data-bin]").forEach((bar) => bar.classList.toggle("out", Number(bar.dataset.bin) < from));
  };
  slider.addEventListener("input", update);
  update();
}
threshold();
