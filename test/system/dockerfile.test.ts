import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/port-of.ts';
import { canMakeRootFolder, makeRootFolder, type RootFolder } from '../support/root-folder.ts';

/** The Dockerfile, line by line, in a Debian 13 that stands for its images: no Docker is needed. With `npm run test:full`, as root, with debootstrap. */
const runs = process.env.SIMPOST_TEST_FULL !== undefined && canMakeRootFolder;

const LONG = 1_800_000;

/** `RUN`, `COPY`, … of each stage; a line that ends with a backslash goes on. */
const stages = readFileSync('packaging/Dockerfile', 'utf8')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .reduce<{ word: string; rest: string }[][]>((all, line) => {
    const [word = '', rest = ''] = line.split(/ (.*)/s, 2);
    if (word === 'FROM') all.push([]);
    else if (/^[A-Z]+$/.test(word)) all.at(-1)?.push({ word, rest });
    return all;
  }, []);

describe.skipIf(!runs)('the Dockerfile', () => {
  const roots: RootFolder[] = [];
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    for (const _ of stages) {
      const root = makeRootFolder({
        SIMPOST_HTTP_LISTEN: `127.0.0.1:${port}`,
        SIMPOST_TIME_TRUST: 'always',
        NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
      });
      // Whom this machine trusts, the folder trusts: a network may look into TLS by an authority of its own.
      copyFileSync('/etc/ssl/certs/ca-certificates.crt', join(root.path, 'etc/ssl/certs/ca-certificates.crt'));
      // What the image of Node has besides: npm, and the headers.
      const npm = dirname(execFileSync('npm', ['root', '--global'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
      cpSync(join(npm, 'node_modules/npm'), join(root.path, 'usr/local/lib/node_modules/npm'), { recursive: true });
      cpSync(join(dirname(npm), 'include/node'), join(root.path, 'usr/local/include/node'), { recursive: true });
      root.run(
        'ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm; ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx',
      );
      roots.push(root);
    }
  }, LONG);
  afterAll(() => {
    for (const root of roots) root.remove();
  }, LONG);

  it('builds, and what it builds runs as a user of its own and is healthy', { timeout: LONG }, () => {
    let user = 'root';
    for (const [n, stage] of stages.entries()) {
      const root = roots[n];
      if (!root) throw new Error('no root folder');
      let env = '';
      let folder = '/';
      for (const { word, rest } of stage) {
        if (word === 'WORKDIR') {
          folder = rest;
          mkdirSync(join(root.path, rest), { recursive: true });
        } else if (word === 'ENV') env += `export ${rest}; `;
        else if (word === 'USER') user = rest;
        else if (word === 'COPY') {
          const [, from = '', to = ''] = /^(?:--from=build )?(\S+) (\S+)$/.exec(rest) ?? [];
          const isOurs = !rest.startsWith('--from');
          const source = isOurs ? '.' : join(roots[0]?.path ?? '', from);
          const filter = (path: string): boolean => !isOurs || !/^(node_modules|dist|\.git)(\/|$)/.test(path);
          cpSync(source, join(root.path, folder, to === './' && !isOurs ? join(to, from.split('/').at(-1) ?? '') : to), {
            recursive: true,
            filter,
          });
        } else if (word === 'RUN') {
          const { code, out } = root.run(`${env}cd ${folder} && ${rest}`);
          expect(code, `${rest}\n${out.slice(-3000)}`).toBe(0);
        } else if (word === 'HEALTHCHECK' || word === 'CMD') continue;
      }
    }
    expect(user).toBe('simpost');
    const last = roots.at(-1);
    if (!last) throw new Error('no root folder');
    mkdirSync(join(last.path, 'etc/simpost'), { recursive: true });
    writeFileSync(join(last.path, 'etc/simpost/simpost.toml'), '[site]\nname = "x"\n');
    const words = stages.at(-1) ?? [];
    const command: string[] = JSON.parse(words.find(({ word }) => word === 'CMD')?.rest ?? '[]');
    const health = /CMD (.*)$/.exec(words.find(({ word }) => word === 'HEALTHCHECK')?.rest ?? '')?.[1]?.replace('8025', String(port));
    const { code, out } = last.run(
      `: >/tmp/log; runuser -u ${user} -- ${command.join(' ')} >/tmp/log 2>&1 & pid=$!
       tail -n +1 -f --pid=$pid /tmp/log | grep -q -m 1 'ready to accept' && ${health}; code=$?; kill $pid; cat /tmp/log; exit $code`,
    );
    expect(code, out).toBe(0);
    expect(last.run('stat -c "%U %a" /var/lib/simpost /var/lib/simpost/simpost.db').out).toBe('simpost 700\nsimpost 600\n');
    for (const root of roots) rmSync(join(root.path, 'src'), { recursive: true, force: true });
  });
});
