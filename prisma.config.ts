// Where Prisma finds schema and migrations; the address is needed only by `prisma migrate deploy`.
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  ...(process.env["DATABASE_URL"] === undefined ? {} : { datasource: { url: process.env["DATABASE_URL"] } }),
});
