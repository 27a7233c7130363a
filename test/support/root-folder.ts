import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A Debian 13 in a folder, as debootstrap makes it, with Node and without a running systemd: its packages are installed for real. */
export interface RootFolder {
  readonly path: string;
  /** Runs a command of a shell in it as root. */
  run(command: string): { readonly code: number | null; readonly out: string };
  remove(): void;
}

const PACKAGES = 'nodejs,systemd,udev,adduser,ca-certificates';

/** Whether such a folder can be made here. */
export const canMakeRootFolder = process.getuid?.() === 0 && spawnSync('debootstrap', ['--version']).status === 0;

/**
 * @param env of everything that runs in it
 * SIMPOST_TEST_ROOT names one that was made before, to be copied
 */
export function makeRootFolder(env: Readonly<Record<string, string>>): RootFolder {
  const path = mkdtempSync(join(tmpdir(), 'simpost-root-'));
  const before = process.env.SIMPOST_TEST_ROOT;
  if (before === undefined) {
    execFileSync('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'trixie', path, 'http://deb.debian.org/debian'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } else execFileSync('cp', ['-a', `${before}/.`, path]);
  rmSync(join(path, 'usr/bin/systemctl'));
  copyFileSync(resolve(import.meta.dirname, 'root-folder/systemctl'), join(path, 'usr/bin/systemctl'));
  copyFileSync('/etc/resolv.conf', join(path, 'etc/resolv.conf'));
  mkdirSync(join(path, 'run/systemd/system'), { recursive: true });
  execFileSync('mount', ['-t', 'proc', 'proc', join(path, 'proc')]);
  const run: RootFolder['run'] = (command) => {
    const { status, stdout, stderr } = spawnSync('chroot', [path, 'sh', '-c', command], {
      encoding: 'utf8',
      maxBuffer: 64e6,
      env: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        HOME: '/root',
        DEBIAN_FRONTEND: 'noninteractive',
        ...env,
      },
    });
    return { code: status, out: `${stdout}${stderr}` };
  };
  return {
    path,
    run,
    remove() {
      run('systemctl stop simpost');
      execFileSync('umount', [join(path, 'proc')]);
      // What else was mounted would be removed with it.
      if (existsSync(join(path, 'proc/self'))) throw new Error(`${path}/proc is still mounted`);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
