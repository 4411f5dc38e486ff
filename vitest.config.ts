import { defineConfig } from 'vitest/config'

const common = {
  // Two cores run the whole suite: a limit is there for what hangs, not for what is slow.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
  setupFiles: ['test/property-seed.ts'],
}

// Two projects so that `npm run check` can say which kind failed: unit tests sit
// beside the code, api tests run the whole core through each bridge.
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'test/migrations/**/*.test.ts'],
        },
      },
      { test: { ...common, name: 'api', include: ['test/api/**/*.test.ts'] } },
    ],
  },
})
