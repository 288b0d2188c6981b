// Talks with the shell around the frame: same origin only, and an answer finds its question by number.

const shell = window.top;
const isFramed = shell !== window;
/** the frame of a modal inside the app: it has no say in the shell's navigation and title bar */
const isNested = isFramed && window.parent !== shell;
const hearers = new Map();
const questions = new Map();
let questionCount = 0;

function tell(type, detail = {}) {
  if (isFramed) shell.postMessage({ channel: "app-bridge", type, ...detail }, location.origin);
}

function ask(type, detail = {}) {
  questionCount += 1;
  const question = questionCount;
  return new Promise((resolve) => {
    questions.set(question, resolve);
    tell(type, { ...detail, question });
  });
}

function hear(type, hearer) {
  hearers.set(type, hearer);
}

hear("answer", ({ question, value }) => {
  questions.get(question)?.(value);
  questions.delete(question);
});

window.addEventListener("message", (event) => {
  const isFromShell = event.origin === location.origin && event.source === shell && event.data?.channel === "app-bridge";
  if (isFramed && isFromShell) hearers.get(event.data.type)?.(event.data);
});
