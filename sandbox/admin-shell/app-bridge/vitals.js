// Measures what the reader waits for, as Shopify does for its performance badge: LCP, CLS, INP, FCP and TTFB.

const measured = new Map();
let reportVitals = null;

function watch(type, note, options = {}) {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...options });
}

watch("largest-contentful-paint", (entry) => measured.set("LCP", entry.startTime));
watch("paint", (entry) => entry.name === "first-contentful-paint" && measured.set("FCP", entry.startTime));
watch("navigation", (entry) => measured.set("TTFB", entry.responseStart));
watch("layout-shift", (entry) => entry.hadRecentInput || measured.set("CLS", (measured.get("CLS") ?? 0) + entry.value));
watch("event", (entry) => entry.interactionId && measured.set("INP", Math.max(measured.get("INP") ?? 0, entry.duration)), { durationThreshold: 40 });

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden" || reportVitals === null || measured.size === 0) return;
  reportVitals({ metrics: [...measured].map(([name, value]) => ({ id: `${name}-${performance.timeOrigin}`, name, value })) });
});
