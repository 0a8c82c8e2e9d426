/* Before the script of each widget that serves a panel: keeps JupyterLab's shortcuts from taking the keys that are
   pressed there. What it returns ends that. */
function keepKeys() {
  const keep = (event) => {
    if (event.target.closest(".parallax-panel")) event.target.dataset.lmSuppressShortcuts = "true";
  };
  document.addEventListener("focusin", keep);
  return () => document.removeEventListener("focusin", keep);
}
