// The segments every shop begins with: each is a step somebody should take.
import { LEAVING_STAGES } from "../../profiles/model.ts";
import type { ReadyKey, Rule } from "../model.ts";

export const READY_MADE: Readonly<Record<ReadyKey, Rule>> = {
  at_risk: { field: "stage", operator: "any_of", value: ["at_risk"] },
  vip_slipping: { all: [{ field: "vip", operator: "is", value: true }, { field: "stage", operator: "any_of", value: [...LEAVING_STAGES] }] },
  due_to_reorder: { all: [{ field: "orders", operator: "at_least", value: 2 }, { field: "days_to_next_order", operator: "between", value: { from: -3, to: 7 } }] },
  overdue: { all: [{ field: "orders", operator: "at_least", value: 3 }, { field: "days_overdue", operator: "at_least", value: 1 }, { field: "stage", operator: "none_of", value: ["lapsed", "lost"] }] },
  one_and_done: { field: "stage", operator: "any_of", value: ["one_time"] },
  new_customers: { field: "stage", operator: "any_of", value: ["new"] },
  vip: { field: "vip", operator: "is", value: true },
  bright_spots: { all: [{ field: "rfm_group", operator: "any_of", value: ["CHAMPIONS"] }, { field: "orders", operator: "at_least", value: 4 }] },
  birthday: { field: "birthday_month", operator: "any_of", value: ["this_month"] },
  quiet_90: { all: [{ field: "orders", operator: "at_least", value: 1 }, { field: "days_since_last_order", operator: "at_least", value: 90 }] },
  lapsed: { field: "stage", operator: "any_of", value: ["lapsed"] },
  unsubscribed_loyal: { all: [{ field: "rfm_group", operator: "any_of", value: ["CHAMPIONS", "LOYAL"] }, { field: "email_consent", operator: "none_of", value: ["SUBSCRIBED"] }] },
  likely_soon: { field: "chance_30", operator: "at_least", value: 0.5 },
};
