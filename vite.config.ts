import { availableParallelism } from "node:os";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [tailwindcss(), reactRouter()],
  build: { assetsInlineLimit: 0 },
  environments: {
    ssr: { build: { target: "node24", rollupOptions: { input: "./app/server/site.production.server.ts" } } },
  },
  test: {
    include: [
      ...["app/**/*.test.ts", "prisma/**/*.test.ts", "scripts/**/*.test.ts"],
      ...(process.env.KILL_ROUNDS ? ["app/**/*.rounds.ts"] : []),
    ],
    globalSetup: "./app/server/test-database.global.ts",
    setupFiles: "./app/server/test-database.setup.ts",
    isolate: false,
    // One core less, which is Vitest's default, would be one of two: the database needs little of its own.
    maxWorkers: Math.min(4, availableParallelism()),
    // What files leave behind is collected before it takes the machine's memory.
    execArgv: ["--max-old-space-size=1024"],
    // Only so that its address is one: the rest is empty in tests.
    css: { include: /members\.css/ },
    hookTimeout: 60_000,
    // For what hangs: a busy machine may be slow, and slowness is measured elsewhere.
    testTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
