// A port of this machine that nobody listens on: the one wished for, or with 0 any.
import { createServer } from "node:net";

/** Null: taken. */
export const findFreePort = (wish: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(wish, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : null));
    });
  });
