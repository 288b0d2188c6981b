// Every job there is, room by room; where one calls for another room's, or for words, it is put together here.
import { refreshAnalytics } from "./capabilities/analytics/jobs.server.ts";
import { jobs as cohorts, refreshCohorts } from "./capabilities/cohorts/jobs.server.ts";
import { jobs as loyalty, settleLoyalty } from "./capabilities/loyalty/jobs.server.ts";
import { jobsWith as segmentsWith, refreshSegments } from "./capabilities/segments/jobs.server.ts";
import type { TellingWords } from "./capabilities/segments/segments.server.ts";
import { jobs as surveys } from "./capabilities/surveys/jobs.server.ts";
import { jobsWith as syncWith } from "./capabilities/sync/jobs.server.ts";
import { jobs as targets } from "./capabilities/targets/jobs.server.ts";
import { toLocale } from "./i18n/locales.ts";
import { openTranslator } from "./i18n/translate.ts";
import { jobs as inbox } from "./inbox/jobs.server.ts";
import { forgetPeople } from "./inbox/people.server.ts";
import { defineJob, enqueue, type AnyJob } from "./platform/jobs.server.ts";
import { writeReasons } from "./ui/reason-words.ts";

const words: TellingWords = async (tag) => {
  const { t } = await openTranslator(toLocale(tag) ?? "en");
  return {
    nameOf: ({ readyKey, name }) => (readyKey === null ? name : t(`segments.ready.${readyKey}.name`)),
    reasonOf: (reasons) => writeReasons(t, reasons),
  };
};

/** Sums first, then whoever follows the customers they moved. */
const refresh = defineJob({
  ...refreshAnalytics,
  run: async (payload) => {
    await refreshAnalytics.run(payload);
    await enqueue(refreshCohorts, payload);
    await enqueue(settleLoyalty, payload);
    await enqueue(refreshSegments, payload);
  },
});

export const jobs: readonly AnyJob[] = [refresh, ...cohorts, ...targets, ...loyalty, ...segmentsWith(words), ...surveys, ...syncWith(forgetPeople), ...inbox];
