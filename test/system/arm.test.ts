import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The packages for ARM, run: in a Debian 13 of that architecture, by an emulator of its instructions. With `npm run test:full`, with debootstrap,
 * qemu-user-static and the cross compilers of Debian (g++-aarch64-linux-gnu, g++-arm-linux-gnueabihf).
 */
const found = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** Milliseconds: an emulator takes twenty times as long. */
const LONG = 1_800_000;

describe.each([
  { arch: 'arm64', machine: 'aarch64', compiler: 'aarch64-linux-gnu-g++', node: 'arm64' },
  { arch: 'armhf', machine: 'arm', compiler: 'arm-linux-gnueabihf-g++', node: 'arm' },
])('the package for $arch', ({ arch, machine, compiler, node }) => {
  const emulator = `qemu-${machine}-static`;
  const runs = process.env.SIMPOST_TEST_FULL !== undefined && process.getuid?.() === 0 && ['debootstrap', emulator, compiler].every(found);

  describe.skipIf(!runs)('in a Debian 13 of its own', () => {
    let folder: string;
    let root: string;
    let words: string[];

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), `simpost-${arch}-`));
      // A folder for each architecture that was made before.
      root = process.env.SIMPOST_TEST_ARM_ROOTS === undefined ? join(folder, 'root') : join(process.env.SIMPOST_TEST_ARM_ROOTS, arch);
      if (root.startsWith(folder)) {
        const asked = [
          '--foreign',
          '--variant=minbase',
          `--arch=${arch}`,
          '--include=nodejs',
          'trixie',
          root,
          'http://deb.debian.org/debian',
        ];
        execFileSync('debootstrap', asked, { stdio: ['ignore', 'ignore', 'inherit'] });
        const archives = join(root, 'var/cache/apt/archives');
        for (const deb of readdirSync(archives).filter((name) => name.endsWith('.deb')))
          execFileSync('dpkg-deb', ['-x', join(archives, deb), root]);
      }
      const made = execFileSync(process.execPath, ['packaging/build-deb.mjs', '--arch', arch, folder], { encoding: 'utf8' }).trim();
      execFileSync('dpkg-deb', ['-x', made, root]);
      words = ['-L', root, join(root, 'usr/bin/node')];
    }, LONG);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const simpost = (...args: readonly string[]) =>
      spawnSync(emulator, [...words, join(root, 'usr/lib/simpost/dist/main.js'), ...args], { cwd: folder, encoding: 'utf8' });

    it('has native modules for it and for nothing else, and says its version', { timeout: LONG }, () => {
      const modules = readdirSync(join(root, 'usr/lib/simpost/node_modules'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.node'),
      );
      expect(modules.length).toBeGreaterThanOrEqual(2);
      const kinds = modules.map((name) =>
        execFileSync('file', ['-b', join(root, 'usr/lib/simpost/node_modules', name)], { encoding: 'utf8' }),
      );
      for (const kind of kinds)
        expect(kind).toMatch(node === 'arm' ? /^ELF 32-bit LSB shared object, ARM,/ : /^ELF 64-bit LSB shared object, ARM aarch64/);
      expect(spawnSync(emulator, [...words, '-p', 'process.arch'], { encoding: 'utf8' }).stdout).toBe(`${node}\n`);
      expect(simpost('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    });

    it('looks at the ports of its machine', { timeout: LONG }, () => {
      const { stdout, stderr } = simpost('doctor');
      expect(stdout, stderr).toMatch(/problems? (was|were) found/);
    });

    it('sends a first message in the demo, has its report, and the answer to it', { timeout: LONG }, async () => {
      const demo = spawn(
        emulator,
        [...words, join(root, 'usr/lib/simpost/dist/main.js'), 'demo', '--data', join(folder, 'demo'), '--listen', '127.0.0.1:0'],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const said: string[] = [];
      const wanted = [/message\.delivered/, /phone .*reads \(3 segments\)/, /inbound\.received .*ПЕРЕНОС/];
      for await (const line of createInterface({ input: demo.stdout })) {
        said.push(line);
        if (wanted.every((what) => said.some((one) => what.test(one)))) break;
      }
      demo.kill('SIGTERM');
      await once(demo, 'close');
      for (const what of wanted) expect(said.join('\n')).toMatch(what);
      expect(demo.exitCode).toBe(0);
    });
  });
});
