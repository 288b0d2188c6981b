// Every word the pretend theme editor says, in English, Japanese and Simplified Chinese.

import type { WordTable } from "../../admin-shell/languages.ts";

export const words = {
  "title": ["Theme editor", "テーマエディタ", "模板编辑器"],
  "embeds": ["App embeds", "アプリを埋め込む", "应用嵌入"],
  "embedsHint": ["Shown on every page but checkout.", "チェックアウトを除くすべてのページに表示されます。", "显示在除结账外的所有页面。"],
  "blocks": ["App blocks on this template", "このテンプレートのアプリブロック", "此模板中的应用块"],
  "none": ["The app has none.", "アプリには何もありません。", "该应用没有可用项。"],
  "template": ["Template", "テンプレート", "模板"],
  "template.index": ["Home page", "ホームページ", "主页"],
  "template.product": ["Product", "商品", "产品"],
  "template.cart": ["Cart", "カート", "购物车"],
  "template.page": ["Page", "ページ", "页面"],
  "show": ["Show", "表示する", "查看"],
  "on": ["On", "オン", "开启"],
  "settings": ["Settings", "設定", "设置"],
  "save": ["Save", "保存", "保存"],
  "saved": ["Saved.", "保存しました。", "已保存。"],
  "unsaved": ["“{block}” was switched on. It shows in the shop once you save.", "「{block}」をオンにしました。保存するとストアに表示されます。", "已开启“{block}”，保存后即可在商店中显示。"],
  "refused": ["{setting}: “{value}” does not fit.", "{setting}: 「{value}」は使えません。", "{setting}：“{value}”不可用。"],
  "preview": ["Preview", "プレビュー", "预览"],
} as const satisfies WordTable;
