// Saved customer segments: what they select by, and how many fit at the moment.

import type { RequestHandler } from "express";
import type { SandboxContext } from "../../context.ts";
import { listMembers, parseSegmentQuery, type SegmentDoc } from "../../shop/segments.ts";
import { renderFrame } from "../frame.ts";
import { html, type Markup } from "../markup.ts";
import { createView, type View } from "../view.ts";

export function listSegments(context: SandboxContext): RequestHandler {
  return (request, response) => {
    const view = createView(context, request);
    const { t } = view;
    const segments = context.segments.list().toSorted((a, b) => a.name.localeCompare(b.name, view.locale));
    const body = html`<div class="page"><h1>${t("segments.title")}</h1>
${segments.length === 0 ? html`<p class="card">${t("segments.empty")}</p>` : renderSegmentTable(view, segments)}</div>`;
    response.send(renderFrame(view, { title: t("segments.title"), section: "segments", body }));
  };
}

function renderSegmentTable(view: View, segments: readonly SegmentDoc[]): Markup {
  const { t } = view;
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${t("segments.title")}"><table>
<thead><tr><th scope="col">${t("segments.name")}</th><th scope="col" class="number">${t("segments.members")}</th><th scope="col">${t("segments.query")}</th><th scope="col">${t("segments.edited")}</th></tr></thead>
<tbody>${segments.map(
    (segment) => html`<tr><th scope="row"><a href="/admin/customers?segment=${segment.id}">${segment.name}</a></th>
<td class="number">${countMembers(view, segment)}</td><td><code>${segment.query}</code></td><td>${view.formatTime(segment.editedAt)}</td></tr>`,
  )}</tbody></table></div>`;
}

function countMembers({ context, formatCount }: View, { query }: SegmentDoc): string {
  const isMember = parseSegmentQuery(query);
  return isMember === null ? "—" : formatCount(listMembers(context.state, isMember).length);
}
