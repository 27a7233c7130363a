import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineTime } from '../../../src/base/machine-time.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simpost-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the time of the machine', () => {
  it('is read from the files of the system, each time anew', () => {
    const files = {
      bootId: join(folder, 'boot_id'),
      synchronized: join(folder, 'synchronized'),
      rtc: join(folder, 'since_epoch'),
      processor: join(folder, 'cpuinfo'),
    };
    writeFileSync(files.bootId, '3f1c\n');
    const machine = machineTime(files, 'other');
    expect([machine.bootId, machine.synchronized(), machine.rtc()]).toEqual(['3f1c', false, null]);
    writeFileSync(files.synchronized, '');
    writeFileSync(files.rtc, '1795341600\n');
    expect([machine.synchronized(), machine.rtc()]).toEqual([true, 1_795_341_600_000]);
    writeFileSync(files.rtc, 'rubbish');
    expect(machine.rtc()).toBeNull();
    expect(machine.uptime()).toBeGreaterThan(0);
    // Whether it is a virtual machine is asked once: it will not become another.
    expect(machine.virtual()).toBe(false);
    writeFileSync(files.processor, 'processor\t: 0\nflags\t\t: fpu sse2 hypervisor lahf_lm\n');
    expect(machineTime(files, 'other').virtual()).toBe(true);
  });

  it('is a boot of its own where the boot cannot be read', () => {
    const nowhere = join(folder, 'nothing');
    expect(machineTime({ bootId: nowhere, synchronized: nowhere, rtc: nowhere, processor: nowhere }, 'mine').bootId).toBe('mine');
  });
});
