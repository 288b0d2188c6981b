// What a page tells the frame about itself.

export type PageHandle = { titleKey: "analytics.home.titleTag" | "analytics.cohorts.title" | "sync.title" | "frame.problem.missingTitle" };
