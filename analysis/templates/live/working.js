/* Says "Working …" in panels, from a change of a control until the kernel has done all that came of it.
   Changes wait in the kernel's queues, and a control that changes again before the last change is done sends that later;
   so every message to the widgets that is sent after a change is waited for. Where the page does not tell of messages,
   the kernel says when it works. A change of the choices, whose panel leads, concerns every panel of the notebook, any
   other its own. */
function sayWorking(model, el) {
  const still = 50, patient = 1000; // milliseconds
  const kernel = model.widget_manager?.kernel;
  const panel = () => el.closest(".parallax-panel");
  const soon = () => panel()?.classList.contains("parallax-leads") ? 0 : 100; // most of what one view does is done by then
  const told = document.createElement("p");
  told.className = "parallax-told";
  told.setAttribute("role", "status");
  el.append(told);
  const sent = new Set();
  let concerned = false, timer = 0, signs = [];

  const place = () => {
    const top = el.closest(".jp-WindowedPanel-outer, .jp-Notebook")?.getBoundingClientRect().top ?? 0;
    for (const sign of signs) {
      const { top: own, height } = sign.parentElement.getBoundingClientRect();
      sign.style.top = `${Math.max(0, Math.min(top - own, height - sign.offsetHeight))}px`;
    }
  };
  const mark = (one) => {
    if (one.querySelector(":scope > .parallax-working")) one.setAttribute("aria-busy", "true");
    else one.removeAttribute("aria-busy");
  };
  const begin = () => {
    const own = panel(), notebook = el.closest(".jp-Notebook") ?? document;
    if (!own || signs.length) return;
    const leads = own.classList.contains("parallax-leads");
    signs = [...(leads ? notebook.querySelectorAll(".parallax-leads, .parallax-follows") : [own])].map((one) => {
      const sign = document.createElement("p");
      sign.className = "parallax-working";
      sign.textContent = "Working …";
      sign.setAttribute("aria-hidden", "true"); // it is told once, not by each panel
      one.append(sign);
      mark(one);
      return sign;
    });
    told.textContent = "Working …";
    place();
  };
  const end = () => {
    clearTimeout(timer);
    const panels = signs.map((sign) => sign.parentElement).filter(Boolean);
    signs.forEach((sign) => sign.remove());
    panels.forEach(mark);
    [concerned, timer, signs, told.textContent] = [false, 0, [], ""];
  };
  const then = (act, after) => {
    clearTimeout(timer);
    timer = setTimeout(act, after);
  };
  const look = () => sent.size ? begin() : end();
  const changed = ({ target }) => {
    const own = panel();
    if (!kernel?.anyMessage || !own?.contains(target) || own.matches(".jupyter-widgets-disconnected")) return;
    concerned = true;
    if (!signs.length) then(look, sent.size ? soon() : patient); // a file is read before anything is sent
  };
  const clicked = (event) => event.target.closest(".jupyter-button, .dt-container tbody tr") && changed(event);
  const passed = (_, { direction, msg: { header, parent_header: asked, content } }) => {
    if (direction === "send" && header.msg_type === "comm_msg") {
      sent.add(header.msg_id);
      if (concerned && !signs.length && sent.size === 1) then(look, soon());
    } else if (header.msg_type === "status" && content.execution_state === "idle" && sent.delete(asked.msg_id)) {
      if (concerned && !sent.size) then(look, still); // what waited for this is sent now
    }
  };
  const lost = (_, status) => {
    if (!["restarting", "autorestarting", "terminating", "dead", "connecting", "disconnected"].includes(status)) return;
    sent.clear();
    end();
  };
  const heard = ({ working }) => {
    if (working !== undefined && !kernel?.anyMessage) working ? begin() : end();
  };

  model.on("msg:custom", heard);
  kernel?.anyMessage?.connect(passed);
  kernel?.statusChanged?.connect(lost);
  kernel?.connectionStatusChanged?.connect(lost);
  document.addEventListener("change", changed, true);
  document.addEventListener("click", clicked, true);
  document.addEventListener("scroll", place, true);
  return () => {
    end();
    model.off("msg:custom", heard);
    kernel?.anyMessage?.disconnect(passed);
    kernel?.statusChanged?.disconnect(lost);
    kernel?.connectionStatusChanged?.disconnect(lost);
    document.removeEventListener("change", changed, true);
    document.removeEventListener("click", clicked, true);
    document.removeEventListener("scroll", place, true);
  };
}
