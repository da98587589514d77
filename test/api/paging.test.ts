import { isObjectType } from 'graphql';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { schema } from '../../src/api/schema.ts';
import { seedProject, seedWorkspace } from '../support/seed.ts';
import { useTestApi } from '../support/test-api.ts';

const api = useTestApi();
beforeAll(async () => {
  await seedProject(api.db, { workspaceId: await seedWorkspace(api.db), title: 'foreign' });
});
beforeEach(() => api.db.project.deleteMany({ where: { title: { not: 'foreign' } } }));

type Page = {
  totalCount?: number;
  edges: { node: { title: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
};

const QUERY = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: ProjectOrder) {
  projects(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    edges { node { title } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const page = async (args: object): Promise<Page> =>
  (await api.ask<{ projects: Page }>(QUERY, { ...args })).projects;
const titles = ({ edges }: Page) => edges.map(({ node }) => node.title);

/** Projects titled a, b, c, ..., each created a second after the one before. */
async function seedTitles(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, index));
    await seedProject(api.db, { title: String.fromCodePoint(97 + index), createdAt });
  }
}

async function walk(args: object): Promise<string[]> {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { edges, pageInfo } = await page({ ...args, first: 2, after });
    seen.push(...edges.map(({ node }) => node.title));
    if (!pageInfo.hasNextPage) return seen;
    after = pageInfo.endCursor;
  }
}

describe('pages of a list', () => {
  test('join to the whole list, newest first', async () => {
    await seedTitles(5);
    expect(await walk({})).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  test.each([
    ['TITLE', 'ASC', ['a', 'b', 'c', 'd', 'e']],
    ['TITLE', 'DESC', ['e', 'd', 'c', 'b', 'a']],
    ['CREATED_AT', 'ASC', ['a', 'b', 'c', 'd', 'e']],
    ['UPDATED_AT', 'DESC', ['e', 'd', 'c', 'b', 'a']],
  ])('follow an order by %s %s', async (field, direction, expected) => {
    await seedTitles(5);
    expect(await walk({ orderBy: { field, direction } })).toEqual(expected);
  });

  test('show each of many equal rows once', async () => {
    const createdAt = new Date(Date.UTC(2026, 0, 1));
    for (const title of ['a', 'b', 'c', 'd', 'e']) await seedProject(api.db, { title, createdAt });
    expect((await walk({})).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('go on when the row of their cursor is deleted meanwhile', async () => {
    await seedTitles(5);
    const { pageInfo } = await page({ first: 2 });
    await api.db.project.deleteMany({ where: { title: { in: ['d', 'c'] } } });
    expect(titles(await page({ first: 2, after: pageInfo.endCursor }))).toEqual(['b', 'a']);
  });

  test('do not shift when a row is added meanwhile', async () => {
    await seedTitles(4);
    const { pageInfo } = await page({ first: 2 });
    await seedProject(api.db, { title: 'new' });
    expect(titles(await page({ first: 2, after: pageInfo.endCursor }))).toEqual(['b', 'a']);
  });

  test('count from the end too', async () => {
    await seedTitles(5);
    const end = await page({ last: 2 });
    expect(titles(end)).toEqual(['b', 'a']);
    expect(end.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const before = await page({ last: 5, before: end.pageInfo.startCursor });
    expect(titles(before)).toEqual(['e', 'd', 'c']);
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });

  test('count what is mine, without a page if I ask for none', async () => {
    await seedTitles(3);
    const { projects } = await api.ask<{ projects: Page }>(
      '{ projects(first: 0) { totalCount edges { node { title } } } }',
    );
    expect(projects).toEqual({ totalCount: 3, edges: [] });
  });

  test('keep to a filter', async () => {
    await seedTitles(3);
    await seedProject(api.db, { title: 'Über den Wolken' });
    const { projects } = await api.ask<{ projects: Page }>(
      '{ projects(filter: { search: "über", status: [PENDING] }) { totalCount edges { node { title } } } }',
    );
    expect(projects).toEqual({ totalCount: 1, edges: [{ node: { title: 'Über den Wolken' } }] });
  });
});

test.each([
  ['projects', '(filter: { search: "über" }, orderBy: { field: TITLE, direction: ASC })', 1],
  ['runs', '(filter: { status: [COMPLETED] })', 0],
  ['videos', '(filter: { origin: [INGESTED] })', 0],
])('a workspace’s %s take what the list of all takes', async (list, args, count) => {
  await seedTitles(2);
  await seedProject(api.db, { title: 'Über den Wolken' });
  const { workspace } = await api.ask<{ workspace: Record<string, Page> }>(
    `{ workspace { ${list}${args} { totalCount edges { node { title: __typename } } } } }`,
  );
  expect(workspace[list]?.totalCount).toBe(count);
  expect(workspace[list]?.edges).toHaveLength(count);
});

/** Names of the arguments of a field. */
function argumentsOf(type: string, field: string): string[] | undefined {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields()[field]?.args.map(({ name }) => name) : undefined;
}

test.each([
  ['projects', 'projects'],
  ['runs', 'pipelineRuns'],
  ['videos', 'videos'],
])('the arguments of a workspace’s %s are those of %s at the root', (list, root) => {
  expect(argumentsOf('Workspace', list)).toContain('filter');
  expect(argumentsOf('Workspace', list)).toEqual(argumentsOf('Query', root));
});

test.each(['100%', 'a_b', String.raw`c\d`])('a search for "%s" takes it literally', async (search) => {
  for (const title of ['100%', '1000', 'a_b', 'axb', String.raw`c\d`, 'c%d'])
    await seedProject(api.db, { title });
  const { projects } = await api.ask<{ projects: Page }>(
    'query ($search: String) { projects(filter: { search: $search }) { edges { node { title } } } }',
    { search },
  );
  expect(projects.edges).toEqual([{ node: { title: search } }]);
});

test.each([
  [{ first: 101 }, 'first'],
  [{ first: -1 }, 'first'],
  [{ last: 101 }, 'last'],
  [{ first: 1, last: 1 }, 'last'],
  [{ after: 'nonsense' }, 'after'],
  [{ before: Buffer.from('["title","a",1]').toString('base64url') }, 'before'],
])('a page of %o is refused by the name of the argument', async (args, name) => {
  const { errors } = await api.send(QUERY, args);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: [name] }] });
});

test('a cursor of another order is refused', async () => {
  await seedTitles(3);
  const { pageInfo } = await page({ first: 1, orderBy: { field: 'TITLE', direction: 'ASC' } });
  const { errors } = await api.send(QUERY, { after: pageInfo.endCursor });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['after'] }] });
});
