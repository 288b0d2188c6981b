// Which part of the at-risk board is shown, as its address says: `?standing=contacted&stage=at_risk&vip=1&task=1`.
import { STANDINGS, type BoardQuery } from "../capabilities/followups/model.ts";
import { LEAVING_STAGES } from "../capabilities/profiles/model.ts";

export type BoardChoice = BoardQuery & {
  /** counts from 1 */
  page: number;
};

export type BoardAnswer = { ok: true; choice: BoardChoice } | { ok: false; field: "standing" | "stage" | "vip" | "task" | "page" };

export const WHOLE_BOARD: BoardChoice = { standing: "open", stage: null, isVipOnly: false, hasTask: false, page: 1 };

export function parseBoardChoice(parameters: URLSearchParams): BoardAnswer {
  const { standing = "", stage = "", vip = "", task = "", page = "" } = Object.fromEntries(parameters);
  const chosenStanding = standing === "" ? WHOLE_BOARD.standing : STANDINGS.find((known) => known === standing);
  if (chosenStanding === undefined) return { ok: false, field: "standing" };
  const chosenStage = stage === "" ? null : LEAVING_STAGES.find((known) => known === stage);
  if (chosenStage === undefined) return { ok: false, field: "stage" };
  if (vip !== "" && vip !== "1") return { ok: false, field: "vip" };
  if (task !== "" && task !== "1") return { ok: false, field: "task" };
  if (page !== "" && !/^[1-9]\d{0,4}$/.test(page)) return { ok: false, field: "page" };
  return { ok: true, choice: { standing: chosenStanding, stage: chosenStage, isVipOnly: vip === "1", hasTask: task === "1", page: Number(page || "1") } };
}

/** The way back into the address, without what goes without saying. */
export const toBoardParameters = ({ standing, stage, isVipOnly, hasTask, page }: BoardChoice): Record<string, string> => ({
  ...(standing !== WHOLE_BOARD.standing && { standing }), ...(stage !== null && { stage }), ...(isVipOnly && { vip: "1" }), ...(hasTask && { task: "1" }), ...(page > 1 && { page: String(page) }),
});

/** Where the rows of all its pages are a file. */
export const toBoardReport = (choice: BoardChoice): string => `/app/reports/at_risk.csv?${new URLSearchParams(toBoardParameters({ ...choice, page: 1 })).toString()}`;
