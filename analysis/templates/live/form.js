/* Keeps the keys of its form (keys.js), and answers when it is asked: what was entered before that has then been sent,
   also what waited for its turn. */
function initialize({ model }) {
  model.on("change:asked", () => {
    model.set("answered", model.get("asked"));
    model.save_changes();
  });
}

export default { initialize, render: keepKeys };
