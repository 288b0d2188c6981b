// Shopify's leaky bucket: what a query may cost is taken out at once, what it did not use is put back, and the rest refills by the second.

export type ThrottleStatus = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
export type BucketOptions = { sizePoints?: number; restorePointsPerSecond?: number; nowMs?: () => number };

export type Bucket = {
  /** false: not enough in it, nothing was taken */
  take: (points: number) => boolean;
  giveBack: (points: number) => void;
  empty: () => void;
  read: () => ThrottleStatus;
}

// A Standard plan's; pages of Shopify's documentation differ between 1,000 and 2,000.
const SIZE_POINTS = 2_000;
const RESTORE_POINTS_PER_SECOND = 100;

export function createBucket({ sizePoints = SIZE_POINTS, restorePointsPerSecond = RESTORE_POINTS_PER_SECOND, nowMs = () => performance.now() }: BucketOptions = {}): Bucket {
  let available = sizePoints;
  let readAtMs = nowMs();
  const refill = (): void => {
    const atMs = nowMs();
    available = Math.min(sizePoints, available + ((atMs - readAtMs) / 1000) * restorePointsPerSecond);
    readAtMs = atMs;
  };
  return {
    take(points) {
      refill();
      if (points > available) return false;
      available -= points;
      return true;
    },
    giveBack(points) {
      available = Math.min(sizePoints, available + points);
    },
    empty() {
      refill();
      available = 0;
    },
    read() {
      refill();
      return { maximumAvailable: sizePoints, currentlyAvailable: Math.floor(available), restoreRate: restorePointsPerSecond };
    },
  };
}
