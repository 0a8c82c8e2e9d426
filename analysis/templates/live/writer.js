/* Puts code into a new cell below the one that this widget stands in; where that cannot be done, shows it to be copied.
   It also keeps the keys of its panel (keys.js), says there that the kernel works (working.js), tells the
   kernel where it is drawn and given up, and where a link there leads to a sentence of an article that is not
   shown, it asks for that article and goes to the sentence once it is there. */
function place(el) {
  const cell = el.closest(".jp-Cell");
  const all = [...(el.closest(".jp-Notebook")?.querySelectorAll(".jp-Cell") ?? [])];
  const index = cell?.dataset.windowedListIndex ?? all.indexOf(cell);
  return cell ? Number(index) + 1 : -1;
}

function write(model, el) {
  const notebook = model.widget_manager?.context?.model?.sharedModel;
  const index = place(el);
  if (!notebook?.insertCell || index < 1) return false;
  notebook.insertCell(index, { cell_type: "code", source: model.get("code"), metadata: { trusted: true } });
  return true;
}

function reach(id, frames = 300) {
  const found = document.getElementById(id);
  if (found) found.scrollIntoView({ block: "center" });
  else if (frames) requestAnimationFrame(() => reach(id, frames - 1));
}

function render({ model, el }) {
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const code = document.createElement("pre");
  code.hidden = true;
  el.append(said, code);
  model.on("change:asked", () => {
    const done = write(model, el);
    said.textContent = done ? "Written into a new cell below." : "This program lets no cell be written; here is the code to copy.";
    code.textContent = done ? "" : model.get("code");
    code.hidden = done;
  });
  const lead = (event) => {
    const link = event.target.closest('a[href^="#a"]');
    const id = link?.getAttribute("href").slice(1);
    if (!id || document.getElementById(id) || !el.closest(".parallax-panel")?.contains(link)) return;
    event.preventDefault();
    model.send({ wanted: id });
  };
  model.on("msg:custom", (message) => message.reach && reach(message.reach));
  const tell = (shown) => {
    try {
      model.send({ shown });
    } catch {} // there is no kernel any more
  };
  const give = keepKeys();
  const rest = sayWorking(model, el);
  document.addEventListener("click", lead);
  tell(1);
  return () => {
    tell(-1);
    give();
    rest();
    document.removeEventListener("click", lead);
  };
}

export default { render };
