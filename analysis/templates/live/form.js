/* Keeps JupyterLab's shortcuts from taking the keys that are pressed in a form, and answers when it is asked: what was
   entered before that has then been sent, also what waited for its turn. */
function initialize({ model }) {
  model.on("change:asked", () => {
    model.set("answered", model.get("asked"));
    model.save_changes();
  });
}

function render() {
  const keep = (event) => {
    if (event.target.closest(".parallax-panel")) event.target.dataset.lmSuppressShortcuts = "true";
  };
  document.addEventListener("focusin", keep);
  return () => document.removeEventListener("focusin", keep);
}

export default { initialize, render };
