// What the pretend theme remembers, in the files a real one keeps it in: which app embeds are on, which app blocks stand on which template, with what settings.

import type { ShopState } from "../../shop/model.ts";

export const templates = ["index", "product", "cart", "page"] as const;
export type TemplateName = (typeof templates)[number];

export type SettingValue = string | number | boolean;
export type BlockSettings = Record<string, SettingValue>;
export type PlacedBlock = { id: string; handle: string; settings: BlockSettings };

type StoredBlock = { type: string; disabled?: boolean; settings: BlockSettings };
type SettingsData = { current: { blocks: Record<string, StoredBlock> } };
type Template = { sections: { main: { type: string; settings: object }; apps: { type: "apps"; blocks: Record<string, StoredBlock>; block_order: string[]; settings: object } }; order: string[] };

export type ThemeFiles = {
  /** app embeds the merchant ever switched on, by the block's handle */
  findEmbed: (handle: string) => (PlacedBlock & { isOn: boolean }) | null;
  saveEmbed: (handle: string, wish: { isOn: boolean; settings: BlockSettings }) => void;
  listBlocks: (template: TemplateName) => PlacedBlock[];
  /** at most one of a kind stands on a template here */
  saveBlock: (template: TemplateName, handle: string, settings: BlockSettings) => void;
  removeBlock: (template: TemplateName, handle: string) => void;
  /** the shop's one page, made for what the app has to say, until the merchant changes it */
  makePage: (handles: readonly string[]) => void;
  /** file names and contents as the Admin API gives them */
  read: () => Map<string, string>;
};

const EXTENSION_UUID = "019a2f10-6c1d-7b8e-9f57-3d1f5a7c2e60"; // what Shopify gives an extension when it is first deployed
const FIRST_ID = 17_000_000_000_000_000_000n; // ids of embeds look like this one

export function createThemeFiles(state: ShopState, appHandle: string): ThemeFiles {
  const typeOf = (handle: string): string => `shopify://apps/${appHandle}/blocks/${handle}/${EXTENSION_UUID}`;
  const readSettings = (): SettingsData => (state.recall("theme:settings") ?? { current: { blocks: {} } }) as SettingsData; // only this file stores under these keys
  const readTemplate = (template: TemplateName): Template => (state.recall(`theme:template:${template}`) ?? createTemplate(template, [], typeOf)) as Template; // likewise
  const change = (template: TemplateName, edit: (apps: Template["sections"]["apps"]) => void): void => {
    const file = readTemplate(template);
    edit(file.sections.apps);
    state.remember(`theme:template:${template}`, file);
  };
  return {
    findEmbed(handle) {
      const found = Object.entries(readSettings().current.blocks).find(([, { type }]) => type === typeOf(handle));
      return found === undefined ? null : { id: found[0], handle, settings: found[1].settings, isOn: found[1].disabled !== true };
    },
    saveEmbed(handle, { isOn, settings }) {
      const file = readSettings();
      const { blocks } = file.current;
      const id = Object.keys(blocks).find((key) => blocks[key]?.type === typeOf(handle)) ?? String(FIRST_ID + BigInt(Object.keys(blocks).length));
      blocks[id] = { type: typeOf(handle), disabled: !isOn, settings };
      state.remember("theme:settings", file);
    },
    listBlocks: (template) => {
      const { blocks, block_order: order } = readTemplate(template).sections.apps;
      return order.flatMap((id) => {
        const block = blocks[id];
        return block === undefined ? [] : [{ id, handle: block.type.split("/")[5] ?? "", settings: block.settings }];
      });
    },
    saveBlock: (template, handle, settings) => change(template, (apps) => {
      const id = idOf(handle, typeOf);
      apps.blocks[id] = { type: typeOf(handle), settings };
      if (!apps.block_order.includes(id)) apps.block_order.push(id);
    }),
    removeBlock: (template, handle) => change(template, (apps) => {
      const id = idOf(handle, typeOf);
      apps.blocks = Object.fromEntries(Object.entries(apps.blocks).filter(([key]) => key !== id));
      apps.block_order = apps.block_order.filter((each) => each !== id);
    }),
    makePage(handles) {
      if (state.recall("theme:template:page") == null) state.remember("theme:template:page", createTemplate("page", handles, typeOf));
    },
    read: () => new Map([
      ["config/settings_data.json", JSON.stringify(readSettings(), null, 2)],
      ...templates.map((template): [string, string] => [`templates/${template}.json`, JSON.stringify(readTemplate(template), null, 2)]),
    ]),
  };
}

function createTemplate(template: TemplateName, handles: readonly string[], typeOf: (handle: string) => string): Template {
  const blocks = Object.fromEntries(handles.map((handle) => [idOf(handle, typeOf), { type: typeOf(handle), settings: {} }]));
  return { sections: { main: { type: `main-${template}`, settings: {} }, apps: { type: "apps", blocks, block_order: Object.keys(blocks), settings: {} } }, order: ["main", "apps"] };
}

const idOf = (handle: string, typeOf: (handle: string) => string): string => `${typeOf(handle).split("/")[3] ?? ""}_${handle.replaceAll("-", "_")}`;
