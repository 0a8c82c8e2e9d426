/* Keeps the keys of its form (keys.js), and answers when it is asked: with what stands in the fields, which may be on
   their way to the kernel still, and overtaken there. */
function initialize({ model }) {
  model.on("change:asked", async () => {
    const entered = {};
    for (const id of model.widget_manager ? model.get("fields") : []) {
      const field = await model.widget_manager.get_model(id);
      entered[id] = field.get("index") ?? field.get("value");
    }
    model.set({ entered, answered: model.get("asked") });
    model.save_changes();
  });
}

export default { initialize, render: keepKeys };
