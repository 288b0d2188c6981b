// Choosing from a list in a modal: products and variants of the shop, or whatever list the app brings.

/** a promise of what was ticked, or undefined when the modal was closed without choosing */
function choose({ title, action, listRows, isMultiple, initialQuery = "" }) {
  return new Promise((resolve) => {
    const list = make("ul", { className: "app-bridge-rows" });
    const search = make("input", { className: "app-bridge-search", type: "search", value: initialQuery, placeholder: say("search") });
    search.setAttribute("aria-label", say("search"));
    const chosen = new Map();
    const finish = (value) => {
      overlay.remove();
      resolve(value);
    };
    const buttons = () => [
      { label: say("cancel"), press: () => finish(undefined) },
      { label: say(action), variant: "primary", isDisabled: chosen.size === 0, press: () => finish([...chosen.values()]) },
    ];
    const overlay = openOverlay({ title, body: make("div", {}, search, list), buttons: buttons(), close: () => finish(undefined) });

    async function fill() {
      const rows = await listRows(search.value);
      const limit = typeof isMultiple === "number" ? isMultiple : isMultiple ? Infinity : 1;
      list.replaceChildren(...rows.map((row) => make("li", {}, makeRow(row, limit))));
      if (rows.length === 0) list.append(make("li", { className: "app-bridge-empty", textContent: say("nothingFound") }));
    }

    function makeRow(row, limit) {
      if (row.isSelected && chosen.size < limit) chosen.set(row.id, row.value);
      const box = make("input", { type: "checkbox", checked: chosen.has(row.id), disabled: Boolean(row.isDisabled) });
      box.onchange = () => {
        if (box.checked && limit === 1) chosen.clear();
        if (box.checked && chosen.size < limit) chosen.set(row.id, row.value);
        else chosen.delete(row.id);
        for (const each of list.querySelectorAll("input")) each.checked = chosen.has(each.value);
        overlay.setButtons(buttons());
      };
      box.value = row.id;
      return make("label", { className: row.isVariant ? "is-variant" : "" }, box, make("span", { textContent: row.label }));
    }

    search.oninput = fill;
    search.focus();
    fill().then(() => overlay.setButtons(buttons()));
  });
}

async function resourcePicker({ type, action = "add", multiple = false, query: initialQuery = "", selectionIds = [], filter = {} }) {
  const selected = new Set(selectionIds.map(({ id }) => id));
  const listRows = async (typed) => {
    const products = type === "collection" ? [] : await listProducts([filter.query, typed].filter(Boolean).join(" "));
    return products.flatMap((product) =>
      type === "product"
        ? [{ id: product.id, label: product.title, value: product, isSelected: selected.has(product.id) }]
        : product.variants.map((variant) => ({ id: variant.id, label: variant.displayName, value: variant, isSelected: selected.has(variant.id) })));
  };
  const selection = await choose({ title: say("products"), action, listRows, isMultiple: multiple, initialQuery });
  return selection === undefined ? undefined : Object.assign(selection, { selection });
}

async function listProducts(typed) {
  const answer = await plainFetch(`/sandbox/shell/products.json?query=${encodeURIComponent(typed)}`);
  return answer.json();
}

async function picker({ heading, multiple = false, items }) {
  const toRow = ({ id, heading: name, data = [], disabled, selected }) =>
    ({ id, value: id, label: [name, ...data].join(" · "), isDisabled: disabled, isSelected: selected });
  const listRows = async (typed) => items.filter((item) => item.heading.toLowerCase().includes(typed.toLowerCase())).map(toRow);
  return { selected: choose({ title: heading, action: "select", listRows, isMultiple: multiple }) };
}
