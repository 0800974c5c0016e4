// The page of a picture: zooming, and the message if the photograph is gone.
import { Viewer } from "./viewer.js";

const svg = document.querySelector(".viewer svg");
if (svg) {
  const viewer = new Viewer(svg);
  const tools = document.querySelector(".viewer .tools");
  tools.hidden = false;
  viewer.connect(tools.querySelectorAll("[data-zoom]"));
  for (const link of document.querySelectorAll("[data-box]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const [left, top, width, height] = link.dataset.box.split(",").map(Number);
      viewer.look({ left, top, width, height });
      for (const other of document.querySelectorAll("[data-box]")) {
        const isChosen = other === link;
        if (isChosen) other.closest("tr").setAttribute("aria-current", "true");
        else other.closest("tr").removeAttribute("aria-current");
        svg.querySelector(`[data-of="${other.dataset.box}"]`)?.classList.toggle("chosen", isChosen);
      }
      svg.focus({ preventScroll: true });
      svg.scrollIntoView({ block: "nearest" });
    });
  }
  const image = svg.querySelector("image");
  image.addEventListener("error", async () => {
    image.dataset.gone = "yes";
    const note = document.querySelector("#gone");
    try {
      const answer = await fetch(image.getAttribute("href"), { headers: { Accept: "application/json" } });
      if (answer.ok) return;
      note.querySelector("[data-why]").textContent = (await answer.json()).error.message;
    } catch {
      note.querySelector("[data-why]").textContent = "The server does not answer.";
    }
    note.hidden = false;
  });
  if (location.hash.startsWith("#box=")) {
    const chosen = document.querySelector(`[data-box="${CSS.escape(location.hash.slice(5))}"]`);
    // After the browser has scrolled to the row with that id.
    const choose = () => requestAnimationFrame(() => chosen?.click());
    if (document.readyState === "complete") choose();
    else window.addEventListener("load", choose);
  }
}
