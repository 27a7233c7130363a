import { readFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** At the end of `npm run test:security`: of each X row what it says, what was tried, and what came of it. */
export default class SecurityRows implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tried = modules
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => ({ full: test.fullName, name: test.name, state: test.result().state }))
      .filter(({ state }) => state !== 'skipped' && state !== 'pending');
    const rows = [...readFileSync('test/requirements.md', 'utf8').matchAll(/^\| (X\d{2}) \| ([^|]*) \|/gm)]
      .map(([, id = '', says = '']) => ({ id, says, tests: tried.filter(({ full }) => full.includes(id)) }))
      .sort((a, b) => a.id.localeCompare(b.id));
    for (const { id, says, tests } of rows) {
      const held = tests.filter(({ state }) => state === 'passed').length;
      process.stdout.write(`\n${id}  ${says}\n     ${tests.length === 0 ? 'NOT TRIED HERE' : `${held} of ${tests.length} held`}\n`);
      for (const { name, state } of tests) process.stdout.write(`     ${state === 'passed' ? '✓' : '×'} ${name.replace(`${id}: `, '')}\n`);
    }
  }
}
