import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** What the machine knows of time besides its wall clock. */
export interface MachineTime {
  /** Another one after each boot. */
  readonly bootId: string;
  /** Milliseconds since the boot, sleep included. */
  uptime(): number;
  /** Whether the time service says that it has set the wall clock since the boot. */
  synchronized(): boolean;
  /** Whether it is a virtual machine, whose clock is its host's. */
  virtual(): boolean;
  /** The clock with a battery, milliseconds since 1970; null where there is none. */
  rtc(): number | null;
}

/** Where Linux tells these things. */
export const LINUX_TIME_FILES = {
  bootId: '/proc/sys/kernel/random/boot_id',
  /** Made by systemd-timesyncd (systemd-timesyncd.service(8)). */
  synchronized: '/run/systemd/timesync/synchronized',
  rtc: '/sys/class/rtc/rtc0/since_epoch',
  /** The flag `hypervisor` says that another system lies underneath (CPUID 1, ECX bit 31). */
  processor: '/proc/cpuinfo',
};

/**
 * The time of this machine. Where a file cannot be read, what it would tell is not known.
 * @param isToldSo whether another time service than that of systemd says so
 * @param fallbackBootId where the boot cannot be read: one that is new with each process is safe, only more cautious
 */
export function machineTime(files: typeof LINUX_TIME_FILES, fallbackBootId: string, isToldSo: () => boolean = () => false): MachineTime {
  // A machine does not become another one while it runs.
  const virtual = /^flags\s*:.*\bhypervisor\b/m.test(read(files.processor) ?? '');
  return {
    bootId: read(files.bootId) ?? fallbackBootId,
    uptime: () => Math.round(uptime() * 1000),
    synchronized: () => existsSync(files.synchronized) || isToldSo(),
    virtual: () => virtual,
    rtc() {
      const seconds = Number(read(files.rtc) ?? Number.NaN);
      return Number.isSafeInteger(seconds) ? seconds * 1000 : null;
    },
  };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
