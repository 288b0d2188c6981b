// A short word of success in Shopify's own place for it.

/** Without App Bridge (an unframed page) there is nowhere to say it, and the page shows the result anyway. */
export const showToast = (message: string): void => {
  if ("shopify" in window) window.shopify.toast.show(message);
};
