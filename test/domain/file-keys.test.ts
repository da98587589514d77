import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { validate } from 'uuid';
import { newId } from '../../src/core/ids.ts';
import { keysOf, workspaceOf } from '../../src/features/assets/file-keys.ts';

const ours = keysOf(randomBytes(32));
const theirs = keysOf(randomBytes(32));
const workspace = newId();

test('what is made again takes the same place, anything else another', () => {
  const key = ours.keyOf(workspace, 'video-clip:a', 'mp4');
  expect(ours.keyOf(workspace, 'video-clip:a', 'mp4')).toBe(key);
  expect(ours.keyOf(workspace, 'video-clip:b', 'mp4')).not.toBe(key);
  const [folder, id] = /^(.+)\/(.+)\.mp4$/.exec(key)?.slice(1) ?? [];
  expect([folder, validate(id)]).toEqual([`${workspace}/files`, true]);
  expect(workspaceOf(key)).toBe(workspace);
});

test('a database knows its own files, and no others', () => {
  const key = ours.keyOf(workspace, 'video:a', 'jpg');
  expect(ours.isOurs(key)).toBe(true);
  const others = [
    theirs.keyOf(workspace, 'video:a', 'jpg'),
    `${workspace}/files/${newId()}.jpg`,
    key.replace(/.\.jpg$/, (end) => (end.startsWith('0') ? '1.jpg' : '0.jpg')),
    key.replace('/files/', '/projects/'),
    key.replace('.jpg', ''),
    `x/${key}`,
    'holiday.jpg',
  ];
  expect(others.filter((other) => ours.isOurs(other))).toEqual([]);
});
