// What must be true unless there is a bug, which then crashes the request or job.

export function invariant(claim: unknown, message = "broken invariant"): asserts claim {
  if (claim === undefined || claim === null || claim === false) throw new Error(message);
}
