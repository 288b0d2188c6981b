// Lets callers with the same key through one after the other, within this process.

const lasts = new Map<string, Promise<unknown>>();

export async function oneAtATime<T>(key: string, run: () => Promise<T>): Promise<T> {
  const turn = (lasts.get(key) ?? Promise.resolve()).then(run, run); // whoever was before us may have failed; that is theirs
  lasts.set(key, turn);
  try {
    return await turn;
  } finally {
    if (lasts.get(key) === turn) lasts.delete(key);
  }
}
