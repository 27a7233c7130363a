import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ID = /\b[DIMSTQOX]\d{2}\b(?!:\d)/g;
const here = import.meta.dirname;

function testFiles(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return testFiles(path);
    return /\.ts$/.test(name) && !/requirements\.test\.ts$/.test(name) ? [path] : [];
  });
}

/** Ids in the names of tests: on a line that has a string which begins a test, a table of them, or a describe. */
function citedIn(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\*|\/\/|\/\*\*)/.test(line))
    .flatMap((line) => [...(line.match(/(['"`]).*\1/)?.[0].matchAll(ID) ?? [])].map((m) => m[0]));
}

describe('test/requirements.md', () => {
  const listed = readFileSync(join(here, 'requirements.md'), 'utf8')
    .split('\n')
    .map((line) => /^\| ([DIMSTQOX]\d{2}) \|/.exec(line)?.[1])
    .filter((id) => id !== undefined);
  const cited = new Set(testFiles(here).flatMap(citedIn));

  it('lists every id once', () => {
    expect(listed.length).toBeGreaterThan(40);
    expect(listed.filter((id, i) => listed.indexOf(id) !== i)).toEqual([]);
  });

  it('has a test for every id, and every id of a test', () => {
    expect(listed.filter((id) => !cited.has(id))).toEqual([]);
    expect([...cited].filter((id) => !listed.includes(id))).toEqual([]);
  });
});
