import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../../src/base/folders.ts';

const root = mkdtempSync(join(tmpdir(), 'simpost-folders-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('makes what is not there, for its owner alone, and leaves what is', () => {
  makeFolder(join(root, 'a/b'));
  makeFolder(join(root, 'a/b'));
  expect(statSync(join(root, 'a/b')).mode & 0o777).toBe(0o700);
});

it('says why it cannot, also where the system says that a folder which is there is not', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(root, 'file/in'))).toThrow('EEXIST');
  // The recursive mkdir of Node 20 asks for ever here.
  expect(() => makeFolder('/proc/simpost/data')).toThrow('ENOENT');
});
