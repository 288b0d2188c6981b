// A shopper for tests of the storefront: a browser with a cookie jar for one cookie.

export type Shopper = {
  go: (path: string, init?: { method?: string; body?: BodyInit; headers?: Record<string, string> }) => Promise<Response>;
  read: (path: string) => Promise<string>;
  post: (path: string, fields: Record<string, string>) => Promise<Response>;
  setCookie: (text: string) => void;
  cookie: () => string;
};

export function createShopper(storeUrl: string): Shopper {
  let cookie = "";
  const go: Shopper["go"] = async (path, { headers = {}, ...init } = {}) => {
    const response = await fetch(storeUrl + path, { redirect: "manual", ...init, headers: { cookie, ...headers } });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  return {
    go,
    read: async (path) => (await go(path)).text(),
    post: (path, fields) => go(path, { method: "POST", body: new URLSearchParams(fields) }),
    setCookie: (text) => void (cookie = text),
    cookie: () => cookie,
  };
}

/** The value of a hidden field of a page. */
export const fieldIn = (body: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "";
