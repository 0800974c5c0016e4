// Zooming and panning in a picture that is an <svg> with a viewBox in pixels of the picture; a sharper picture is
// loaded for the visible part when zoomed in.

const smallest = 24; // the width in pixels of the picture at the highest zoom

export class Viewer {
  /** @param svg whose viewBox is the picture; `data-picture` is the picture's address without a query. */
  constructor(svg) {
    this.svg = svg;
    this.image = svg.querySelector("image");
    const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    this.whole = { left: 0, top: 0, width: Number(svg.dataset.width || width), height: Number(svg.dataset.height || height) };
    this.view = { left, top, width, height };
    this.pointers = new Map();
    this.onDraw = null;
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => this.up(event));
    svg.addEventListener("keydown", (event) => this.key(event));
    this.show();
  }

  /** Where on the picture a place on the screen is. */
  place(event) {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return { x: 0, y: 0 };
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return { x: point.x, y: point.y };
  }

  zoom(factor, at) {
    const { left, top, width, height } = this.view;
    const centre = at ?? { x: left + width / 2, y: top + height / 2 };
    const most = Math.max(this.whole.width, this.whole.height) * 1.5;
    const scale = Math.min(Math.max(factor, smallest / Math.max(width, height)), most / Math.max(width, height));
    this.view = {
      left: centre.x - (centre.x - left) * scale, top: centre.y - (centre.y - top) * scale,
      width: width * scale, height: height * scale,
    };
    this.show();
  }

  pan(right, down) {
    this.view.left += right;
    this.view.top += down;
    this.show();
  }

  fit() {
    this.view = { ...this.whole };
    this.show();
  }

  /** Shows a box with some of its surroundings. */
  look(box, margin = 3) {
    const side = Math.max(box.width, box.height) * margin;
    this.view = {
      left: box.left + box.width / 2 - side / 2, top: box.top + box.height / 2 - side / 2, width: side, height: side,
    };
    this.show();
  }

  show() {
    // The centre stays on the picture.
    const { whole, view } = this;
    view.left = Math.min(Math.max(view.left, -view.width / 2), whole.width - view.width / 2);
    view.top = Math.min(Math.max(view.top, -view.height / 2), whole.height - view.height / 2);
    this.svg.setAttribute("viewBox", [view.left, view.top, view.width, view.height].join(" "));
    this.scaleTexts();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sharpen(), 250);
  }

  /** Texts have one size on the screen, however close one looks. */
  scaleTexts() {
    const box = this.svg.getBoundingClientRect();
    const scale = Math.max(this.view.width / (box.width || 1), this.view.height / (box.height || 1));
    for (const text of this.svg.querySelectorAll("text")) text.setAttribute("font-size", 16 * scale);
  }

  /** Loads the part that is seen where the whole picture is too coarse for it. */
  sharpen() {
    const address = this.svg.dataset.picture;
    if (!address || !this.image || this.image.dataset.gone) return;
    const { whole, view } = this;
    const left = Math.max(0, Math.floor(view.left)), top = Math.max(0, Math.floor(view.top));
    const right = Math.min(whole.width, Math.ceil(view.left + view.width));
    const bottom = Math.min(whole.height, Math.ceil(view.top + view.height));
    if (right - left < 1 || bottom - top < 1) return;
    const screen = this.svg.getBoundingClientRect().width * Math.min(window.devicePixelRatio, 2);
    const coarse = Math.max(whole.width, whole.height) / Number(this.svg.dataset.side || 1024);
    const needed = view.width / screen;
    let part = this.svg.querySelector(".part");
    if (coarse <= 1 || coarse <= needed * 1.2) {
      part?.remove();
      return;
    }
    if (part && part.dataset.place === [left, top, right, bottom].join()) return;
    const next = document.createElementNS("http://www.w3.org/2000/svg", "image");
    next.setAttribute("class", "part");
    next.dataset.place = [left, top, right, bottom].join();
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top, preserveAspectRatio: "none" })) {
      next.setAttribute(name, value);
    }
    const side = Math.max(16, Math.min(2048, right - left > bottom - top ? right - left : bottom - top));
    next.addEventListener("load", () => part?.remove());
    next.addEventListener("error", () => next.remove());
    next.setAttribute("href", `${address}?side=${side}&part=${left},${top},${right - left},${bottom - top}`);
    this.image.after(next);
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300))), this.place(event));
  }

  down(event) {
    this.svg.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
    this.start = this.place(event);
    this.svg.classList.toggle("dragged", !this.onDraw);
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.place(event);
    if (this.onDraw && this.pointers.size === 1) return this.onDraw(this.start, now);
    if (this.pointers.size === 2) {
      const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const distance = (place) => Math.hypot(place.x - other.x, place.y - other.y) || 1;
      return this.zoom(distance(before) / distance(now), other);
    }
    this.pan(before.x - now.x, before.y - now.y);
  }

  up(event) {
    this.pointers.delete(event.pointerId);
    this.svg.classList.remove("dragged");
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || this.onDraw) return;
    const step = this.view.width / 8;
    const actions = {
      "+": () => this.zoom(1 / 1.5), "=": () => this.zoom(1 / 1.5), "-": () => this.zoom(1.5), "0": () => this.fit(),
      ArrowLeft: () => this.pan(-step, 0), ArrowRight: () => this.pan(step, 0), ArrowUp: () => this.pan(0, -step),
      ArrowDown: () => this.pan(0, step),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /** Connects the buttons beside it: `data-zoom` is in, out or fit. */
  connect(buttons) {
    for (const button of buttons) {
      button.addEventListener("click", () => {
        if (button.dataset.zoom === "fit") this.fit();
        else this.zoom(button.dataset.zoom === "in" ? 1 / 1.5 : 1.5);
      });
    }
  }
}
