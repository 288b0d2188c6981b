// A block's settings as a form, and what of a form's answers may be kept.

import { flag, html, type Markup } from "../../admin-shell/markup.ts";
import type { ThemeBlock, ThemeSetting } from "./theme-extension.ts";
import type { BlockSettings, SettingValue } from "./theme-files.ts";

export type SettingFault = { label: string; value: string };
export type SettingsAnswer = { ok: true; settings: BlockSettings } | { ok: false; fault: SettingFault };
type Shown = { say: (text: string | undefined) => string; handle: string; settings: BlockSettings };

const TEXT_MAX = 1_000; // longer than any label

export function renderSetting({ say, handle, settings }: Shown, setting: ThemeSetting): Markup {
  const { type, id } = setting;
  if (id === undefined) return type === "header" ? html`<h3>${say(setting.content)}</h3>` : html`<p class="hint">${say(setting.content)}</p>`;
  const name = `${handle}.${id}`;
  const value = settings[id];
  const info = setting.info === undefined ? null : html`<span class="hint" id="${name}-info">${say(setting.info)}</span>`;
  const described = setting.info === undefined ? null : html` aria-describedby="${name}-info"`;
  if (type === "checkbox") return html`<p class="setting"><label><input type="checkbox" name="${name}" value="1"${flag("checked", value === true)}${described}> ${say(setting.label)}</label>${info}</p>`;
  return html`<p class="setting"><label for="${name}">${say(setting.label)}</label>${renderInput(setting, { name, value: String(value ?? ""), described, say })}${info}</p>`;
}

function renderInput(setting: ThemeSetting, { name, value, described, say }: { name: string; value: string; described: Markup | null; say: Shown["say"] }): Markup {
  switch (setting.type) {
    case "select":
    case "radio": return html`<select id="${name}" name="${name}"${described}>${(setting.options ?? []).map((option) => html`<option value="${option.value}"${flag("selected", option.value === value)}>${say(option.label)}</option>`)}</select>`;
    case "range": return html`<input id="${name}" name="${name}" type="number" min="${setting.min}" max="${setting.max}" step="${setting.step}" value="${value}"${described}>`;
    case "number": return html`<input id="${name}" name="${name}" type="number" value="${value}"${described}>`;
    case "color": return html`<input id="${name}" name="${name}" type="color" value="${value}"${described}>`;
    case "textarea":
    case "richtext": return html`<textarea id="${name}" name="${name}"${described}>${value}</textarea>`;
    default: return html`<input id="${name}" name="${name}" type="text" value="${value}"${described}>`;
  }
}

export function readSettings({ handle, schema }: ThemeBlock, form: ReadonlyMap<string, string>): SettingsAnswer {
  const settings: BlockSettings = {};
  for (const setting of schema.settings) {
    if (setting.id === undefined) continue;
    const text = form.get(`${handle}.${setting.id}`) ?? "";
    const value = parseSetting(setting, text);
    if (value === null) return { ok: false, fault: { label: setting.label ?? setting.id, value: text } };
    settings[setting.id] = value;
  }
  return { ok: true, settings };
}

/** null: nothing this setting takes */
function parseSetting({ type, min, max, options, default: usual }: ThemeSetting, text: string): SettingValue | null {
  if (type === "checkbox") return text !== "";
  if (text === "" && usual !== undefined) return usual;
  switch (type) {
    case "range":
    case "number": return /^-?\d+([.]\d+)?$/.test(text) && Number(text) >= (min ?? -Infinity) && Number(text) <= (max ?? Infinity) ? Number(text) : null;
    case "color": return /^#[0-9a-f]{6}$/i.test(text) ? text : null;
    case "select":
    case "radio": return options?.some(({ value }) => value === text) === true ? text : null;
    default: return text.length <= TEXT_MAX ? text : null;
  }
}
