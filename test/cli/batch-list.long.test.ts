/** `vidpipe batch list` and `delete`. */
import { expect, test } from 'vitest';
import { EXIT } from '../../src/cli/command/exit-codes.ts';
import { useJobs } from '../jobs/support/use-jobs.ts';
import { answering, idIn, jsonLines, sheet, vidpipeBatch } from './support/batch-here.ts';

const { api } = useJobs();
const vidpipe = (...args: string[]) => vidpipeBatch(api, ...args);

const preview = async (...args: string[]) => idIn((await vidpipe('preview', ...args)).stdout);
const idsIn = (text: string) => text.match(/job_\S{36}/g) ?? [];

/** A job whose one row has its film, under this name. */
async function made(name: string): Promise<string> {
  const ran = await vidpipe('run', sheet('Text,Seconds', `${name}.,6`), '--name', name, '--yes');
  expect(ran.code).toBe(EXIT.ok);
  return idIn(ran.stdout);
}

const projects = (id: string) => api.db.project.findMany({ where: { title: { contains: id } } });

test('jobs are listed newest first, by where they stand, and as many as are asked for', async () => {
  expect(await vidpipe('list')).toMatchObject({
    code: EXIT.ok,
    stdout: '',
    stderr: 'No jobs yet. Look at a sheet: vidpipe batch preview films.csv\n',
  });
  const done = await made('A heron');
  const waits = await preview(sheet('Text,Seconds', 'A stork.,6'), '--name', 'Later');
  const { stdout, stderr } = await vidpipe('list');
  expect(stdout).toMatch(
    new RegExp(
      String.raw`^${waits}  PENDING    \S+Z  0/1 done  0 failed  \$0.00 +Later\n${done}  COMPLETED  \S+Z  1/1 done  0 failed  \$\S+ spent.* +A heron\n$`,
    ),
  );
  expect(stderr).toBe('');
  expect((await vidpipe('status')).stdout).toBe(stdout);
  expect(idsIn((await vidpipe('list', '--status', 'Completed,failed')).stdout)).toEqual([done]);
  expect(await vidpipe('list', '--status', 'paused')).toMatchObject({
    stdout: '',
    stderr: 'No job stands so.\n',
  });
  expect(await vidpipe('list', '--limit', '1')).toMatchObject({
    stdout: expect.stringContaining(waits) as string,
    stderr: '1 of 2; more with --limit.\n',
  });
  const { code, stdout: json } = await vidpipe('list', '--json', '--limit', '1');
  expect({ code, jobs: jsonLines(json) }).toMatchObject({
    code: EXIT.ok,
    jobs: [{ id: waits, status: 'PENDING', totalRows: 1, name: 'Later' }],
  });
  expect(await vidpipe('list', '--status', 'busy')).toMatchObject({
    code: EXIT.badInput,
    stderr: expect.stringMatching(/^--status: Must be of pending, running, paused/) as string,
  });
});

test('a job is deleted once somebody has agreed, and its projects stay', async () => {
  const id = await made('A crane');
  expect(await vidpipe('delete', id)).toMatchObject({
    code: EXIT.badInput,
    stderr: 'What is deleted is gone: add --yes; nothing was deleted.\n',
  });
  const no = await answering('n\n', () => vidpipe('delete', id));
  expect(no.code).toBe(EXIT.cancelled);
  expect(no.stderr).toContain('Delete A crane (COMPLETED) with 1 row? [y/N] ');
  expect(idsIn((await vidpipe('list')).stdout)).toContain(id);
  const yes = await answering('y\n', () => vidpipe('delete', id));
  expect(yes).toMatchObject({ code: EXIT.ok, stdout: `${id} is deleted\n` });
  expect(idsIn((await vidpipe('list')).stdout)).not.toContain(id);
  expect(await projects('crane')).toHaveLength(1);
  expect(await vidpipe('delete', id, '--yes')).toMatchObject({
    code: EXIT.failed,
    stderr: expect.stringMatching(/^JOB: No such job/) as string,
  });
});

test('its projects go with it where that is asked for', async () => {
  const id = await made('A swan');
  expect(await projects('swan')).toHaveLength(1);
  const asked = await answering('n\n', () => vidpipe('delete', id, '--with-projects'));
  expect(asked.stderr).toContain('with 1 row, and every project that they started, with its films? [y/N] ');
  const { code, stdout } = await vidpipe('delete', id, '--with-projects', '--yes', '--json');
  expect({ code, told: jsonLines(stdout) }).toEqual({ code: EXIT.ok, told: [{ type: 'deleted', id }] });
  expect(await projects('swan')).toEqual([]);
});

test('one that is at work is not deleted', async () => {
  const id = await preview(sheet('Text,Seconds', 'A kite.,6'));
  expect((await vidpipe('start', id, '--yes', '--max-cost', '0.01')).code).toBe(EXIT.ok);
  expect(await vidpipe('delete', id, '--yes')).toMatchObject({
    code: EXIT.failed,
    stderr: expect.stringMatching(/^JOB: The job is (RUNNING|PAUSED); it can be deleted when/) as string,
  });
  expect((await vidpipe('cancel', id)).code).toBe(EXIT.ok);
});
