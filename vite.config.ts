// Builds what browsers and the web process load; everything else runs as TypeScript on Node itself.
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

// Under `npm run dev` the browser reaches us through the Shopify CLI's tunnel, which speaks TLS on 443.
const publicHost = new URL(process.env["SHOPIFY_APP_URL"] ?? "http://localhost").hostname;
const hotReload = publicHost === "localhost" ? true : { protocol: "wss", clientPort: 443 };

export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ["**/*.test.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: false, // a handful of pages: asking for them one by one would only add requests
        v3_singleFetch: false, // App Bridge renews session tokens on a plain 401 from the address it asked
      },
    }),
  ],
  build: {
    assetsInlineLimit: 0, // a data: address would need a hole in the Content-Security-Policy
    chunkSizeWarningLimit: 1_000, // Polaris
  },
  optimizeDeps: { include: ["@shopify/polaris", "@shopify/app-bridge-react"] },
  server: { port: Number(process.env["PORT"] ?? 3000), allowedHosts: [publicHost], hmr: hotReload, cors: { preflightContinue: true } },
});
