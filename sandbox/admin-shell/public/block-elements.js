// Light stand-ins for the elements Shopify gives to blocks: those that need more than a style sheet; block.css has the looks of all.

"use strict";

{ // a classic script's names are everybody's, and a frame without an origin loads no modules
  const { app } = JSON.parse(document.getElementById("block-data").textContent);

  function define(name, { attributes = [], template = "<slot></slot>", role = null, update = () => undefined }) {
    customElements.define(name, class extends HTMLElement {
      static observedAttributes = attributes;

      constructor() {
        super();
        this.attachShadow({ mode: "open" }).innerHTML = template;
      }

      connectedCallback() {
        if (role !== null) this.setAttribute("role", role);
        update(this, this.shadowRoot);
      }

      attributeChangedCallback() {
        update(this, this.shadowRoot);
      }
    });
  }

  const read = (element, name) => element.getAttribute(name) ?? "";

  define("s-admin-block", {
    attributes: ["heading"],
    template: `<style>
header { display: flex; align-items: center; gap: 8px; margin-bottom: 12px; }
.icon { display: grid; place-items: center; width: 20px; height: 20px; border-radius: 5px; background: #1f5f4a; color: #fff; font-size: 12px; font-weight: 700; }
h2 { margin: 0; font-size: 14px; font-weight: 650; }
</style><header><span class="icon" aria-hidden="true"></span><h2></h2></header><slot></slot>`,
    update(element, root) {
      root.querySelector(".icon").textContent = app.name.slice(0, 1);
      root.querySelector("h2").textContent = read(element, "heading") || app.name;
    },
  });

  define("s-box", {
    attributes: ["minblocksize"],
    update: (element) => { element.style.minBlockSize = read(element, "minblocksize"); },
  });

  define("s-link", {
    attributes: ["href"],
    template: `<style>a { color: #005bd3; } a:focus-visible { outline: 2px solid #005bd3; outline-offset: 1px; border-radius: 2px; }</style><a target="_top"><slot></slot></a>`,
    update: (element, root) => { root.querySelector("a").href = toAdmin(read(element, "href")); },
  });

  /** `app:` leads into the app, `shopify:admin` to the Admin's own pages */
  function toAdmin(href) {
    return href.replace(/^app:\/*/, `${app.home}/`).replace(/^shopify:\/*admin\//, "/admin/");
  }

  define("s-button", {
    template: `<style>
button { min-height: 32px; padding: 4px 12px; border: 1px solid #c9c9c9; border-radius: 8px; background: #fff; color: #303030; font: inherit; font-weight: 600; cursor: pointer; box-shadow: 0 1px 0 rgb(0 0 0 / 10%); }
button:hover { background: #f5f5f5; }
button:focus-visible { outline: 2px solid #005bd3; outline-offset: 1px; }
</style><button type="button"><slot></slot></button>`,
  });

  define("s-spinner", {
    attributes: ["accessibilitylabel"],
    role: "status",
    template: "",
    update: (element) => { element.setAttribute("aria-label", read(element, "accessibilitylabel")); },
  });

  define("s-unordered-list", { role: "list" });
  define("s-list-item", { role: "listitem" });
}
