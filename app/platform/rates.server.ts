// How often somebody may ask: counted in this process, so that with several each allows as much.
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export type Rate = { isAllowed: (key: string) => Promise<boolean> };

/** At most `count` in each of the windows of so many seconds that begin with a key's first question. */
export function openRate(name: string, { count, seconds }: { count: number; seconds: number }): Rate {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: count, duration: seconds });
  return {
    isAllowed: async (key) => {
      try {
        await limiter.consume(key);
        return true;
      } catch (error) {
        if (error instanceof RateLimiterRes) return false;
        throw error;
      }
    },
  };
}
