// What the compiler does not see: the rules of house.md that a machine can hold. tests/house/lint.test.ts breaks each of ours once.
import js from "@eslint/js";
import accessibility from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const FILE_LINES_MAX = 300; // what one reads in a sitting
const LONG_FILE_LINES_MAX = 400; // tests, and tables of data
const FUNCTION_LINES_MAX = 70; // what one sees on a screen

const CLOCK = "Time is an argument: take it from now() of platform/clock.server.ts at the edge.";
const ENVIRONMENT = "The environment is read once: import env from platform/env.server.ts.";
const WORDS = "Words live in app/i18n, an extension's in its locales: t(\"room.sentence\").";

const banned = {
  barrels: [{ selector: "ExportAllDeclaration", message: "No barrels: import the file that has the thing." }],
  clock: [
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
    { selector: "CallExpression[callee.name='Date']", message: CLOCK },
    { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: CLOCK },
    { selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Chance is an argument: pass a seeded generator; a key is node:crypto's randomUUID." },
  ],
  environment: [
    { selector: "MemberExpression[object.name='process'][property.name='env']", message: ENVIRONMENT },
    { selector: "MemberExpression[object.name='process'][property.value='env']", message: ENVIRONMENT },
    { selector: "VariableDeclarator[init.name='process'] Property[key.name='env']", message: ENVIRONMENT },
    { selector: "ImportDeclaration[source.value=/^(node:)?process$/]", message: ENVIRONMENT },
  ],
  words: [
    { selector: "JSXText[value=/\\p{L}/u]", message: WORDS },
    { selector: "JSXAttribute[name.name=/^(title|label|content|alt|placeholder|helpText|accessibilityLabel|aria-label)$/] > Literal[value=/\\p{L}/u]", message: WORDS },
  ],
};
const ban = (...lists) => ({ "no-restricted-syntax": ["error", ...lists.flat()] });

/** `as` is believed only beside the reason why it is true. */
const assertionNeedsWhy = {
  meta: { type: "problem", schema: [], messages: { why: "Use satisfies, a type guard or zod instead of `as`; where a check just proved it, say so in a comment on this line." } },
  create: (context) => ({
    "TSAsExpression, TSTypeAssertion"(node) {
      const isConst = node.typeAnnotation.type === "TSTypeReference" && node.typeAnnotation.typeName.name === "const";
      const hasWhy = context.sourceCode.getAllComments().some((comment) => comment.loc.start.line === node.loc.end.line && comment.range[0] >= node.range[1]);
      if (!isConst && !hasWhy) context.report({ node, messageId: "why" });
    },
  }),
};

const off = (...names) => Object.fromEntries(names.map((name) => [`@typescript-eslint/${name}`, "off"]));
const BROWSER = ["clearTimeout", "console", "crypto", "customElements", "CustomEvent", "document", "DOMParser", "Event", "fetch", "FormData", "HTMLElement", "history", "location", "MutationObserver", "navigator", "setTimeout", "URL", "URLSearchParams", "window"];
const NODE = ["console", "fetch", "performance", "process", "setInterval", "setTimeout", "URL"];
const known = (names) => ({ languageOptions: { globals: Object.fromEntries(names.map((name) => [name, "readonly"])) } });

export default tseslint.config(
  { ignores: ["build/", "prisma/generated/", ".data/", ".cache/", ".shopify/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house: { rules: { "assertion-needs-why": assertionNeedsWhy } } },
    rules: {
      "house/assertion-needs-why": "error",
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "max-lines": ["error", FILE_LINES_MAX],
      "max-lines-per-function": ["error", { max: FUNCTION_LINES_MAX, IIFEs: true }],
      "no-console": ["error"],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "anywhere" }],
      ...ban(banned.barrels, banned.clock, banned.environment),

      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "lib", name: "Response" }, { from: "package", package: "@remix-run/server-runtime", name: "TypedResponse" }] }], // Remix: a thrown Response is the answer
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }], // an empty text is often none
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],

      "@typescript-eslint/consistent-type-definitions": "off", // what is made is a type, what is implemented may be an interface
      "@typescript-eslint/dot-notation": "off", // process.env["X"] says that X may be missing
      "@typescript-eslint/no-confusing-void-expression": "off", // a one-line arrow may do one thing
      "@typescript-eslint/no-invalid-void-type": "off", // a callback may answer something or nothing
      "@typescript-eslint/no-meaningless-void-operator": "off", // return void says that nothing is answered
      "@typescript-eslint/no-unnecessary-condition": "off", // types promise more than NODE_ENV, a child's output or a flag another closure sets will keep
      "@typescript-eslint/no-unnecessary-type-parameters": "off", // a branded id takes its brand from where it goes
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off", // 8.73.0 overflows the stack on recursive types
      "@typescript-eslint/no-unsafe-enum-assignment": "off", // we have no enums; it costs seconds
      "@typescript-eslint/no-unsafe-enum-comparison": "off", // libraries' enums are texts to us
      "@typescript-eslint/no-unsafe-unary-minus": "off", // a branded bigint is a bigint
      "@typescript-eslint/require-await": "off", // async also turns a throw into a rejection
      "@typescript-eslint/unbound-method": "off", // objects are made of closures here, none has a this
    },
  },
  { files: ["app/**/*.tsx", "app/ui/**", "app/routes/**", "extensions/**/*.tsx"], ...hooks.configs.flat.recommended },
  { files: ["app/**/*.tsx"], ...accessibility.flatConfigs.strict },
  { files: ["app/{routes,ui}/**/*.tsx", "extensions/**/*.tsx"], rules: ban(banned.barrels, banned.clock, banned.environment, banned.words) },

  { files: ["app/platform/{clock,env}.server.ts", "sandbox/**", "scripts/**", "tests/**", "**/*.test.{ts,tsx}", "*.{ts,js,mjs}", "prisma/*.ts"], rules: ban(banned.barrels) },
  { files: ["scripts/**", "sandbox/start.ts"], rules: { "no-console": "off" } }, // they talk to people
  {
    files: ["tests/**", "**/*.test.{ts,tsx}", "sandbox/testing/**"],
    rules: {
      "max-lines": ["error", LONG_FILE_LINES_MAX], "max-lines-per-function": "off", "no-loss-of-precision": "off", // a number too large for a double is what we test with
      ...off("no-unsafe-assignment", "no-unsafe-argument", "no-unsafe-call", "no-unsafe-member-access", "no-unsafe-return"), // a wrong guess about an answer fails the test
    },
  },
  { files: ["**/*.{js,mjs}"], ...tseslint.configs.disableTypeChecked },
  { files: ["scripts/**/*.mjs", "*.{js,mjs}"], ...known(NODE) },
  { files: ["{sandbox,extensions}/**/*.js"], ...known(BROWSER) },
  { files: ["extensions/*/assets/*.js"], rules: ban(banned.barrels) }, // a shopper's browser has a clock and chance of its own
  { files: ["sandbox/admin-shell/app-bridge/*.js"], rules: { "no-undef": "off", ...off("no-unused-vars", "no-this-alias") } }, // one script in pieces: they see each other's names
);
