/** What it takes of the database to count. */
import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { seedFilm, seedProject } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const PROJECTS = 12;

const api = useTestApi();
beforeAll(async () => {
  await seedFilm(api.ctx, { title: 'A film' });
  for (let index = 1; index < PROJECTS; index += 1) await seedProject(api.db, { title: `Project ${index}` });
});

/** An answer, and the SELECTs that it took. */
async function watched<Data>(ask: () => Promise<Data>): Promise<{ data: Data; texts: string[] }> {
  const queries = vi.spyOn(pg.Client.prototype, 'query');
  const data = await ask();
  const texts = queries.mock.calls.map(([text]) => (text as { text?: string } | undefined)?.text ?? '');
  queries.mockRestore();
  return { data, texts: texts.filter((text) => text.includes('FROM "public"')) };
}

const rowsOf = (table: string, texts: string[]) =>
  texts.filter((text) => text.includes(`FROM "public"."${table}"`) && !text.includes('COUNT('));

test('totalCount alone reads no rows, also through fragments and aliases', async () => {
  const { data, texts } = await watched(() =>
    api.ask<{ all: { many: number }; none: { totalCount: number } }>(`{
    all: projects { ...Count }
    none: projects(filter: { search: "nobody" }) { totalCount }
  }
  fragment Count on ProjectConnection { many: totalCount }`),
  );
  expect(data).toEqual({ all: { many: PROJECTS }, none: { totalCount: 0 } });
  expect(rowsOf('projects', texts)).toEqual([]);
  expect(texts).toHaveLength(2);
});

test('counts of a list are one statement each, however many rows it has', async () => {
  type Answer = {
    projects: {
      totalCount: number;
      edges: { node: Record<'runs' | 'films' | 'events', { totalCount: number }> & { title: string } }[];
    };
  };
  const { data, texts } = await watched(() =>
    api.ask<Answer>(`{
    projects(first: 50, orderBy: { field: TITLE, direction: ASC }) {
      totalCount
      edges { node { title runs { totalCount } ...More } }
    }
  }
  fragment More on Project { films: videos { totalCount } events { totalCount } }`),
  );
  expect(data.projects.totalCount).toBe(PROJECTS);
  expect(data.projects.edges).toHaveLength(PROJECTS);
  const [film, other] = data.projects.edges;
  expect(film?.node).toMatchObject({ title: 'A film', runs: { totalCount: 1 }, films: { totalCount: 1 } });
  expect(other?.node).toMatchObject({ runs: { totalCount: 0 }, films: { totalCount: 0 } });
  // The page, its count, and one for each of the three lists.
  expect(texts).toHaveLength(5);
  for (const table of ['pipeline_runs', 'videos', 'audit_logs']) expect(rowsOf(table, texts)).toEqual([]);
});

test('rows are read where they are asked for beside their count', async () => {
  const { data } = await watched(() =>
    api.ask<{ projects: { totalCount: number; pageInfo: { hasNextPage: boolean } } }>(
      '{ projects(first: 2) { totalCount pageInfo { hasNextPage } } }',
    ),
  );
  expect(data.projects).toEqual({ totalCount: PROJECTS, pageInfo: { hasNextPage: true } });
});
