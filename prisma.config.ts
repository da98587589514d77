import { defineConfig } from 'prisma/config';

// `prisma generate` never runs the schema engine, yet the CLI insists on downloading it first.
// Any existing file satisfies it; `migrate` must not see this, or it would print nothing.
if (process.argv.some((word) => ['generate', 'validate', 'format'].includes(word))) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}

const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
