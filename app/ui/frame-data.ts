// What every page knows about the shop: no more than it needs to write its figures.

export type FrameData = {
  /** public: names the app to App Bridge */
  apiKey: string;
  currency: string;
  timeZone: string;
};
